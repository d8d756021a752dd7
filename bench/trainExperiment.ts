import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { DataSummary } from '../src/experiment/dataSummary'
import type { Experiment } from '../src/experiment/experiment'
import { decodeWeights, encodeWeights, type Weights } from '../src/exports/weightsFile'
import type { Comparison, Evaluation, Probe, RunInfo } from '../src/protocol/trainer'
import { createTrainerDriver } from '../src/trainer/trainerDriver'

export interface Outcome {
  run: RunInfo
  evaluations: Evaluation[]
  best: Evaluation
  probes: Probe[]
  /** What near vectors have in common, at the end. */
  comparisons: Comparison[]
  /** From `start` to the last step, evaluations included. */
  trainMs: number
  /** Median over the run, of training time alone. */
  examplesPerSecond: number
}

export type Bench = ReturnType<typeof openBench>

/** The trainer in Node, as the worker runs it: opens files, trains to the experiment's stop condition. */
export function openBench() {
  const driver = createTrainerDriver()
  let lastId = 0

  /** Reads files as if they were dropped on the page. */
  async function open(...paths: string[]): Promise<DataSummary> {
    const files = await Promise.all(paths.map(async (path) => new File([await readFile(path)], basename(path))))
    const requestId = ++lastId
    const answer = driver.next(['dataLoaded', 'dataFailed'], (event) => event.requestId === requestId)
    driver.send({ type: 'openFiles', requestId, files, dateOrders: {} })
    const event = await answer
    if (event.type === 'dataFailed') throw new Error(event.problem.message)
    return event.summary
  }

  /** `table`: the one whose probes are wanted. */
  async function train(experiment: Experiment, table: string | null = null): Promise<Outcome> {
    const runId = ++lastId
    driver.events.length = 0
    const end = driver.next(['paused', 'failed'], (event) => event.runId === runId)
    const startedAt = performance.now()
    driver.send({ type: 'watch', table, grid: false })
    driver.send({ type: 'start', runId, experiment, play: true })
    const event = await end
    const trainMs = performance.now() - startedAt
    if (event.type === 'failed') throw new Error(event.message)
    if (event.reason.why === 'notFinite') throw new Error(`The run left the finite numbers: ${event.reason.cause}`)
    await settled()
    const evaluations = driver.of('evaluated').flatMap((event) => event.evaluations)
    const probed = driver.of('probed').findLast((event) => event.table === (table ?? event.table))
    const rates = driver
      .of('progress')
      .map((progress) => progress.examplesPerSecond)
      .sort((a, b) => a - b)
    return {
      run: driver.of('started')[0]!.run,
      evaluations,
      best: evaluations.findLast((evaluation) => evaluation.isBest)!,
      probes: probed?.probes ?? [],
      comparisons: probed?.comparisons ?? [],
      trainMs,
      examplesPerSecond: rates[Math.floor(rates.length / 2)] ?? Number.NaN,
    }
  }

  /** A run that stands still looks at its table once more after it has said so; an answer waits for that. */
  async function settled(): Promise<void> {
    const exported = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: ++lastId, optimizerState: false })
    await exported
  }

  /** The present run's weights, or what is made of them, for columns to start from; returns the fingerprint that they name it by. */
  async function keepAsCheckpoint(change = (weights: Weights) => weights): Promise<string> {
    const exported = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: ++lastId, optimizerState: false })
    const bytes = encodeWeights(change(decodeWeights((await exported).bytes)))
    const added = driver.next('checkpointAdded')
    driver.send({ type: 'addCheckpoint', requestId: ++lastId, bytes })
    return (await added).checkpoint.fingerprint
  }
  return { open, train, keepAsCheckpoint, destroy: driver.destroy }
}
