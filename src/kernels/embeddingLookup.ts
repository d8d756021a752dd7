import {
  customGrad,
  engine,
  keep,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  zerosLike,
} from '@tensorflow/tfjs-core'
import type { Combiner } from './combiner'
import { embeddingBag } from './embeddingBag'
import { weightedEmbeddingBag } from './weightedEmbeddingBag'

/** Whatever holds a table [V, D] that kernels update in place: see `sparseTape.ts` for how it is trained. */
export interface LookupTable {
  readonly tensor: Tensor2D
}

export interface LookupOptions {
  /** [B + 1]: bag b looks up ids[offsets[b]] … ids[offsets[b + 1] − 1]. Default: one id a bag. */
  offsets?: Int32Array
  /** Default `mean`, TensorFlow's. */
  combiner?: Combiner
  /** [N] of each lookup; constants, they get no gradient. Default 1. */
  weights?: Float32Array
  /** Rows longer than this are looked up scaled down to it. */
  maxNorm?: number
}

/** A lookup that a tape has seen, and the gradient that came back to it. */
export interface RecordedLookup extends LookupOptions {
  table: LookupTable
  ids: Int32Array
  dOut: Tensor2D
}

/** What a tape leaves while its function runs: a stand-in for each table, which TensorFlow.js differentiates by. */
export interface LookupTape {
  handles: Map<LookupTable, Scalar>
  lookups: RecordedLookup[]
}

let tape: LookupTape | null = null

/** Runs `f` with its lookups of the tape's tables recorded. */
export function withLookupTape<T>(next: LookupTape, f: () => T): T {
  const outer = tape
  tape = next
  try {
    return f()
  } finally {
    tape = outer
  }
}

/**
 * TensorFlow's `embedding_lookup_sparse` as an operation: ids → [B, D]. Differentiable in the table within `sparseValueAndGrads`,
 * and there the gradient is a few rows; a gradient function of TensorFlow.js, whose gradient would be a whole table, is refused.
 * Throws a RangeError for an id that is not a row. `ids` must not change before the gradient is taken.
 */
export function embeddingLookup(table: LookupTable, ids: Int32Array, options: LookupOptions = {}): Tensor2D {
  checkLookup(table, ids, options)
  const handle = tape?.handles.get(table)
  if (tape === null && engine().state.gradientDepth > 0) {
    const hint = 'use sparseValueAndGrads, or one of our optimizers where a Keras model is compiled'
    throw new Error(`embeddingLookup has no gradient under tf.grads or tf.variableGrads: ${hint}.`)
  }
  if (!tape || !handle) return lookUp(table, ids, options)
  const { lookups } = tape
  const lookup = customGrad((...inputs) => ({
    value: lookUp(table, ids, options),
    gradFunc: (dOut) => {
      lookups.push({ ...options, table, ids, dOut: keep((dOut as Tensor2D).clone()) })
      return zerosLike(inputs[0] as Scalar)
    },
  }))
  return lookup(handle) as Tensor2D
}

function lookUp({ tensor }: LookupTable, ids: Int32Array, options: LookupOptions): Tensor2D {
  const { combiner = 'mean', weights, maxNorm } = options
  return engine().tidy(() => {
    const [idTensor, offsets] = [tensor1d(ids, 'int32'), tensor1d(offsetsOf(ids, options), 'int32')]
    const bags = offsets.size - 1
    if (!weights && maxNorm === undefined) return embeddingBag(tensor, idTensor, offsets, bags, combiner)
    return weightedEmbeddingBag(tensor, idTensor, offsets, weightsOf(ids, options), bags, combiner, maxNorm ?? null)
  })
}

/** [N], 1 where none are given. */
export function weightsOf(ids: Int32Array, { weights }: LookupOptions): Tensor1D {
  return tensor1d(weights ?? new Float32Array(ids.length).fill(1), 'float32')
}

/** [B + 1]. */
export function offsetsOf(ids: Int32Array, { offsets }: LookupOptions): Int32Array {
  return offsets ?? Int32Array.from({ length: ids.length + 1 }, (_, b) => b)
}

function checkLookup({ tensor }: LookupTable, ids: Int32Array, { offsets, weights, maxNorm }: LookupOptions): void {
  const rows = tensor.shape[0]
  for (const id of ids) {
    if (id < 0 || id >= rows) throw new RangeError(`Id ${id} is not a row of the table, which has ${rows}.`)
  }
  if (offsets && offsets.at(-1) !== ids.length) {
    throw new RangeError(`The last offset is ${offsets.at(-1)}; it must be the number of ids, ${ids.length}.`)
  }
  if (weights && weights.length !== ids.length) {
    throw new RangeError(`There are ${weights.length} weights for ${ids.length} ids.`)
  }
  if (maxNorm !== undefined && !(maxNorm > 0)) throw new RangeError(`maxNorm is ${maxNorm}; it must be above 0.`)
}
