import type { Stepped } from '../estimator/runObserver'
import type { Post } from './post'
import { bounds, type SandboxEvent } from './protocol'

const SEND_INTERVAL_MS = 60
const MOST_STEPS = 200

/** Steps that have not been told yet: they are told together, a few times a second. */
export interface StepBatch {
  add(step: Stepped): void
  /** The last ones were told long enough ago. */
  isDue(): boolean
  /** One message for each Estimator that trained. */
  send(): void
}

export function createStepBatch(post: Post, now: () => number): StepBatch {
  let held = new Map<string, Stepped[]>()
  let dueMs = now() + SEND_INTERVAL_MS
  return {
    add(step) {
      const known = held.get(step.modelDir)
      if (known) known.push(step)
      else held.set(step.modelDir, [step])
    },
    isDue: () => held.size > 0 && now() >= dueMs,
    send() {
      for (const [modelDir, steps] of held) post(messageOf(modelDir, steps))
      // Each message has its time, also where many Estimators train in turns.
      dueMs = now() + SEND_INTERVAL_MS * Math.max(1, held.size)
      held = new Map()
    },
  }
}

function messageOf(modelDir: string, steps: readonly Stepped[]): SandboxEvent {
  const every = Math.ceil(steps.length / MOST_STEPS)
  const shown = steps.filter((_, i) => i % every === 0 || i === steps.length - 1).slice(-MOST_STEPS)
  const mean = (of: (step: Stepped) => number) => steps.reduce((sum, step) => sum + of(step), 0) / steps.length
  return {
    type: 'stepped',
    modelDir: modelDir.slice(0, bounds.name),
    steps: shown.map(({ globalStep }) => globalStep),
    losses: shown.map(({ loss }) => loss),
    stepMs: mean(({ stepMs }) => stepMs),
    tensors: steps.at(-1)?.tensors ?? 0,
    leakedTensors: Math.round(mean(({ leakedTensors }) => leakedTensors)),
  }
}
