import { afterEach, describe, expect, it } from 'vitest'
import type { EmbeddingColumn, Experiment } from '../experiment/experiment'
import { crossedColumn, embeddingColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { suggestExperiment } from '../experiment/suggestExperiment'
import { decodeWeights, type Weights } from '../exports/weightsFile'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

let driver: TrainerDriver
afterEach(() => driver.destroy())

const CROSS = 'day_X_hour_embedding'
const cross = crossedColumn(['day', 'hour'], 168, { exact: true })
const onWasm = (change: Partial<Experiment> = {}): Experiment => ({
  ...labDefaults.dayHour,
  backend: 'wasm',
  ...change,
})

async function start(runId: number, experiment: Experiment) {
  const begun = Promise.race([
    driver.next('snapshot', (event) => event.runId === runId),
    driver.next('failed', (event) => event.runId === runId),
  ])
  driver.send({ type: 'start', runId, experiment, play: false })
  const event = await begun
  if (event.type === 'failed') return { failure: event, run: null }
  return { failure: null, run: driver.of('started').findLast((started) => started.runId === runId)!.run }
}

async function epoch() {
  const paused = driver.next('paused')
  driver.send({ type: 'step', unit: 'epoch' })
  await paused
}

async function exported(ofRun?: number): Promise<Weights> {
  const answer = driver.next('exported')
  driver.send({ type: 'exportWeights', requestId: 2, optimizerState: false, ...(ofRun !== undefined && { ofRun }) })
  return decodeWeights((await answer).bytes)
}

/** The weights of a run of this visit as a checkpoint; returns what a column names. */
async function checkpointOf(ofRun?: number, tensorNameInCkpt = CROSS) {
  const answer = driver.next('exported')
  driver.send({ type: 'exportWeights', requestId: 3, optimizerState: false, ...(ofRun !== undefined && { ofRun }) })
  return addCheckpoint((await answer).bytes, tensorNameInCkpt)
}

async function addCheckpoint(bytes: ArrayBuffer, tensorNameInCkpt: string) {
  const added = driver.next('checkpointAdded')
  driver.send({ type: 'addCheckpoint', requestId: 4, bytes })
  const { checkpoint } = await added
  return {
    startFrom: { ckptToLoadFrom: 'weights.json', fingerprint: checkpoint.fingerprint, tensorNameInCkpt },
    checkpoint,
  }
}

const startingFrom = (
  startFrom: EmbeddingColumn['startFrom'],
  { dimension = 2, trainable = true, categorical = cross as EmbeddingColumn['categorical'] } = {},
): EmbeddingColumn => embeddingColumn(categorical, dimension, { trainable, ...(startFrom && { startFrom }) })

const rowsOf = ({ keyed }: Weights, table = CROSS) => {
  const { keys, array } = keyed[table]!
  const width = array.shape[1]!
  return new Map(keys.map((key, row) => [key, [...array.values.subarray(row * width, (row + 1) * width)]]))
}

describe('a column that starts from a checkpoint', () => {
  it('begins with the rows of the present run, by key, and counts them', async () => {
    driver = createTrainerDriver()
    await start(1, onWasm())
    await epoch()
    const learnt = rowsOf(await exported())
    const { startFrom, checkpoint } = await checkpointOf()
    expect(checkpoint).toMatchObject({ title: 'Day × hour', tables: [{ name: CROSS, rows: 168, dimension: 2 }] })
    const swapped = crossedColumn(['day', 'hour'], 168, { exact: true })
    const { run } = await start(2, onWasm({ seed: 7, columns: [startingFrom(startFrom, { categorical: swapped })] }))
    expect(run!.warmStarts).toEqual([
      { table: CROSS, ckptToLoadFrom: 'weights.json', tensorNameInCkpt: CROSS, by: 'key', values: 168, found: 168 },
    ])
    const begun = await exported()
    expect(rowsOf(begun)).toEqual(learnt)
    expect(begun.step).toBe(0)
  })

  it('takes the rows of an earlier run, which stays as it was', async () => {
    driver = createTrainerDriver()
    await start(1, onWasm())
    await epoch()
    const learnt = rowsOf(await exported())
    await start(2, onWasm({ seed: 5 }))
    const { startFrom } = await checkpointOf(1)
    await start(3, onWasm({ seed: 6, columns: [startingFrom(startFrom)] }))
    expect(rowsOf(await exported())).toEqual(learnt)
    expect(rowsOf(await exported(1))).toEqual(learnt)
  })

  it('moves when it is fine-tuned, and stays when it is frozen', async () => {
    driver = createTrainerDriver()
    await start(1, onWasm())
    await epoch()
    const learnt = rowsOf(await exported())
    const { startFrom } = await checkpointOf()
    await start(2, onWasm({ columns: [startingFrom(startFrom, { trainable: false })] }))
    await epoch()
    expect(rowsOf(await exported())).toEqual(learnt)
    await start(3, onWasm({ columns: [startingFrom(startFrom)] }))
    await epoch()
    expect(rowsOf(await exported())).not.toEqual(learnt)
  })

  it('gives keys that the checkpoint lacks their usual first values', async () => {
    driver = createTrainerDriver()
    const open = async (name: string, towns: string[]) => {
      const loaded = driver.next('dataLoaded')
      const rows = Array.from({ length: 90 }, (_, i) => `${towns[i % towns.length]},${i % 7}`)
      const files = [new File([`town,y\n${rows.join('\n')}\n`], name)]
      driver.send({ type: 'openFiles', requestId: 1, files, dateOrders: {} })
      return (await loaded).summary
    }
    const town = {
      type: 'vocabularyList',
      key: 'town',
      vocabulary: 'data',
      numOovBuckets: 0,
      defaultValue: -1,
    } as const
    const experimentOf = (summary: Awaited<ReturnType<typeof open>>, startFrom?: EmbeddingColumn['startFrom']) => ({
      ...suggestExperiment(summary, 'y'),
      backend: 'wasm' as const,
      model: { type: 'tabular' as const, hiddenUnits: [], activation: 'relu' as const },
      columns: [startingFrom(startFrom, { categorical: town })],
    })
    await start(1, experimentOf(await open('a.csv', ['Rome', 'Oslo', 'Bern'])))
    await epoch()
    const learnt = rowsOf(await exported(), 'town_embedding')
    const { startFrom } = await checkpointOf(undefined, 'town_embedding')
    const other = await open('b.csv', ['Lima', 'Oslo', 'Rome', 'Kyiv'])
    await start(2, experimentOf(other))
    const usual = rowsOf(await exported(), 'town_embedding')
    const { run } = await start(3, experimentOf(other, startFrom))
    expect(run!.warmStarts![0]).toMatchObject({ by: 'key', values: 4, found: 2 })
    const begun = rowsOf(await exported(), 'town_embedding')
    for (const known of ['Oslo', 'Rome']) expect(begun.get(known)).toEqual(learnt.get(known))
    for (const unknown of ['Lima', 'Kyiv']) expect(begun.get(unknown)).toEqual(usual.get(unknown))
  })

  it('refuses other dimensions in TensorFlow’s words, a table that is not there, and weights that are not here', async () => {
    driver = createTrainerDriver()
    await start(1, onWasm())
    const { startFrom } = await checkpointOf()
    const wrong = await start(2, onWasm({ columns: [startingFrom(startFrom, { dimension: 3 })] }))
    expect(wrong.failure).toMatchObject({
      field: 'columns.0.startFrom',
      message: expect.stringContaining('has the shape [168, 2] in the weights file, and this embedding needs [any, 3]'),
    })
    const missing = { ...startFrom, tensorNameInCkpt: 'film_embedding' }
    const none = await start(3, onWasm({ columns: [startingFrom(missing)] }))
    expect(none.failure?.message).toContain("has no tensor 'film_embedding'. It has: day_X_hour_embedding")
    const away = await start(4, onWasm({ columns: [startingFrom({ ...startFrom, fingerprint: 'sha256-0' })] }))
    expect(away.failure).toMatchObject({
      field: 'columns.0.startFrom',
      message: expect.stringContaining('a link does not carry weights'),
    })
  })

  it('refuses a checkpoint that knows none of the values, and hashed buckets of another number', async () => {
    driver = createTrainerDriver()
    await start(1, { ...labDefaults.movies, backend: 'wasm' })
    const films = await checkpointOf(undefined, 'film_embedding')
    const strange = await start(2, onWasm({ columns: [startingFrom(films.startFrom)] }))
    expect(strange.failure?.message).toMatch(
      /has no vector for any value of these data: its rows are called like “.+”, these like “Mon 0 h”/,
    )
    const hashed = (size: number) => crossedColumn(['day', 'hour'], size, { exact: false })
    await start(3, onWasm({ columns: [embeddingColumn(hashed(100), 2)] }))
    const { startFrom } = await checkpointOf()
    const same = await start(4, onWasm({ columns: [startingFrom(startFrom, { categorical: hashed(100) })] }))
    expect(same.run!.warmStarts![0]).toMatchObject({ by: 'bucket', found: 100 })
    const other = await start(5, onWasm({ columns: [startingFrom(startFrom, { categorical: hashed(120) })] }))
    expect(other.failure?.message).toContain('it holds 100 buckets, not 120')
  })
})
