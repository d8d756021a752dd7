import { describe, expect, it } from 'vitest'
import type { EncodedColumn } from '../columns/encodedColumn'
import type { EncodedData } from '../columns/sparseBatch'
import { distinctInputs } from './distinctInputs'

function dataOf(...columns: number[][]): EncodedData {
  const categorical = columns.map(
    (ids, i): EncodedColumn => ({
      name: String(i),
      buckets: 4,
      ids: Int32Array.from(ids),
      offsets: null,
      bucketKeys: [],
      distinct: 4,
      colliding: 0,
      droppedRows: 0,
    }),
  )
  const rows = new Uint32Array(0)
  return {
    rowCount: 8,
    categorical,
    numeric: [],
    label: { task: 'binary', outputs: 1, names: ['y'], units: [null], values: new Float32Array(8), scaling: [] },
    trainRows: rows,
    validationRows: rows,
  }
}

describe('distinctInputs', () => {
  it('asks once for rows that look up the same in every column', () => {
    const data = dataOf([0, 1, 0, 1, 0, 1, 0, 1], [2, 2, 2, 2, 2, 3, 2, 2])
    const found = distinctInputs(data, Uint32Array.from([7, 1, 5, 0, 2, 4, 6, 3]))!
    expect([...found.rows]).toEqual([7, 5, 0])
    expect([...found.outputOf]).toEqual([0, 0, 1, 2, 2, 2, 2, 0])
  })
  it('does not bother where inputs hardly repeat', () => {
    expect(distinctInputs(dataOf([0, 1, 2, 3]), Uint32Array.from([0, 1, 2, 3]))).toBeNull()
  })
  it('does not compare numbers', () => {
    const data = { ...dataOf([0, 0, 0, 0]), numeric: [{ name: 'x', values: new Float32Array(4) }] }
    expect(distinctInputs(data, Uint32Array.from([0, 1, 2, 3]))).toBeNull()
  })
})
