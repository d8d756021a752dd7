import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sparseFeature } from '../columns/feature'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn, tableInputFn } from './arrayInputFn'
import type { Batch } from './features'
import { batchesOf } from './inputFn'
import { ModeKeys } from './modeKeys'
import { windowsOf } from './windowsOf'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

async function rowsOf(inputFn: ReturnType<typeof arrayInputFn>, startStep = 0, most = 100) {
  const batches: number[][] = []
  for await (const { features } of batchesOf(inputFn, { mode: ModeKeys.TRAIN, startStep })) {
    batches.push([...(features.x as Tensor).dataSync()])
    if (batches.length === most) break
  }
  return batches
}

async function allOf(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

const x = { x: Int32Array.from({ length: 10 }, (_, i) => i) }

describe('arrayInputFn', () => {
  it('gives the rows in their order, the last batch short, and then ends', async () => {
    expect(await rowsOf(arrayInputFn({ x, batchSize: 4, shuffle: false }))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ])
  })

  it('shuffles each epoch otherwise, and each row once', async () => {
    const batches = await rowsOf(arrayInputFn({ x, batchSize: 5, numEpochs: 2, shuffle: true }))
    const [first, second] = [batches.slice(0, 2).flat(), batches.slice(2).flat()]
    expect(first).not.toEqual(second)
    for (const epoch of [first, second]) expect([...epoch].sort((a, b) => a - b)).toEqual([...x.x])
  })

  it('goes on in the middle of an epoch', async () => {
    const inputFn = arrayInputFn({ x, batchSize: 3, numEpochs: null, shuffle: true })
    expect(await rowsOf(inputFn, 5, 4)).toEqual((await rowsOf(inputFn, 0, 9)).slice(5))
  })

  it('takes texts, and several values a row', async () => {
    const words = sparseFeature('string', ['a', 'b', 'c'], [2, 0, 1])
    const inputFn = arrayInputFn({ x: { title: ['A', 'B', 'C'], words }, batchSize: 2, shuffle: false })
    const [first, second] = await allOf(batchesOf(inputFn, { mode: ModeKeys.PREDICT, startStep: 0 }))
    expect(first!.features).toEqual({
      title: { type: 'string', values: ['A', 'B'], offsets: null },
      words: sparseFeature('string', ['a', 'b'], [2, 0]),
    })
    expect(second!.features.words).toEqual(sparseFeature('string', ['c'], [1]))
  })

  it('says which rows do not fit', () => {
    expect(() => arrayInputFn({ x, y: [1], shuffle: false })).toThrow('x has 10 rows, and y has 1')
    expect(() => arrayInputFn({ x: { x: [[1, 2], [3]] }, shuffle: false })).toThrow('Row 1 of x has 1 numbers')
  })

  it('takes columns of a table, missing numbers as NaN', async () => {
    const table = {
      name: 't',
      rowCount: 2,
      columns: [
        { name: 'film', type: 'string' as const, codes: Int32Array.of(1, -1), values: ['A', 'B'] },
        { name: 'x', type: 'integer' as const, values: Float64Array.of(Number.NaN, 3) },
      ],
    }
    const [batch] = await allOf(
      batchesOf(tableInputFn(table, { shuffle: false }), { mode: ModeKeys.TRAIN, startStep: 0 }),
    )
    expect([...(batch!.features.x as Tensor).dataSync()]).toEqual([Number.NaN, 3])
    expect(batch!.features.film).toMatchObject({ values: ['B', ''] })
    expect(() => tableInputFn(table, { label: 'y', shuffle: false })).toThrow("no column 'y'. It has: film, x")
  })
})

describe('batchesOf', () => {
  it('says what an input function must answer with', async () => {
    const context = { mode: ModeKeys.TRAIN, startStep: 0 }
    await expect(batchesOf((() => 5) as never, context).next()).rejects.toThrow('an iterable')
    await expect(batchesOf((() => [{ x: 1 }]) as never, context).next()).rejects.toThrow('{ features, labels }')
  })
})

describe('windowsOf', () => {
  it('cuts a series, and leaves out windows with a gap', () => {
    const windows = windowsOf([1, 2, 3, Number.NaN, 5, 6, 7, 8], 2)
    expect(windows.x.arraySync()).toEqual([
      [1, 2],
      [5, 6],
      [6, 7],
    ])
    expect(windows.y.arraySync()).toEqual([[3], [7], [8]])
    expect([...windows.at]).toEqual([2, 6, 7])
  })
})
