import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Experiment } from '../../experiment/experiment'
import {
  categoricalColumnWithIdentity,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../experiment/featureColumn'
import { labDefaults } from '../../experiment/labs'
import { sharedEmbeddingColumns } from '../../experiment/sharedEmbeddingColumns'
import { weightedCategoricalColumn } from '../../experiment/weightedCategoricalColumn'
import { decodeWeights } from '../../exports/weightsFile'
import type { InspectAnswers, InspectQuestion } from '../../protocol/inspect'
import { createTrainerDriver } from '../trainerDriver'

vi.setConfig({ testTimeout: 30_000 })

const driver = createTrainerDriver()
const cross = crossedColumn(['day', 'hour'], 24 * 7)
let lastId = 0

async function start(runId: number, experiment: Experiment): Promise<void> {
  const started = driver.next('snapshot', (event) => event.runId === runId)
  const failed = driver.next('failed', (event) => event.runId === runId)
  driver.send({ type: 'start', runId, experiment, play: false })
  const event = await Promise.race([started, failed])
  if (event.type === 'failed') throw new Error(event.message)
}

async function ask<Q extends InspectQuestion>(question: Q): Promise<InspectAnswers[Q['about']]> {
  const requestId = ++lastId
  const answered = driver.next('inspected', (event) => event.requestId === requestId)
  const refused = driver.next('refused', (event) => event.requestId === requestId)
  driver.send({ type: 'inspect', requestId, question })
  const event = await Promise.race([answered, refused])
  if (event.type === 'refused') throw new Error(event.message)
  expect(event.answer.about).toBe(question.about)
  return event.answer as unknown as InspectAnswers[Q['about']]
}

async function stepOnce(unit: 'batch' | 'epoch'): Promise<void> {
  const paused = driver.next('paused')
  driver.send({ type: 'step', unit })
  await paused
}

const hashed: Experiment = {
  ...labDefaults.dayHour,
  backend: 'wasm',
  columns: [
    embeddingColumn(cross, 2, { maxNorm: 0.6 }),
    indicatorColumn({ type: 'identity', key: 'day', numBuckets: 7, defaultValue: null }),
  ],
}

beforeAll(() => start(1, hashed))
afterAll(() => driver.destroy())

describe('collisions of the course’s cross', () => {
  it('are 104 hours in 107 of 168 buckets, where an even hash is expected to do no better', async () => {
    const found = await ask({ about: 'collisions', column: cross, buckets: 168 })
    expect(found).toMatchObject({ values: 168, used: 107, shared: 104 })
    expect(found.expectedUsed).toBeCloseTo(168 * (1 - (1 - 1 / 168) ** 168), 6)
    expect(found.expectedShared).toBeCloseTo(168 * (1 - (1 - 1 / 168) ** 167), 6)
    expect(found.loads[0]).toMatchObject({ actual: 61 })
    expect(found.groups.reduce((sum, { values }) => sum + values, 0)).toBe(104)
  })

  it('are told hour by hour, as the run has them', async () => {
    const { cells, groups } = await ask({ about: 'collisions', column: cross, buckets: 168 })
    const { tableRows } = driver.of('gridObserved').at(-1)!.grid
    expect(cells).toEqual(tableRows.day_X_hour_embedding)
    const [first] = groups
    expect(first!.labels).toHaveLength(first!.values)
    expect(first!.labels[0]).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ h$/)
    expect(first!.rows).toBe(first!.values * 200)
  })

  it('end at 2,807 buckets', async () => {
    expect(await ask({ about: 'collisionFree', column: cross })).toEqual({
      about: 'collisionFree',
      size: 2807,
      values: 168,
    })
    expect(await ask({ about: 'collisions', column: cross, buckets: 2807 })).toMatchObject({
      used: 168,
      shared: 0,
      groups: [],
    })
  })

  it('are refused for a column without a hash', async () => {
    const column = { type: 'identity', key: 'day', numBuckets: 7, defaultValue: null } as const
    await expect(ask({ about: 'collisions', column, buckets: 7 })).rejects.toThrow('nothing is hashed')
  })
})

describe('a row followed through the columns', () => {
  it('ends in the numbers that the model multiplies', async () => {
    await stepOnce('batch')
    const flow = await ask({ about: 'row', row: 1234, seek: 'this' })
    const exported = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: 900, optimizerState: false })
    const { dense, outputs, keyed } = decodeWeights((await exported).bytes)
    const input = new Float64Array(flow.inputWidth!)
    for (const { made, start } of flow.columns) {
      if (made.type === 'embedding') input.set(made.combined, start)
      else if (made.type === 'indicator') for (const { id } of made.lookups) input[start + id]! += 1
    }
    const [kernel, bias] = [dense['head/kernel']!, dense['head/bias']!]
    expect(kernel.shape).toEqual([9, 4])
    flow.outputs.forEach(({ name, value }, t) => {
      const sum = input.reduce((total, x, i) => total + x * kernel.values[i * 4 + t]!, bias.values[t]!)
      const { mean, deviation } = outputs[t]!
      expect(name).toBe(outputs[t]!.name)
      expect(value / Math.expm1(sum * deviation + mean)).toBeCloseTo(1, 4)
    })
    const [embedded] = flow.columns
    expect(embedded!.name).toBe('day_X_hour_embedding')
    expect(embedded!.raw.map(({ label }) => label)).toEqual(['Wed', '10 h'])
    if (embedded!.made.type !== 'embedding') throw new Error('no embedding')
    const { id, vector } = embedded!.made.lookups[0]!
    expect(vector).toEqual([...keyed.day_X_hour_embedding!.array.values.subarray(2 * id, 2 * id + 2)])
  })

  it('refuses to look for what the data does not have', async () => {
    await expect(ask({ about: 'row', row: 0, seek: 'several' })).rejects.toThrow('one value in every column')
    await expect(ask({ about: 'row', row: 0, seek: 'empty' })).rejects.toThrow('has a value in each row')
  })
})

describe('a weighted column', () => {
  it('is trained, and followed to the numbers that the model multiplies', async () => {
    const day = categoricalColumnWithIdentity('day', 7)
    await start(3, {
      ...hashed,
      columns: [
        embeddingColumn(weightedCategoricalColumn(cross, 'hour'), 2, { combiner: 'sum' }),
        indicatorColumn(weightedCategoricalColumn(day, 'hour')),
      ],
    })
    await stepOnce('batch')
    const flow = await ask({ about: 'row', row: 1234, seek: 'this' })
    const exported = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: 901, optimizerState: false })
    const { dense, outputs } = decodeWeights((await exported).bytes)
    const input = new Float64Array(flow.inputWidth!)
    for (const { made, start, raw } of flow.columns) {
      if (made.type === 'numeric') throw new Error('a number')
      const [lookup] = made.lookups
      expect(lookup!.weight).toBe(10)
      expect(raw.at(-1)).toMatchObject({ key: 'hour', text: '10' })
      if (made.type === 'embedding') {
        expect(made.combined).toEqual(lookup!.vector.map((value) => Math.fround(10 * value)))
        input.set(made.combined, start)
      } else input[start + lookup!.id]! += lookup!.weight
    }
    const [kernel, bias] = [dense['head/kernel']!, dense['head/bias']!]
    flow.outputs.forEach(({ value }, t) => {
      const sum = input.reduce((total, x, i) => total + x * kernel.values[i * 4 + t]!, bias.values[t]!)
      expect(value / Math.expm1(sum * outputs[t]!.deviation + outputs[t]!.mean)).toBeCloseTo(1, 4)
    })
    const sparse = await ask({ about: 'sparse', column: 'day_weighted_by_hour' })
    expect(sparse.weights).toHaveLength(sparse.ids.length)
    await start(1, hashed)
  })
})

describe('columns that share a table', () => {
  it('train one table, exported once, and look up its rows', async () => {
    const keys = ['day', 'hour'].map((key) => categoricalColumnWithIdentity(key, 24))
    await start(4, { ...hashed, columns: sharedEmbeddingColumns(keys, 2) })
    await stepOnce('batch')
    const flow = await ask({ about: 'row', row: 1234, seek: 'this' })
    const exported = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: 902, optimizerState: false })
    const { keyed } = decodeWeights((await exported).bytes)
    expect(Object.keys(keyed)).toEqual(['day_hour_shared_embedding'])
    const { values } = keyed.day_hour_shared_embedding!.array
    expect(flow.columns.map(({ name }) => name)).toEqual(['day_shared_embedding', 'hour_shared_embedding'])
    for (const { made } of flow.columns) {
      if (made.type !== 'embedding') throw new Error('no embedding')
      const { id, vector } = made.lookups[0]!
      expect(vector).toEqual([...values.subarray(2 * id, 2 * id + 2)])
    }
    await start(1, hashed)
  })
})

describe('the sparse view', () => {
  it('is the batch that comes next, in its order', async () => {
    const before = await ask({ about: 'sparse', column: 'day_X_hour' })
    expect(before.rows).toHaveLength(1024)
    expect(before).toMatchObject({
      buckets: 168,
      batch: { values: 1024, oneHot: 4 * 1024 * 168, triplets: 12 * 1024, ids: 4 * 1024 },
      all: { rows: 33_600, oneHot: 4 * 33_600 * 168 },
    })
    await stepOnce('batch')
    const after = await ask({ about: 'sparse', column: 'day_X_hour' })
    expect(after.rows).not.toEqual(before.rows)
    const { cells } = await ask({ about: 'collisions', column: cross, buckets: 168 })
    // Whole weeks, Monday 0 h first.
    expect(after.ids).toEqual(Int32Array.from(after.rows, (row) => cells![row % 168]!))
    expect(after.dictionary.map(({ id }) => id)).toEqual([...new Set(after.ids)].sort((a, b) => a - b))
  })
})

describe('the one-hot product', () => {
  it('gives what the lookup gives, and takes longer', async () => {
    const timed = await ask({ about: 'lookupTime', vocabulary: 20_000, dimension: 3 })
    expect(timed).toMatchObject({ rows: 64, oneHotBytes: 4 * 64 * 20_000, largestDifference: 0 })
    expect(timed.oneHotMs).toBeGreaterThan(10 * timed.lookupMs)
  })

  it('is refused where its matrix would not fit, and the lookup still answers', async () => {
    const timed = await ask({ about: 'lookupTime', vocabulary: 10_000_000, dimension: 2 })
    expect(timed).toMatchObject({ oneHotMs: null, oneHotBytes: 2_560_000_000 })
    expect(timed.lookupMs).toBeGreaterThan(0)
  })
})

describe('d inputs or N', () => {
  it('trains both on the same labels, and counts what each holds', async () => {
    const compared = await ask({ about: 'inputs', column: { ...cross, exact: true }, dimension: 2 })
    expect(compared).toMatchObject({
      hidden: 32,
      indicator: { inputs: 168, parameters: 168 * 32 + 32 + 32 * 4 + 4 },
      embedding: { inputs: 2, parameters: 168 * 2 + 2 * 32 + 32 + 32 * 4 + 4 },
    })
    for (const run of [compared.indicator, compared.embedding]) {
      expect(run.msPerEpoch).toBeGreaterThan(0)
      expect(run.validationLoss).toHaveLength(compared.epochs + 1)
      expect(run.validationLoss.at(-1)).toBeLessThan(0.5 * run.validationLoss[0]!)
    }
  })

  it('leaves the present run as it was', async () => {
    const before = await ask({ about: 'row', row: 7, seek: 'this' })
    await ask({ about: 'inputs', column: cross, dimension: 2 })
    expect(await ask({ about: 'row', row: 7, seek: 'this' })).toEqual(before)
  })
})

it('follows numbers through their normalizer, and a dot product to its two sides', async () => {
  await start(2, { ...labDefaults.movies, backend: 'wasm' })
  const dot = await ask({ about: 'row', row: 0, seek: 'this' })
  expect(dot.inputWidth).toBeNull()
  expect(dot.columns.map(({ name }) => name)).toEqual(['film_embedding', 'viewer_embedding'])
  await start(3, { ...hashed, columns: [...hashed.columns, numericColumn('hour', { normalizer: 'standardize' })] })
  const flow = await ask({ about: 'row', row: 10, seek: 'this' })
  const made = flow.columns.find(({ name }) => name === 'hour')!.made
  if (made.type !== 'numeric') throw new Error('no number')
  expect(made.value).toBeCloseTo((10 - made.mean) / made.deviation, 5)
})

describe('a dot product', () => {
  it('is followed to the terms that it adds up', async () => {
    await start(5, { ...labDefaults.movies, backend: 'wasm' })
    await stepOnce('epoch')
    const { terms, outputs, inputWidth } = await ask({ about: 'row', row: 12, seek: 'this' })
    expect(inputWidth).toBeNull()
    expect(terms?.map(({ name }) => name)).toEqual(['film · viewer', 'bias of film', 'bias of viewer', 'mean'])
    expect(terms?.filter(({ value }) => value === 0)).toEqual([])
    expect(terms?.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(outputs[0]!.value, 4)
  })
})
