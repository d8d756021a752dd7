import { describe, expect, it } from 'vitest'
import { cellSize, valueAt } from './oneHotPicture'

describe('the picture of a one-hot matrix', () => {
  it('counts an id that a row holds twice, and finds nothing in an empty row', () => {
    const matrix = { ids: Int32Array.of(4, 4, 1), offsets: Int32Array.of(0, 2, 2, 3) }
    expect(valueAt(matrix, 0, 4)).toBe(2)
    expect(valueAt(matrix, 0, 1)).toBe(0)
    expect(valueAt(matrix, 1, 4)).toBe(0)
    expect(valueAt(matrix, 2, 1)).toBe(1)
  })

  it('is no longer than a browser can scroll, as large as the page allows', () => {
    expect(cellSize({ rows: 1024, buckets: 168 })).toBe(14)
    expect(cellSize({ rows: 1024, buckets: 2_000_000 }) * 2_000_000).toBeLessThanOrEqual(12_000_000)
  })
})
