import { tidy } from '@tensorflow/tfjs-core'
import { ModeKeys } from './modeKeys'
import { type ModelContext, withModelContext } from './modelContext'
import type { SavedArray } from './savedArrays'
import { createVariableStore } from './variableStore'

/** For tests: what works in a model function alone, with variables of given values; their shapes are those asked for. */
export function withTestContext(values: Record<string, number[]>, f: (context: ModelContext) => void): void {
  const store = createVariableStore(null)
  const get = store.get
  store.get = (name, shape, options) => {
    const given = values[name]
    return get(name, shape, given ? { ...options, initializer: () => Float32Array.from(given) } : options)
  }
  const context: ModelContext = {
    store,
    mode: ModeKeys.TRAIN,
    globalStep: { value: 0 },
    seed: 1,
    scope: '',
    reuse: false,
    asked: new Set(),
    watch: () => {},
  }
  tidy(() => withModelContext(context, () => f(context)))
  store.dispose()
}

/** Arrays of a checkpoint from nested lists. */
export function savedArraysOf(values: Record<string, number[] | number[][]>): Map<string, SavedArray> {
  return new Map(
    Object.entries(values).map(([name, list]) => {
      const rows = list as number[][]
      const shape = Array.isArray(list[0]) ? [list.length, rows[0]!.length] : [list.length]
      return [name, { dtype: 'float32', shape, values: Float32Array.from(list.flat()) }]
    }),
  )
}
