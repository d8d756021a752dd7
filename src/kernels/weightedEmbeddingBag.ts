import { engine, type Tensor1D, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { type Combiner, combinerCodes } from './combiner'
import scalesCode from './lookupScales.wgsl?raw'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'
import code from './weightedEmbeddingBag.wgsl?raw'

/**
 * `embeddingBag` with a weight for each lookup [N], and rows longer than `maxNorm` (above 0; null = none) looked up scaled down to it: all of
 * TensorFlow's `embedding_lookup_sparse`. Mean divides by the sum of the weights, sqrtn by the root of the sum of their squares;
 * a bag that is empty, or whose divisor is 0, gives zeros.
 */
export function weightedEmbeddingBag(
  table: Tensor2D,
  ids: Tensor1D,
  offsets: Tensor1D,
  weights: Tensor1D,
  bags: number,
  combiner: Combiner,
  maxNorm: number | null,
): Tensor2D {
  return engine().runKernel(
    'WeightedEmbeddingBag',
    { table, ids, offsets, weights },
    { bags, combiner, maxNorm: maxNorm ?? 0 },
  )
}

type Inputs = Record<'table' | 'ids' | 'offsets' | 'weights', TensorInfo>
/** `maxNorm` 0: rows are not clipped. */
type Attrs = { bags: number; combiner: Combiner; maxNorm: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { bags: B, combiner, maxNorm } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const output = memory.output([B, D])
  const out = memory.floats(output)
  const table = memory.floats(infos.table)
  const ids = memory.integers(infos.ids)
  const offsets = memory.integers(infos.offsets)
  const weights = memory.floats(infos.weights)
  for (let b = 0; b < B; b++) {
    const to = b * D
    for (let d = 0; d < D; d++) out[to + d] = 0
    for (let i = offsets[b]!; i < offsets[b + 1]!; i++) {
      const from = ids[i]! * D
      const scale = weights[i]! * clipScale(table, from, D, maxNorm)
      for (let d = 0; d < D; d++) out[to + d]! += scale * table[from + d]!
    }
    const norm = bagNorm(combiner, weights, offsets[b]!, offsets[b + 1]!)
    for (let d = 0; d < D; d++) out[to + d]! *= norm
  }
  return output
}

/** What clipping to `maxNorm` multiplies the row at `from` by; 1 for `maxNorm` 0. */
export function clipScale(table: Float32Array, from: number, dim: number, maxNorm: number): number {
  if (maxNorm === 0) return 1
  let squares = 0
  for (let d = 0; d < dim; d++) squares += table[from + d]! * table[from + d]!
  return maxNorm / Math.max(Math.sqrt(squares), maxNorm)
}

/** What the weighted sum of the lookups `first` … `end − 1` is multiplied by. */
export function bagNorm(combiner: Combiner, weights: Float32Array, first: number, end: number): number {
  if (combiner === 'sum') return 1
  let total = 0
  for (let i = first; i < end; i++) total += combiner === 'mean' ? weights[i]! : weights[i]! * weights[i]!
  if (total === 0) return 0
  return combiner === 'mean' ? 1 / total : 1 / Math.sqrt(total)
}

export function registerWeightedEmbeddingBag(): void {
  registerArrayKernel('WeightedEmbeddingBag', arrayKernel)
  registerWebgpuKernel('WeightedEmbeddingBag', (inputs, attrs, backend) => {
    const { table, ids, offsets, weights } = inputs as Inputs
    const { bags, combiner, maxNorm } = attrs as Attrs
    const dim = table.shape[1]!
    // Every bag is empty: WebGPU has no empty buffers to bind.
    if (ids.shape[0] === 0) return backend.makeTensorInfo([bags, dim], 'float32', new Float32Array(bags * dim))
    const lookups = ids.shape[0]!
    const scales =
      maxNorm === 0
        ? weights
        : runToNew(backend, [lookups], {
            name: 'lookupScales',
            code: scalesCode,
            threads: lookups,
            buffers: { table, ids, weights },
            integers: { dim },
            floats: { maxNorm },
          })
    const out = runToNew(backend, [bags, dim], {
      name: 'weightedEmbeddingBag',
      code,
      threads: bags * dim,
      buffers: { table, ids, offsets, weights, scales },
      integers: { dim, combiner: combinerCodes[combiner] },
    })
    if (scales !== weights) backend.disposeData(scales.dataId)
    return out
  })
}
