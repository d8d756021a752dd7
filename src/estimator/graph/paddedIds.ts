import type { Combiner } from '../../kernels/combiner'
import type { GraphBuilder, Value } from './graphBuilder'
import { cast } from './lowerings/elementwise'
import { reduce } from './lowerings/reductions'
import { gather } from './lowerings/shapes'

/** Ids of several lookups a row [B, L], int32. */
export interface PaddedIds {
  ids: Value
  /** Of each lookup [B, L]. */
  weights: Value | null
  /** Ids below 0 are none. false: there are none such. */
  isPadded: boolean
}

/**
 * `embedding_lookup_sparse` as a graph has it on every backend: gather, multiply, sum [B, D]. Ids below 0 count for nothing, as do weights that are not above 0
 * where the combiner divides by them; a row without any gives zeros. `maxNorm` 0: rows are not clipped.
 */
export function combinedRows(
  g: GraphBuilder,
  table: Value,
  { ids, weights, isPadded }: PaddedIds,
  combiner: Combiner,
  maxNorm: number,
): Value {
  const vectors = clipped(g, gather(g, table, isPadded ? g.node('Maximum', [ids, g.operand(0)]) : ids), maxNorm)
  const scales = scalesOf(g, { ids, weights, isPadded }, combiner)
  if (scales === null) {
    if (combiner !== 'sqrtn') return reduce(g, combiner === 'sum' ? 'Sum' : 'Mean', vectors, [1], false)
    const ones = g.node('OnesLike', [cast(g, ids, 'float32')])
    return divided(g, reduce(g, 'Sum', vectors, [1], false), ones, combiner)
  }
  const column = g.node('ExpandDims', [scales, g.ints(-1)])
  const sum = reduce(g, 'Sum', g.node('Mul', [vectors, column]), [1], false)
  return combiner === 'sum' ? sum : divided(g, sum, scales, combiner)
}

/** Weighted counts of the ids by bucket [B, buckets]. */
export function countedIds(g: GraphBuilder, { ids, weights }: PaddedIds, buckets: number): Value {
  const column = (value: Value) => g.node('ExpandDims', [value, g.ints(-1)])
  // Not OneHot, which TensorFlow.js refuses for a single bucket. No bucket for ids below 0.
  const all = g.node('Range', [g.ints(0), g.ints(buckets), g.ints(1)])
  const isHeld = g.node('Equal', [column(ids), all], { dtype: 'bool' })
  if (!weights) return reduce(g, 'Sum', cast(g, isHeld, 'float32'), [1], false)
  // Not a product: a weight that is no number would count in every bucket.
  const each = [column(weights), g.operand(0, 'float32')]
  return reduce(g, 'Sum', g.node('SelectV2', [isHeld, ...each], { dtype: 'float32' }), [1], false)
}

/** What each vector is multiplied by [B, L]; null: by 1. */
function scalesOf(g: GraphBuilder, { ids, weights, isPadded }: PaddedIds, combiner: Combiner): Value | null {
  const isThere = isPadded ? g.node('GreaterEqual', [ids, g.operand(0)], { dtype: 'bool' }) : null
  if (!weights) return isThere && cast(g, isThere, 'float32')
  const isKept = combiner === 'sum' ? null : g.node('Greater', [weights, g.operand(0, 'float32')], { dtype: 'bool' })
  const conditions = [isThere, isKept].filter((condition) => condition !== null)
  const [first, second] = conditions
  if (!first) return weights
  const condition = second ? g.node('LogicalAnd', [first, second], { dtype: 'bool' }) : first
  return g.node('SelectV2', [condition, weights, g.node('ZerosLike', [weights])], { dtype: 'float32' })
}

/** By the sum of the weights, or the root of the sum of their squares; by 0 gives 0. */
function divided(g: GraphBuilder, sum: Value, scales: Value, combiner: Combiner): Value {
  const norm =
    combiner === 'mean'
      ? reduce(g, 'Sum', scales, [1], true)
      : g.node('Sqrt', [reduce(g, 'Sum', g.node('Square', [scales]), [1], true)])
  return g.node('DivNoNan', [sum, norm])
}

/** Vectors [B, L, D] longer than `maxNorm` scaled down to it. */
function clipped(g: GraphBuilder, vectors: Value, maxNorm: number): Value {
  if (maxNorm === 0) return vectors
  const norms = g.node('Sqrt', [reduce(g, 'Sum', g.node('Square', [vectors]), [-1], true)])
  const most = g.operand(maxNorm, 'float32')
  const scale = g.node('RealDiv', [most, g.node('Maximum', [norms, most])])
  return g.node('Mul', [vectors, scale])
}
