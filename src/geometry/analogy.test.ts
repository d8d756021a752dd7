import { describe, expect, it } from 'vitest'
import { analogyRows } from './analogy'

// Two properties side by side: rows 0–3 are the corners of a parallelogram, row 4 lies elsewhere.
const corners = Float32Array.of(1, 1, 1, 3, 4, 1.5, 4.1, 3.4, 2, 2.2)

describe('an analogy', () => {
  it('completes the parallelogram: 1 is to 0 as 3 is to 2', () => {
    const { rows } = analogyRows(corners, 5, 2, { a: 1, b: 0, c: 2 }, 2, 'euclidean')
    expect([...rows]).toEqual([3, 4])
  })

  it('never answers with a word of the question, nor with a row that is not allowed', () => {
    const all = analogyRows(corners, 5, 2, { a: 0, b: 0, c: 2 }, 9, 'cosine')
    expect([...all.rows].sort()).toEqual([1, 3, 4])
    const allowed = Uint8Array.of(1, 1, 1, 0, 1)
    expect([...analogyRows(corners, 5, 2, { a: 1, b: 0, c: 2 }, 9, 'euclidean', allowed).rows]).toEqual([4])
    expect([...allowed]).toEqual([1, 1, 1, 0, 1])
  })

  it('goes by directions alone under the cosine', () => {
    // x, y and z of different lengths, x + z, and x + y + z.
    const vectors = Float32Array.of(9, 0, 0, 0, 0.5, 0, 0, 0, 3, 0.2, 0, 0.2, 5, 5, 5)
    expect(analogyRows(vectors, 5, 3, { a: 0, b: 1, c: 2 }, 1, 'cosine').rows[0]).toBe(3)
  })

  it('has no answer where a vector has no direction', () => {
    const vectors = Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1)
    expect(analogyRows(vectors, 4, 2, { a: 0, b: 1, c: 2 }, 3, 'cosine').rows).toHaveLength(0)
  })
})
