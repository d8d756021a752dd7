import { afterEach, describe, expect, it } from 'vitest'
import type { DataSummary } from '../experiment/dataSummary'
import type { DenseColumn, Experiment, SimpleCategoricalColumn } from '../experiment/experiment'
import { suggestExperiment } from '../experiment/suggestExperiment'
import type { WeightsLayout } from '../exports/weightsSchema'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

let driver: TrainerDriver
afterEach(() => driver.destroy())

const rows = Array.from({ length: 60 }, (_, i) => [`t${i % 6}`, i % 5, i * 1.5, (i % 6) * 2 + (i % 5)])
const csv = ['town,size,temp,y', ...rows.map((row) => row.join(','))].join('\n')

async function open(text = csv): Promise<DataSummary> {
  const loaded = driver.next('dataLoaded')
  driver.send({ type: 'openFiles', requestId: 1, files: [new File([`${text}\n`], 'towns.csv')], dateOrders: {} })
  return (await loaded).summary
}

async function start(runId: number, experiment: Experiment, weights?: ArrayBuffer) {
  const begun = driver.next('started')
  const drawn = driver.next('snapshot')
  driver.send({ type: 'start', runId, experiment, play: false, ...(weights && { weights }) })
  await drawn
  return (await begun).run
}

async function exported(): Promise<WeightsLayout> {
  const answer = driver.next('exported')
  driver.send({ type: 'exportWeights', requestId: 2, optimizerState: false })
  return JSON.parse(new TextDecoder().decode((await answer).bytes))
}

async function step(unit: 'batch' | 'epoch') {
  const paused = driver.next('paused')
  driver.send({ type: 'step', unit })
  await paused
}

const embedded = (categorical: SimpleCategoricalColumn): DenseColumn => ({
  type: 'embedding',
  categorical,
  dimension: 2,
  combiner: 'mean',
  trainable: true,
  initializerStddev: null,
})
const words = { type: 'vocabularyList', vocabulary: 'data', numOovBuckets: 0, defaultValue: -1 } as const

/** A network over a hashed and a bucketized column, a vocabulary, an indicator and two numbers. */
function experimentFor(summary: DataSummary): Experiment {
  return {
    ...suggestExperiment(summary, 'y'),
    columns: [
      embedded({ ...words, key: 'town' }),
      embedded({ type: 'bucketized', key: 'size', boundaries: [1, 3] }),
      { type: 'indicator', categorical: { type: 'identity', key: 'size', numBuckets: 5, defaultValue: null } },
      { type: 'numeric', key: 'temp', normalizer: 'standardize' },
    ],
    model: { type: 'tabular', hiddenUnits: [3], activation: 'relu' },
    batchSize: 8,
  }
}

const bytesOf = (file: WeightsLayout) => new TextEncoder().encode(JSON.stringify(file)).buffer as ArrayBuffer

describe('a weights file', () => {
  it('is enough to predict without the page', async () => {
    driver = createTrainerDriver()
    await start(1, experimentFor(await open()))
    await step('epoch')
    const file = await exported()
    expect(file.inputs.map(({ name, kind }) => [name, kind])).toEqual([
      ['size_indicator', 'indicator'],
      ['temp', 'numeric'],
    ])
    const answer = driver.next('predicted')
    driver.send({ type: 'predict', requestId: 3, values: { town: 't4', size: '3', temp: '20' } })
    const [predicted] = (await answer).outputs
    expect(predictFrom(file)).toBeCloseTo(predicted!.value, 4)
  })

  it('holds the last evaluation with the step that it is of', async () => {
    driver = createTrainerDriver()
    await start(1, experimentFor(await open()))
    driver.send({ type: 'pace', stepsPerSecond: 40 })
    const evaluated = driver.next('evaluated', ({ evaluations }) => evaluations.at(-1)!.epoch >= 2)
    driver.send({ type: 'play' })
    const { step } = (await evaluated).evaluations.at(-1)!
    await driver.next('progress', (progress) => progress.step > step)
    const file = await exported()
    const last = driver.of('evaluated').at(-1)!.evaluations.at(-1)!
    expect(file.step).toBeGreaterThan(file.metrics!.step)
    expect(file.metrics).toEqual({ step: last.step, epoch: last.epoch, train: last.train, validation: last.validation })
  })
})

/** docs/weights-format.md, in arithmetic: town t4, size 3, temp 20. */
function predictFrom(file: WeightsLayout): number {
  const row = (table: string, key: string) => file.embeddings[table]!.rows[file.embeddings[table]!.keys.indexOf(key)]!
  const [indicator, number] = file.inputs
  if (indicator?.kind !== 'indicator' || number?.kind !== 'numeric')
    throw new Error('The inputs are another way round.')
  const input = [
    ...row('size_bucketized_embedding', '≥ 3'),
    ...indicator.keys.map((key) => Number(key === '3')),
    (20 - number.mean) / number.deviation,
    ...row('town_embedding', 't4'),
  ]
  const layer = (name: string, from: number[]) => {
    const kernel = file.dense[`${name}/kernel`]!.values as number[][]
    const bias = file.dense[`${name}/bias`]!.values as number[]
    return bias.map((start, unit) => from.reduce((sum, value, i) => sum + value * kernel[i]![unit]!, start))
  }
  const hidden = layer('hidden_0', input).map((value) => Math.max(0, value))
  const { mean, deviation } = file.outputs[0]!
  return layer('head', hidden)[0]! * deviation + mean
}

describe('weights that are opened', () => {
  it('fit their own data wholly', async () => {
    driver = createTrainerDriver()
    const experiment = experimentFor(await open())
    await start(1, experiment)
    await step('epoch')
    const file = await exported()
    const run = await start(2, experiment, bytesOf(file))
    expect(run.imported).toEqual({ matched: [{ column: 'town', values: 6, found: 6 }], changed: [] })
    expect((await exported()).embeddings).toEqual(file.embeddings)
  })

  it('are matched by word, in ranges and hashed buckets by number, and what is missing is counted', async () => {
    driver = createTrainerDriver()
    const summary = await open()
    const experiment = {
      ...experimentFor(summary),
      columns: [embedded({ ...words, key: 'town' }), embedded({ type: 'hashBucket', key: 'size', hashBucketSize: 3 })],
    }
    await start(1, experiment)
    const first = await exported()
    await step('epoch')
    const file = await exported()
    // As of a file with other values: towns in another order, one of them unknown here; other sizes in the buckets.
    const towns = file.embeddings.town_embedding!
    towns.keys = ['t5', 't4', 'elsewhere', 't2', 't1', 't0']
    towns.rows.reverse()
    file.embeddings.size_embedding!.keys = ['a', 'b', 'c']
    file.outputs[0]!.mean += 1
    const run = await start(2, experiment, bytesOf(file))
    expect(run.imported).toEqual({ matched: [{ column: 'town', values: 6, found: 5 }], changed: ['y'] })
    const now = await exported()
    expect(now.embeddings.size_embedding!.rows).toEqual(file.embeddings.size_embedding!.rows)
    const of = (key: string) => now.embeddings.town_embedding!.rows[now.embeddings.town_embedding!.keys.indexOf(key)]
    expect(of('t0')).toEqual(towns.rows[5])
    expect(of('t5')).toEqual(towns.rows[0])
    expect(of('t3')).toEqual(first.embeddings.town_embedding!.rows[3])
  })
})
