import type { PauseReason } from '../protocol/trainer'
import type { Scheduler } from './scheduler'
import type { Serialize } from './serialize'

/** Longest stretch without letting messages in. */
export const SLICE_MS = 8
/** A paced run looks at least this often whether it was asked to stop. */
const LONGEST_WAIT_MS = 50

export interface Slice {
  ms: number
  examples: number
  epochEnded: boolean
  /** The loop stops after this slice, whatever `afterSlice` says. */
  last: boolean
}

/** What the loop drives. All but `step` run under the lock and may wait. */
export interface StepWork {
  /** One mini-batch, or as many as a device wants in one go, `limit` at most; returns their examples. */
  step(limit: number): number
  /** The device has its fill: the slice ends, however short it was. */
  readonly full: boolean
  currentStep(): number
  /** Step at which the epoch that step `from` is in, or begins, ends. */
  epochEnd(from: number): number
  /** What must be done before another step. A reason ends the loop. */
  beforeSlice(): Promise<PauseReason | null>
  /** A reason ends the loop. */
  afterSlice(slice: Slice): Promise<PauseReason | null>
  /** The loop has stopped. `interrupted` turns true when it is to go on: leave off then. */
  settle(reason: PauseReason, interrupted: () => boolean): Promise<void>
  fail(error: unknown): void
}

/** Steps in slices of at most `SLICE_MS`, between which messages come in and other holders of the lock have their turn. */
export interface StepLoop {
  /** Until a reason of `afterSlice`, or a pause. */
  play(): void
  /** `step` further steps than asked for so far; ends paused. */
  advance(unit: 'batch' | 'epoch'): void
  /** Takes effect after the present step. */
  pause(): void
  /** Steps a second at most; null = as fast as it goes. */
  setPace(stepsPerSecond: number | null): void
  /** Milliseconds to stand still between two slices. */
  setRest(ms: number): void
  /** Stops and cuts settling short; resolves when nothing of it runs any more. */
  stop(): Promise<void>
  /** Like `stop`, for good and without settling. */
  halt(): Promise<void>
  /** Neither plays nor steps. */
  readonly standing: boolean
}

export function createStepLoop(
  work: StepWork,
  lock: Serialize,
  { scheduler, now }: { scheduler: Scheduler; now: () => number },
): StepLoop {
  /** null: stand still. `until` null: play. */
  let goal: { until: number | null } | null = null
  let driving: Promise<void> | null = null
  let halted = false
  let hurried = false
  let pace: number | null = null
  let restMs = 0
  /** When the next paced step may be taken. */
  let dueMs = 0

  function wake(): void {
    if (halted) return
    driving ??= drive()
      .catch((error: unknown) => {
        goal = null
        work.fail(error)
      })
      .finally(() => {
        driving = null
        if (goal) wake()
      })
  }

  async function drive(): Promise<void> {
    while (goal && !halted) {
      const reason = await runToStop()
      if (halted) return
      await lock(() => work.settle(reason, () => goal !== null || halted || hurried))
    }
  }

  async function runToStop(): Promise<PauseReason> {
    let lastYieldMs = now()
    while (goal) {
      const waitMs = pace === null ? 0 : dueMs - now()
      if (waitMs > 0) {
        await scheduler.sleep(Math.min(waitMs, LONGEST_WAIT_MS))
        continue
      }
      const reason = await lock(() => slice(lastYieldMs + SLICE_MS))
      if (reason) return reason
      // Epochs of a few steps end their slice early: several of them fit between two yields.
      if (now() - lastYieldMs < SLICE_MS) continue
      await (restMs > 0 ? scheduler.sleep(restMs) : scheduler.yield())
      lastYieldMs = now()
    }
    return { why: 'asked' }
  }

  async function slice(endMs: number): Promise<PauseReason | null> {
    const early = await work.beforeSlice()
    if (early) goal = null
    if (!goal) return early
    const startMs = now()
    let examples = 0
    let epochEnded = false
    let last = false
    const epochEnd = work.epochEnd(work.currentStep())
    do {
      const until = Math.min(epochEnd, goal.until ?? epochEnd)
      examples += work.step(pace === null ? until - work.currentStep() : 1)
      const step = work.currentStep()
      epochEnded = step === epochEnd
      last = goal.until !== null && step >= goal.until
      if (pace !== null) dueMs = Math.max(dueMs + 1000 / pace, startMs - LONGEST_WAIT_MS)
    } while (!epochEnded && !last && !work.full && now() < endMs && (pace === null || dueMs <= now()))
    const reason = await work.afterSlice({ ms: now() - startMs, examples, epochEnded, last })
    // More steps may have been asked for while `afterSlice` waited.
    const reached = goal?.until != null && work.currentStep() >= goal.until
    if (reason || reached) goal = null
    return reason ?? (reached ? { why: 'asked' } : null)
  }

  return {
    play() {
      if (goal) goal.until = null
      else goal = { until: null }
      wake()
    },
    advance(unit) {
      const from = goal?.until ?? work.currentStep()
      goal = { until: unit === 'batch' ? from + 1 : work.epochEnd(from) }
      wake()
    },
    pause() {
      goal = null
    },
    setPace(stepsPerSecond) {
      pace = stepsPerSecond
      dueMs = now()
    },
    setRest(ms) {
      restMs = ms
    },
    async stop() {
      goal = null
      hurried = true
      await driving
      hurried = false
    },
    async halt() {
      halted = true
      goal = null
      await driving
    },
    get standing() {
      return goal === null
    },
  }
}
