import { describe, expect, it } from 'vitest'
import { createBatchCounter, createBatchDrawer, gatherRows } from './batches'
import type { EncodedColumn } from './encodedColumn'
import { shuffledRows } from './rowOrder'
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

function drawerOf(data: EncodedData, batchSize: number, seed: number) {
  return createBatchDrawer(data, batchSize, shuffledRows(data.trainRows, seed))
}

function drawAll(data: EncodedData, batchSize: number, seed: number, epoch: number): number[][] {
  const draw = drawerOf(data, batchSize, seed)
  const count = data.trainRows.length
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) =>
    checkedRows(draw({ epoch, position: i * batchSize })),
  )
}

describe('createBatchDrawer', () => {
  it('draws every training row once an epoch, in another order each time, the short batch included', () => {
    const data = tracedData()
    const epochs = [0, 1].map((epoch) => drawAll(data, 4, 1, epoch))
    for (const batches of epochs) {
      expect(batches.map(({ length }) => length)).toEqual([4, 4, 4, 4, 2])
      expect(batches.flat().sort((a, b) => a - b)).toEqual([...data.trainRows])
    }
    expect(epochs[0]).not.toEqual(epochs[1])
  })

  it('takes all rows at once when the batch is larger than the data', () => {
    expect(drawerOf(tracedData(), 1000, 1)({ epoch: 0, position: 0 }).size).toBe(18)
  })

  it('gives the same batches for the same seed, from any place', () => {
    expect(drawAll(tracedData(), 4, 3, 2)).toEqual(drawAll(tracedData(), 4, 3, 2))
    expect(drawAll(tracedData(), 4, 3, 2)).not.toEqual(drawAll(tracedData(), 4, 4, 2))
    const third = checkedRows(drawerOf(tracedData(), 4, 3)({ epoch: 2, position: 8 }))
    expect(third).toEqual(drawAll(tracedData(), 4, 3, 2)[2])
  })

  it('draws the weights of ids with them', () => {
    const data = tracedData()
    const categorical = data.categorical.map((column) => ({
      ...column,
      weights: Float32Array.from(column.ids, (id) => id / 2),
    }))
    const draw = drawerOf({ ...data, categorical }, 4, 5)
    for (const position of [0, 4, 16]) {
      for (const { ids, weights } of draw({ epoch: 1, position }).categorical) {
        expect([...weights!]).toEqual(Array.from(ids, (id) => id / 2))
      }
    }
  })

  it('uses its buffers again', () => {
    const draw = drawerOf(tracedData(), 4, 5)
    const { labels } = draw({ epoch: 0, position: 0 })
    expect(draw({ epoch: 0, position: 4 }).labels).toBe(labels)
  })
})

describe('createBatchCounter', () => {
  it('counts rows through the epochs, the short batch included', () => {
    const counter = createBatchCounter(18, 4)
    expect(counter.stepsPerEpoch).toBe(5)
    expect(counter.advance(3)).toBe(12)
    expect(counter.save()).toEqual({ epoch: 0, position: 12 })
    expect(counter.advance(2)).toBe(6)
    expect(counter).toMatchObject({ epoch: 1, position: 0 })
    counter.restore({ epoch: 0, position: 16 })
    expect(counter.advance(1)).toBe(2)
    expect(counter.save()).toEqual({ epoch: 1, position: 0 })
  })

  it('refuses data without training rows', () => {
    expect(() => createBatchCounter(0, 4)).toThrow('no training rows')
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
