import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { decodeWeights, type Weights } from '../exports/weightsFile'
import type { RunEvent, TrainerCommand } from '../protocol/trainer'
import type { CheckpointFiles } from './checkpointFiles'
import { deviceLost } from './deviceLost'
import { failureOf } from './failureOf'
import { createKeptRuns, type RunState } from './keptRuns'
import type { Post, PostRun } from './post'
import { prepareRun, type Workshop } from './prepareRun'
import { Refusal } from './refusal'
import { createRun, type Run, type Takeover } from './run'
import type { Serialize } from './serialize'
import { takeOver } from './takeOver'
import { type PreparedRun, Training } from './training'
import type { Watching } from './watcher'
import { weightsOf } from './weightsExchange'

export type StartCommand = Extract<TrainerCommand, { type: 'start' | 'returnToRun' }>

/** The one current run, its replacement, and the replaced ones. */
export interface RunKeeper {
  /** null before the first, while one is set up, and after one that could not start. */
  current(): Run | null
  /** A start is on its way: older ones that have not begun are skipped. `order`: of the command, ascending. */
  expect(order: number): void
  /** Puts the current run aside and starts another, or returns to one. Never rejects: what goes wrong is posted. */
  start(command: StartCommand, order: number, play: () => boolean): Promise<void>
  /** The weights of the present run, or of a replaced one that is kept. Throws a `Refusal` where it is neither. */
  weightsOfRun(runId: number | undefined, optimizerState: boolean): Promise<Weights>
  tune(learningRate: number, order: number): void
  setPace(stepsPerSecond: number | null): void
  setRest(ms: number): void
  watch(watching: Watching): void
  destroy(): Promise<void>
}

export interface KeeperWorkshop extends Workshop {
  now(): number
  checkpoints: CheckpointFiles
}

/** How long a failed GPU run waits for the news that the GPU is lost. */
const LOST_NEWS_MS = 200

export function createRunKeeper(post: Post, queue: Serialize, workshop: KeeperWorkshop): RunKeeper {
  const { scheduler, now, executions, checkpoints } = workshop
  const kept = createKeptRuns()
  let current: { runId: number; run: Run } | null = null
  /** A start after `current` failed before it replaced it: only a return to it takes it up again. */
  let forsaken = false
  let newestStart = 0
  /** The start that `current` came from. */
  let begunStart = 0
  let watching: Watching = { table: null, grid: true }
  let pace: number | null = null
  let restMs = 0
  let tuned = { order: 0, learningRate: 0 }

  /** Keeps the current run for undo and frees its device memory. */
  async function putAside(): Promise<void> {
    if (!current) return
    const { runId, run } = current
    current = null
    forsaken = false
    await run.halt()
    try {
      // A device that was lost this moment no longer gives its weights; the last checkpoint stands in.
      kept.keep(runId, await run.training.save().catch(() => run.training.fallback()))
    } catch {
      // It broke before its first step: there is nothing to come back to.
    } finally {
      run.dispose()
    }
  }

  async function start(command: StartCommand, order: number, play: () => boolean): Promise<void> {
    if (order !== newestStart) return
    const { runId } = command
    let state: RunState | null = null
    try {
      // First: a damaged file leaves the present run as it is.
      const weights = command.type === 'start' && command.weights ? decodeWeights(command.weights) : null
      await putAside()
      if (command.type === 'returnToRun') state = kept.take(runId)
      const openFrom = command.type === 'start' ? command.openFrom : undefined
      const origin = { state, weights, before: openFrom === undefined ? null : kept.peek(openFrom) }
      const prepared = await prepareRun(state?.experiment ?? command.experiment, workshop, () => order !== newestStart)
      if (!prepared) return
      const run = await installOrDispose(runId, prepared, () => takeOver(prepared, origin, checkpoints))
      state = null
      begunStart = order
      if (tuned.order > order) run.tune(tuned.learningRate)
      await run.begin(watching, play)
    } catch (error) {
      // The page has turned to the run that failed: one before it that is still here waits to be returned to.
      if (current && current.runId !== runId) {
        current.run.pause()
        forsaken = true
      }
      post({ runId, type: 'failed', ...failureOf(error, command.experiment) })
    } finally {
      if (state) kept.keep(runId, state)
    }
  }

  async function installOrDispose(
    runId: number,
    prepared: PreparedRun,
    beginning: () => Promise<[PreparedRun, Takeover | null]>,
  ): Promise<Run> {
    try {
      return install(runId, ...(await beginning()))
    } catch (error) {
      prepared.model.dispose()
      throw error
    }
  }

  function install(runId: number, prepared: PreparedRun, takeover: Takeover | null): Run {
    const send: PostRun = (message, transfer) => post({ ...message, runId } as RunEvent, transfer)
    const dataBytes = bytesOfData(prepared.encoded)
    const lost = prepared.info.backend === 'webgpu' ? deviceLost() : null
    const context = { scheduler, now, otherBytes: () => kept.bytes() + dataBytes }
    const run = createRun(prepared, takeover, context, send, async (error) => {
      // The GPU's loss breaks what was under way before it is announced.
      const reason = lost && (await Promise.race([lost, scheduler.sleep(LOST_NEWS_MS)]))
      if (!reason) send({ type: 'failed', ...failureOf(error) })
    })
    run.setPace(pace)
    run.setRest(restMs)
    current = { runId, run }
    void lost?.then((reason) => queue(() => recover(runId, run, reason)))
    return run
  }

  /** Goes on without the GPU, from the last weights that were copied to the CPU. */
  async function recover(runId: number, run: Run, reason: string): Promise<void> {
    const news = executions.strikeOff('webgpu', `The GPU was lost: ${reason}.`)
    if (news) post({ type: 'ready', backends: await executions.infos() })
    if (current?.run !== run) return
    let state: RunState | null = null
    try {
      state = run.abandon()
      const message = `The GPU was lost (${reason}). Training goes on from step ${state.now.step} on the CPU.`
      post({ type: 'deviceLost', message })
      const prepared = await prepareRun(state.experiment, workshop, () => false)
      if (!prepared) return
      const takeover = { state, retell: false }
      const next = await installOrDispose(runId, prepared, async () => [prepared, takeover])
      state = null
      // What was said to the lost run meanwhile holds for this one.
      next.tune(run.training.learningRate)
      await next.begin(watching, () => run.playing)
    } catch (error) {
      if (current?.run === run) current = null
      post({ runId, type: 'failed', ...failureOf(error, run.training.experiment) })
    } finally {
      // It can be returned to.
      if (state) kept.keep(runId, state)
      run.dispose()
    }
  }

  /** A replaced run is set up again beside the present one, on the CPU, and left as it was. */
  async function weightsOfKept(runId: number, optimizerState: boolean): Promise<Weights> {
    const state = kept.peek(runId)
    if (!state)
      throw new Refusal(
        'This run is no longer kept: the page keeps the last eight. Train it again, or save its weights.',
      )
    const onCpu: Experiment = { ...state.experiment, backend: 'wasm' }
    const prepared = await prepareRun(onCpu, workshop, () => false)
    if (!prepared) throw new Refusal('This run could not be set up again.')
    try {
      const training = new Training(prepared, { scheduler, now, otherBytes: () => 0 }, () => undefined)
      training.resume(state)
      return { ...(await weightsOf(prepared, training, optimizerState)), experiment: state.experiment }
    } finally {
      prepared.model.dispose()
    }
  }

  return {
    async weightsOfRun(runId, optimizerState) {
      if (runId !== undefined && runId !== current?.runId) return weightsOfKept(runId, optimizerState)
      const run = forsaken ? null : current?.run
      if (!run) throw new Refusal('There is no model yet.')
      return run.between(() => weightsOf(run.prepared, run.training, optimizerState))
    },
    current: () => (forsaken ? null : (current?.run ?? null)),
    expect(order) {
      newestStart = order
    },
    start,
    tune(learningRate, order) {
      tuned = { order, learningRate }
      // With a start on its way the rate is meant for that run.
      if (newestStart === begunStart) current?.run.tune(learningRate)
    },
    setPace(stepsPerSecond) {
      pace = stepsPerSecond
      current?.run.setPace(stepsPerSecond)
    },
    setRest(ms) {
      restMs = ms
      current?.run.setRest(ms)
    },
    watch(next) {
      watching = next
      current?.run.watch(next)
    },
    async destroy() {
      const run = current?.run
      current = null
      await run?.halt()
      run?.dispose()
    },
  }
}

function bytesOfData({ categorical, numeric, label, trainRows, validationRows }: EncodedData): number {
  const arrays: { byteLength: number }[] = [
    label.values,
    trainRows,
    validationRows,
    ...numeric.map(({ values }) => values),
  ]
  for (const { ids, offsets } of categorical) arrays.push(ids, ...(offsets ? [offsets] : []))
  return arrays.reduce((bytes, array) => bytes + array.byteLength, 0)
}
