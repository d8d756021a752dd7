import type { EstimatorSpec } from './estimatorSpec'
import { host } from './host'
import type { ModeKeys } from './modeKeys'
import { type HeldSpec, holdSpec } from './specParts'

/** Tells the host's observer of specs, but not so often that it costs: the first of each mode, then one in half a second. */
export interface SpecReporter {
  /** Call where the spec's tensors are alive. */
  see(spec: EstimatorSpec): void
  /** Tensors that it holds. */
  tensors(): number
  /** Tells what it holds, if anything. */
  report(globalStep: number): Promise<void>
}

const EVERY_MS = 500

export function createSpecReporter(): SpecReporter {
  const told = new Map<ModeKeys, number>()
  let held: HeldSpec | null = null
  return {
    see(spec) {
      const { observer, now } = host()
      const last = told.get(spec.mode)
      if (!observer.spec || held || (last !== undefined && now() < last + EVERY_MS)) return
      told.set(spec.mode, now())
      held = holdSpec(spec)
    },
    tensors: () => held?.tensors ?? 0,
    async report(globalStep) {
      const reading = held?.parts(globalStep)
      held = null
      if (reading) host().observer.spec?.(await reading)
    },
  }
}
