import { encodeWeights } from '../exports/weightsFile'
import { assertNever } from '../lib/assertNever'
import type { WasmPaths } from '../model/backends'
import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { createCheckpointFiles } from './checkpointFiles'
import { createDataSets } from './dataSets'
import { encodeAsked } from './encodeAsked'
import { createExecutions } from './executions'
import { failureOf } from './failureOf'
import type { Workplace } from './inspect/inspect'
import type { Post } from './post'
import { predictionsOf } from './predictionsOf'
import { problemOf } from './problemOf'
import { recommend } from './recommend'
import { Refusal } from './refusal'
import type { Run } from './run'
import { createRunKeeper, type StartCommand } from './runKeeper'
import type { Scheduler } from './scheduler'
import { createSerialize } from './serialize'
import { recommendNext } from './watchListNext'

/** What the trainer needs of the place it runs in: a worker, Node, a test. */
export interface TrainerEnvironment {
  /** Bytes of a file beside the page: 'data/movies.json'. */
  read(path: string): Promise<ArrayBuffer>
  scheduler: Scheduler
  /** Milliseconds, monotonic. */
  now(): number
  wasmPaths: WasmPaths
}

export interface Trainer {
  handle(command: TrainerCommand): void
  /** Stops the run and frees its memory. */
  destroy(): Promise<void>
}

/**
 * Owns rows, weights and random numbers; knows no Worker. Commands are carried out in the order they come, one after another, but
 * `pause`, `tune`, `pace`, `rest`, `watch` and `returnSnapshot` act at once, and files are read beside all that.
 */
export function createTrainer(post: Post, environment: TrainerEnvironment): Trainer {
  const { scheduler, read } = environment
  const dataSets = createDataSets(read)
  const executions = createExecutions(environment.wasmPaths, environment.now)
  const workplace = { executions, scheduler, now: environment.now }
  const queue = createSerialize()
  const checkpoints = createCheckpointFiles()
  const keeper = createRunKeeper(post, queue, { ...environment, dataSets, executions, checkpoints })
  /** Files that are being read; one that was cancelled is given up at its next report of progress. */
  const opening = new Set<number>()
  let order = 0
  let pausedAt = 0

  executions.infos().then(
    (infos) => post({ type: 'ready', backends: infos }),
    () => post({ type: 'ready', backends: [] }),
  )

  /** Queued; a pause that came later wins. */
  function move(task: (run: Run) => void): void {
    const at = order
    void queue(() => {
      const run = keeper.current()
      if (run && pausedAt < at) task(run)
    })
  }

  function start(command: StartCommand): void {
    const at = order
    keeper.expect(at)
    void queue(() => keeper.start(command, at, () => command.play && pausedAt < at))
  }

  /** Answers in its turn, or says why not. */
  function answerAlone(requestId: number, task: () => Promise<Answer>): void {
    void queue(async () => {
      try {
        post(...(await task()))
      } catch (error) {
        post({ type: 'refused', requestId, message: failureOf(error).message })
      }
    })
  }

  /** The same about the present run, between two of its steps. */
  function answer(requestId: number, task: (run: Run) => Promise<Answer>): void {
    answerAlone(requestId, async () => {
      const run = keeper.current()
      if (!run) throw new Refusal('There is no model yet.')
      return run.between(() => task(run))
    })
  }

  function load(requestId: number, opening: Promise<TrainerEvent>): void {
    opening.then(post, (error) => post({ type: 'dataFailed', requestId, problem: problemOf(error) }))
  }

  function handle(command: TrainerCommand) {
    order++
    switch (command.type) {
      case 'openFiles':
        return load(command.requestId, openBrought(command))
      case 'cancelOpening':
        return void opening.delete(command.requestId)
      case 'openBuiltin':
        return load(command.requestId, openBuiltin(command))
      case 'start':
      case 'returnToRun':
        return start(command)
      case 'play':
        return move((run) => run.play())
      case 'step':
        return move((run) => run.advance(command.unit))
      case 'pause':
        pausedAt = order
        return keeper.current()?.pause()
      case 'tune':
        return keeper.tune(command.learningRate, order)
      case 'pace':
        return keeper.setPace(command.stepsPerSecond)
      case 'rest':
        return keeper.setRest(command.ms)
      case 'watch':
        return keeper.watch({
          table: command.table,
          grid: command.grid,
          standingOnly: command.standingOnly ?? false,
          nearness: { neighbors: command.neighbors ?? 8, similarity: command.similarity ?? null },
        })
      case 'returnSnapshot':
        return keeper.current()?.returnSnapshot(command.vectors)
      case 'returnToCheckpoint':
        return void queue(() => keeper.current()?.returnToCheckpoint(command.which))
      case 'exportWeights':
        return answerAlone(command.requestId, () => exported(command))
      case 'addCheckpoint':
        return answerAlone(command.requestId, () => addCheckpoint(command))
      case 'predict':
        return answer(command.requestId, (run) => predicted(run, command))
      case 'recommend':
        return answer(command.requestId, (run) => recommended(run, command))
      case 'recommendNext':
        return answer(command.requestId, (run) => recommendedNext(run, command))
      case 'inspect':
        return answer(command.requestId, (run) => inspected(run, command, workplace))
      default:
        return assertNever(command)
    }
  }

  async function openBrought(command: CommandOf<'openFiles'>): Promise<TrainerEvent> {
    const { requestId, files, dateOrders } = command
    const onProgress = (progress: Omit<EventOf<'dataProgress'>, 'type' | 'requestId'>) => {
      if (!opening.has(requestId)) throw new Refusal('Reading was cancelled.')
      post({ type: 'dataProgress', requestId, ...progress })
    }
    opening.add(requestId)
    try {
      // The readers of brought files come only when there is one.
      const { openFiles } = await import('../data/brought/openFiles')
      const dataSet = await openFiles(files, { dateOrders, onProgress })
      dataSets.add(dataSet)
      return { type: 'dataLoaded', requestId, summary: dataSet.summary }
    } finally {
      opening.delete(requestId)
    }
  }

  async function openBuiltin({ requestId, dataset }: CommandOf<'openBuiltin'>): Promise<TrainerEvent> {
    const { dataSet } = await dataSets.get(dataset, {})
    return { type: 'dataLoaded', requestId, summary: dataSet.summary }
  }

  async function exported({ requestId, optimizerState, ofRun }: CommandOf<'exportWeights'>): Promise<Answer> {
    const bytes = encodeWeights(await keeper.weightsOfRun(ofRun, optimizerState))
    return [{ type: 'exported', requestId, bytes }, [bytes]]
  }

  async function addCheckpoint({ requestId, bytes }: CommandOf<'addCheckpoint'>): Promise<Answer> {
    return [{ type: 'checkpointAdded', requestId, checkpoint: await checkpoints.add(bytes) }, []]
  }

  return {
    handle,
    async destroy() {
      await queue(() => keeper.destroy())
      scheduler.destroy()
    },
  }
}

type CommandOf<T extends TrainerCommand['type']> = Extract<TrainerCommand, { type: T }>
type EventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>
type Answer = [TrainerEvent, Transferable[]]

async function predicted({ prepared }: Run, { requestId, values }: CommandOf<'predict'>): Promise<Answer> {
  const { experiment, open, encoded, model } = prepared
  const batch = encodeAsked(values, experiment, open.dataSet, open.columns)
  const outputs = predictionsOf(await model.predict(batch), encoded.label, experiment.label, open.dataSet)
  return [{ type: 'predicted', requestId, outputs }, []]
}

async function inspected(
  run: Run,
  { requestId, question }: CommandOf<'inspect'>,
  workplace: Workplace,
): Promise<Answer> {
  // Its code comes when somebody looks inside a column for the first time.
  const { inspect } = await import('./inspect/inspect')
  return [{ type: 'inspected', requestId, answer: await inspect(question, run, workplace) }, []]
}

async function recommended({ prepared }: Run, command: CommandOf<'recommend'>): Promise<Answer> {
  const { experiment, open, encoded, model } = prepared
  const { requestId } = command
  const found = recommend(experiment, open.dataSet, encoded, await model.save(), command)
  return [{ type: 'recommended', requestId, ...found }, []]
}

async function recommendedNext({ prepared }: Run, { requestId, watched }: CommandOf<'recommendNext'>): Promise<Answer> {
  const { experiment, open, encoded, model } = prepared
  const found = await recommendNext(experiment, open.dataSet, encoded, model, watched)
  return [{ type: 'recommendedNext', requestId, ...found }, []]
}
