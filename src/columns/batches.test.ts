import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { createBatcher, gatherRows } from './batches'
import type { EncodedColumn } from './encodedColumn'
import type { EncodedData, SparseBatch } from './sparseBatch'
import { splitRows } from './splitRows'

const rowCount = 23

function column(name: string, ids: number[], offsets: number[] | null): EncodedColumn {
  return {
    name,
    buckets: 100,
    ids: Int32Array.from(ids),
    offsets: offsets && Int32Array.from(offsets),
    bucketKeys: [],
    distinct: 0,
    colliding: 0,
    droppedRows: 0,
  }
}

/** Row r holds id r in `one`, ids r and r + 50 in `several` when r is odd and none when it is even; labels are r and -r. */
function tracedData(): EncodedData {
  const rows = Array.from({ length: rowCount }, (_, row) => row)
  const offsets = [0, ...rows.map((row) => 2 * Math.ceil(row / 2))]
  return {
    rowCount,
    categorical: [
      column('one', rows, null),
      column(
        'several',
        rows.filter((row) => row % 2 === 1).flatMap((row) => [row, row + 50]),
        offsets,
      ),
    ],
    numeric: [
      { name: 'a', values: Float32Array.from(rows, (row) => row * 10) },
      { name: 'b', values: Float32Array.from(rows, (row) => row / 2) },
    ],
    label: {
      task: 'regression',
      outputs: 2,
      names: ['x', 'y'],
      units: [null, null],
      values: Float32Array.from(rows.flatMap((row) => [row, -row])),
      scaling: [],
    },
    trainRows: Uint32Array.from(rows.filter((row) => row % 5 !== 0)),
    validationRows: Uint32Array.from(rows.filter((row) => row % 5 === 0)),
  }
}

/** The batch with every cell checked against its row. */
function checkedRows(batch: SparseBatch): number[] {
  const [one, several] = batch.categorical
  const rows = [...one!.ids]
  expect(one!.offsets).toBeNull()
  expect(rows).toHaveLength(batch.size)
  rows.forEach((row, i) => {
    const held = several!.ids.subarray(several!.offsets![i]!, several!.offsets![i + 1]!)
    expect([...held]).toEqual(row % 2 === 1 ? [row, row + 50] : [])
    expect([...batch.dense.subarray(2 * i, 2 * i + 2)]).toEqual([row * 10, row / 2])
    expect([...batch.labels.subarray(2 * i, 2 * i + 2)]).toEqual([row, -row || 0])
  })
  expect(several!.ids).toHaveLength(several!.offsets![batch.size]!)
  return rows
}

function drawEpoch(batcher: ReturnType<typeof createBatcher>): number[] {
  return Array.from({ length: batcher.stepsPerEpoch }, () => checkedRows(batcher.next())).flat()
}

describe('createBatcher', () => {
  it('draws every training row once an epoch, in another order each time, the short batch included', () => {
    const data = tracedData()
    const batcher = createBatcher(data, 4, createRandom(1))
    expect(batcher.stepsPerEpoch).toBe(5)
    const first = drawEpoch(batcher)
    expect(batcher).toMatchObject({ epoch: 1, position: 0 })
    const second = drawEpoch(batcher)
    for (const epoch of [first, second]) expect([...epoch].sort((a, b) => a - b)).toEqual([...data.trainRows])
    expect(second).not.toEqual(first)
  })

  it('takes all rows at once when the batch is larger than the data', () => {
    const batcher = createBatcher(tracedData(), 1000, createRandom(1))
    expect(batcher.stepsPerEpoch).toBe(1)
    expect(batcher.next().size).toBe(18)
  })

  it('gives the same batches for the same seed', () => {
    const rows = (seed: number) => drawEpoch(createBatcher(tracedData(), 4, createRandom(seed)))
    expect(rows(3)).toEqual(rows(3))
    expect(rows(3)).not.toEqual(rows(4))
  })

  it.each([0, 3, 5, 8])('goes on exactly from what it saved after %i steps', (steps) => {
    const batcher = createBatcher(tracedData(), 4, createRandom(5))
    for (let i = 0; i < steps; i++) batcher.next()
    const saved = structuredClone(batcher.save())
    const rest = Array.from({ length: 9 }, () => checkedRows(batcher.next()))
    const other = createBatcher(tracedData(), 4, createRandom(99))
    other.next()
    other.restore(saved)
    expect(other.save()).toEqual(saved)
    expect(Array.from({ length: 9 }, () => checkedRows(other.next()))).toEqual(rest)
  })

  it('uses its buffers again', () => {
    const batcher = createBatcher(tracedData(), 4, createRandom(5))
    const { labels } = batcher.next()
    expect(batcher.next().labels).toBe(labels)
  })

  it('refuses data without training rows', () => {
    const data = { ...tracedData(), trainRows: new Uint32Array(0) }
    expect(() => createBatcher(data, 4, createRandom(1))).toThrow('no training rows')
  })
})

describe('gatherRows', () => {
  it('gives the rows in the order asked for', () => {
    expect(checkedRows(gatherRows(tracedData(), Uint32Array.of(7, 2, 22, 7)))).toEqual([7, 2, 22, 7])
    expect(gatherRows(tracedData(), new Uint32Array(0)).size).toBe(0)
  })
})

describe('splitRows', () => {
  it('holds out the share that was asked for, from the seed', () => {
    const { trainRows, validationRows } = splitRows(1000, { validationShare: 0.1, seed: 1 })
    expect(validationRows).toHaveLength(100)
    expect(new Set([...trainRows, ...validationRows]).size).toBe(1000)
    expect(splitRows(1000, { validationShare: 0.1, seed: 1 }).validationRows).toEqual(validationRows)
    expect(splitRows(1000, { validationShare: 0.1, seed: 2 }).validationRows).not.toEqual(validationRows)
  })

  it('leaves neither part empty', () => {
    expect(splitRows(3, { validationShare: 0.01, seed: 1 }).validationRows).toHaveLength(1)
    expect(splitRows(2, { validationShare: 0.5, seed: 1 }).trainRows).toHaveLength(1)
  })

  it('splits only the rows that take part', () => {
    const { trainRows, validationRows } = splitRows(Uint32Array.of(4, 8, 15, 16), { validationShare: 0.25, seed: 1 })
    expect([...trainRows, ...validationRows].sort((a, b) => a - b)).toEqual([4, 8, 15, 16])
  })
})
