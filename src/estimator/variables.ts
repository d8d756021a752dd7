import type { Variable } from '@tensorflow/tfjs-core'
import type { Initializer } from './initializers'
import { modelContext } from './modelContext'
import type { GlobalStep } from './trainOp'

/**
 * `tf.compat.v1.get_variable`: the variable of that name in the current scope, made when the model function is first called. Asking twice in one call is an
 * error, as in TensorFlow, unless the scope says `reuse`. Glorot uniform unless told otherwise.
 */
export function getVariable(
  name: string,
  shape: readonly number[],
  initializer?: Initializer,
  { trainable = true }: { trainable?: boolean } = {},
): Variable {
  const context = modelContext('getVariable')
  const full = context.scope + name
  if (context.asked.has(full) && !context.reuse) {
    throw new Error(
      `Variable ${full} is asked for twice: give one of them another name, or variableScope(…, { reuse: true }) to share it.`,
    )
  }
  context.asked.add(full)
  return context.store.get(full, shape, { trainable, seed: context.seed, ...(initializer && { initializer }) })
}

/** `tf.compat.v1.variable_scope`: names asked for within `f` start with `name/`. `reuse` gives names of this call again, also in scopes within. */
export function variableScope<T>(name: string, f: () => T, { reuse = false }: { reuse?: boolean } = {}): T {
  const context = modelContext('variableScope')
  const outer = { scope: context.scope, reuse: context.reuse }
  context.scope += `${name}/`
  context.reuse ||= reuse
  try {
    return f()
  } finally {
    Object.assign(context, outer)
  }
}

/** The steps that the Estimator has taken: for `minimize`, and its `value` for schedules. */
export function getGlobalStep(): GlobalStep {
  return modelContext('getGlobalStep').globalStep
}

/** Shows a table [rows × dimension] on the map while it trains; `keys` say what each row stands for. */
export function watchEmbedding(params: Variable, { name, keys }: { name: string; keys: readonly string[] }): void {
  const rows = params.shape[0] ?? 0
  if (params.rank !== 2)
    throw new RangeError(`watchEmbedding takes a table [rows, dimension], not [${params.shape.join(', ')}].`)
  if (keys.length !== rows) throw new RangeError(`Table ${name} has ${rows} rows and was given ${keys.length} keys.`)
  modelContext('watchEmbedding').watch(params, name, keys)
}
