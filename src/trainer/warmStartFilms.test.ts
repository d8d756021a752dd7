import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { movieLensZip, noMovieLens } from '../../tests/movielens'
import type { DataSummary } from '../experiment/dataSummary'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { suggestExperiment } from '../experiment/suggestExperiment'
import { decodeWeights, type Weights } from '../exports/weightsFile'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

let driver: TrainerDriver
afterEach(() => driver?.destroy())

async function train(runId: number, experiment: Experiment, epochs: number) {
  const end = Promise.race([
    driver.next('paused', (event) => event.runId === runId),
    driver.next('failed', (event) => event.runId === runId),
  ])
  const stop = { epochs: Math.max(1, epochs), patience: null }
  driver.send({ type: 'start', runId, experiment: { ...experiment, stop, backend: 'wasm' }, play: epochs > 0 })
  if (epochs > 0) await end
  else await driver.next('snapshot', (event) => event.runId === runId)
  return driver.of('started').findLast((event) => event.runId === runId)!.run
}

async function exported(): Promise<ArrayBuffer> {
  const answer = driver.next('exported')
  driver.send({ type: 'exportWeights', requestId: 1, optimizerState: false })
  return (await answer).bytes
}

async function openZip(path: string): Promise<DataSummary> {
  const loaded = driver.next('dataLoaded')
  const files = [new File([await readFile(path)], 'ml-latest-small.zip')]
  driver.send({ type: 'openFiles', requestId: 2, files, dateOrders: {} })
  return (await loaded).summary
}

const films = ({ keyed }: Weights) => {
  const { keys, array } = keyed.film_embedding!
  const width = array.shape[1]!
  return new Map(keys.map((key, row) => [key, [...array.values.subarray(row * width, (row + 1) * width)]]))
}

describe.skipIf(movieLensZip === null)(`MovieLens from films of simulated viewers (${noMovieLens})`, () => {
  it('begins with the vectors of the films that both know by title, and trains on', async () => {
    driver = createTrainerDriver()
    await train(1, labDefaults.movies, 10)
    const bytes = await exported()
    const learnt = films(decodeWeights(bytes))
    const added = driver.next('checkpointAdded')
    driver.send({ type: 'addCheckpoint', requestId: 3, bytes })
    const { fingerprint } = (await added).checkpoint
    const startFrom = { ckptToLoadFrom: 'Movies', fingerprint, tensorNameInCkpt: 'film_embedding' }

    const suggested = suggestExperiment(await openZip(movieLensZip!))
    const columns = suggested.columns.map((column) =>
      column.type === 'embedding' ? { ...column, dimension: 2 } : column,
    )
    const warm = columns.map((column) =>
      column.type === 'embedding' && 'key' in column.categorical && column.categorical.key === 'film'
        ? { ...column, startFrom }
        : column,
    )
    await train(2, { ...suggested, columns }, 0)
    const cold = films(decodeWeights(await exported()))
    const run = await train(3, { ...suggested, columns: warm }, 0)
    const begun = films(decodeWeights(await exported()))

    const [report] = run.warmStarts!
    expect(report).toMatchObject({ table: 'film_embedding', by: 'name', values: begun.size })
    expect(report!.found).toBeGreaterThan(300)
    // MovieLens tells its films by number: 3114 is Toy Story 2 (1999), 2571 The Matrix, 163645 knows nobody.
    expect(begun.get('3114')).toEqual(learnt.get('Toy Story 2'))
    expect(begun.get('2571')).toEqual(learnt.get('The Matrix'))
    const same = [...begun].filter(([key, vector]) => JSON.stringify(vector) === JSON.stringify(cold.get(key)))
    expect(same).toHaveLength(begun.size - report!.found)

    const { warmStarts } = await train(4, { ...suggested, columns: warm }, 2)
    expect(warmStarts).toEqual(run.warmStarts)
    const last = driver
      .of('evaluated')
      .findLast(({ runId }) => runId === 4)!
      .evaluations.at(-1)!
    expect(last.validation.rmse).toBeLessThan(1)
  }, 60_000)

  it('gives its vectors back to films that are told by title: its file knows the titles', async () => {
    driver = createTrainerDriver()
    const suggested = suggestExperiment(await openZip(movieLensZip!))
    const columns = suggested.columns.map((column) =>
      column.type === 'embedding' ? { ...column, dimension: 2 } : column,
    )
    await train(1, { ...suggested, columns }, 1)
    const bytes = await exported()
    const decoded = decodeWeights(bytes)
    const { keys, labels } = decoded.keyed.film_embedding!
    expect(labels![keys.indexOf('3114')]).toBe('Toy Story 2 (1999)')
    expect(decoded.keyed.viewer_embedding?.labels ?? null).toBeNull()
    const learnt = films(decoded)
    const added = driver.next('checkpointAdded')
    driver.send({ type: 'addCheckpoint', requestId: 3, bytes })
    const { fingerprint } = (await added).checkpoint
    const startFrom = { ckptToLoadFrom: 'MovieLens', fingerprint, tensorNameInCkpt: 'film_embedding' }
    const { movies } = labDefaults
    const warm = movies.columns.map((column) =>
      column.type === 'embedding' && 'key' in column.categorical && column.categorical.key === 'film'
        ? { ...column, startFrom }
        : column,
    )
    const run = await train(2, { ...movies, columns: warm }, 0)
    expect(run.warmStarts![0]).toMatchObject({ by: 'name', values: 400 })
    expect(run.warmStarts![0]!.found).toBeGreaterThan(300)
    expect(films(decodeWeights(await exported())).get('Toy Story 2')).toEqual(learnt.get('3114'))
  }, 60_000)
})
