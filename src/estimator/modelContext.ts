import type { Variable } from '@tensorflow/tfjs-core'
import type { ModeKeys } from './modeKeys'
import type { GlobalStep } from './trainOp'
import type { VariableStore } from './variableStore'

/** What surrounds one call of a model function. */
export interface ModelContext {
  readonly store: VariableStore
  readonly mode: ModeKeys
  readonly globalStep: GlobalStep
  readonly seed: number
  /** `rnn/basic_lstm_cell/`, or ''. */
  scope: string
  /** Names may be asked for twice. */
  reuse: boolean
  /** Asked for in this call. */
  readonly asked: Set<string>
  watch(variable: Variable, name: string, keys: readonly string[]): void
}

let current: ModelContext | null = null

/** The call in progress. `what` asks, for the error where there is none. */
export function modelContext(what: string): ModelContext {
  if (current) return current
  throw new Error(
    `${what} works within a model function only: there is no Estimator here whose variables it could use.`,
  )
}

export function withModelContext<T>(context: ModelContext, f: () => T): T {
  const outer = current
  current = context
  try {
    return f()
  } finally {
    current = outer
  }
}
