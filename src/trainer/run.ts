import type { PauseReason } from '../protocol/trainer'
import type { RunState } from './keptRuns'
import type { PostRun } from './post'
import { createSerialize } from './serialize'
import { createStepLoop } from './stepLoop'
import { type PreparedRun, type RunContext, Training } from './training'
import { createWatcher, type Watching } from './watcher'

/** Where a run takes over. */
export interface Takeover {
  state: RunState
  /** Tell the evaluations of its past again: the page has forgotten them. */
  retell: boolean
}

/**
 * One run from its first step to its replacement. Steps, evaluation, drawing and questions take turns under one lock; `play`, `pause`, `tune`, `pace`, `rest`,
 * `watch` and `returnSnapshot` act at once.
 */
export interface Run {
  readonly prepared: PreparedRun
  readonly training: Training
  /** `started`, points and the vectors before the first step; then plays, or measures what it stands on. */
  begin(watching: Watching, play: () => boolean): Promise<void>
  play(): void
  pause(): void
  advance(unit: 'batch' | 'epoch'): void
  tune(learningRate: number): void
  setPace(stepsPerSecond: number | null): void
  setRest(ms: number): void
  watch(watching: Watching): void
  returnSnapshot(vectors: Float32Array<ArrayBuffer>): void
  returnToCheckpoint(which: 'best' | 'lastFinite'): Promise<void>
  /** Has its turn between two slices. */
  between<T>(task: () => Promise<T> | T): Promise<T>
  /** Plays, or did when it broke. */
  readonly playing: boolean
  /** Stops for good; nothing is posted any more. */
  halt(): Promise<void>
  /** Stops for good without waiting for a device that no longer answers; gives the last state known on the CPU. */
  abandon(): RunState
  dispose(): void
}

export function createRun(
  prepared: PreparedRun,
  takeover: Takeover | null,
  context: RunContext,
  send: PostRun,
  fail: (error: unknown) => void,
): Run {
  let silent = false
  let playing = false
  const post: PostRun = (message, transfer) => {
    if (!silent) send(message, transfer)
  }
  const lock = createSerialize()
  const training = new Training(prepared, context, post)
  const watcher = createWatcher(prepared, context.now, post)
  if (takeover) training.resume(takeover.state)

  const work = {
    step: (limit: number) => training.train(limit),
    full: prepared.model.queue !== undefined,
    currentStep: () => training.step,
    epochEnd: (from: number) => training.epochEnd(from),
    beforeSlice: () => training.catchUp(() => loop.standing),
    async afterSlice(slice: Parameters<Training['afterSlice']>[0]): Promise<PauseReason | null> {
      const reason = await training.afterSlice(slice, () => loop.standing)
      await watcher.send(training.step, false)
      if (slice.epochEnded) await watcher.probe(training.step, false)
      return reason
    },
    async settle(reason: PauseReason, interrupted: () => boolean): Promise<void> {
      const broken = reason.why === 'notFinite' ? reason : await training.finishStretch()
      await watcher.send(training.step, true)
      paused(broken ?? reason)
      if (!broken) await lookClosely(interrupted)
    },
    fail(error: unknown) {
      if (!silent) fail(error)
    },
  }
  const loop = createStepLoop(work, lock, context)

  function paused(reason: PauseReason): void {
    playing = false
    training.tellEvaluations()
    post({ type: 'paused', step: training.step, reason })
  }

  /** What there is time for when nothing moves. */
  async function lookClosely(interrupted: () => boolean): Promise<void> {
    if (!training.evaluatedHere) {
      const reason = await training.evaluate(interrupted)
      if (reason) paused(reason)
      training.tellEvaluations()
    }
    if (!interrupted()) await watcher.probe(training.step, true)
  }

  function playOn(): void {
    training.extend()
    playing = true
    post({ type: 'played' })
    loop.play()
  }

  function inTurn(task: () => Promise<void>): void {
    lock(task).catch(work.fail)
  }

  return {
    prepared,
    training,
    async begin(watching, play) {
      post({ type: 'started', run: { ...prepared.info, experiment: training.experiment, startStep: training.step } })
      if (takeover) training.reportProgress()
      if (takeover?.retell) post({ type: 'evaluated', evaluations: [...training.evaluations] })
      watcher.watch(watching)
      await lock(async () => {
        await watcher.send(training.step, true)
        if (!training.lastFinite) await training.keepCheckpoint(true)
      })
      if (play()) playOn()
      else inTurn(() => lookClosely(() => !loop.standing || silent))
    },
    play: playOn,
    pause() {
      if (loop.standing) paused({ why: 'asked' })
      loop.pause()
    },
    advance: (unit) => loop.advance(unit),
    tune(learningRate) {
      training.learningRate = learningRate
      prepared.model.setLearningRate(learningRate)
    },
    setPace: (stepsPerSecond) => loop.setPace(stepsPerSecond),
    setRest: (ms) => loop.setRest(ms),
    watch(watching) {
      inTurn(async () => {
        watcher.watch(watching)
        await watcher.send(training.step, true)
        if (loop.standing) await watcher.probe(training.step, true)
      })
    },
    returnSnapshot(vectors) {
      watcher.giveBack(vectors)
      // The last step before a pause may have found no buffer here.
      if (loop.standing) inTurn(() => watcher.send(training.step, true))
    },
    async returnToCheckpoint(which) {
      await loop.stop()
      await lock(async () => {
        const moment = which === 'best' ? training.best : training.lastFinite
        if (!moment) return
        training.restore(moment)
        training.reportProgress()
        await watcher.send(training.step, true)
        paused({ why: 'asked' })
        await lookClosely(() => !loop.standing || silent)
      })
    },
    between: lock,
    get playing() {
      return playing
    },
    async halt() {
      silent = true
      await loop.halt()
      await lock(() => undefined)
    },
    abandon() {
      silent = true
      void loop.halt()
      return training.fallback()
    },
    dispose: () => prepared.model.dispose(),
  }
}
