import { engine, type Tensor1D, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import normsCode from './bagNorms.wgsl?raw'
import clippedCode from './clippedGradient.wgsl?raw'
import { type Combiner, combinerCodes } from './combiner'
import type { RowIndexTensors } from './embeddingBagGrad'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'
import { bagNorm } from './weightedEmbeddingBag'
import code from './weightedEmbeddingBagGrad.wgsl?raw'

/** What a gradient with weights needs beside a `RowIndex`: the lookups by their position in the batch. */
export interface WeightedRowIndexTensors extends RowIndexTensors {
  lookups: Tensor1D
}

/**
 * Gradient of `weightedEmbeddingBag` in the table as IndexedSlices with the duplicates summed: values [U, D] of `index.rows`. Taken through the
 * clipping of a row that is longer than `maxNorm`; `l2` · row is added for every lookup, clipped or not. Weights are constants.
 */
export function weightedEmbeddingBagGrad(
  dOut: Tensor2D,
  table: Tensor2D,
  index: WeightedRowIndexTensors,
  offsets: Tensor1D,
  weights: Tensor1D,
  combiner: Combiner,
  l2: number,
  maxNorm: number | null,
): Tensor2D {
  const { touched, rows, starts, bags, lookups, counts } = index
  return engine().runKernel(
    'WeightedEmbeddingBagGrad',
    { dOut, table, rows, starts, bags, lookups, counts, offsets, weights },
    { touched, combiner, l2, maxNorm: maxNorm ?? 0 },
  )
}

type Inputs = Record<
  'dOut' | 'table' | 'rows' | 'starts' | 'bags' | 'lookups' | 'counts' | 'offsets' | 'weights',
  TensorInfo
>
/** `maxNorm` 0: rows are not clipped. */
type Attrs = { touched: number; combiner: Combiner; l2: number; maxNorm: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, combiner, l2, maxNorm } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const output = memory.output([U, D])
  const values = memory.floats(output)
  const [dOut, table, weights] = [memory.floats(infos.dOut), memory.floats(infos.table), memory.floats(infos.weights)]
  const [rows, starts, bags] = [memory.integers(infos.rows), memory.integers(infos.starts), memory.integers(infos.bags)]
  const [counts, offsets] = [memory.integers(infos.counts), memory.integers(infos.offsets)]
  const lookups = memory.integers(infos.lookups)
  const norms = Float64Array.from({ length: infos.dOut.shape[0]! }, (_, b) =>
    bagNorm(combiner, weights, offsets[b]!, offsets[b + 1]!),
  )
  for (let u = 0; u < U; u++) {
    const to = u * D
    for (let d = 0; d < D; d++) values[to + d] = 0
    for (let k = starts[u]!; k < starts[u + 1]!; k++) {
      const b = bags[k]!
      const weight = norms[b]! * weights[lookups[k]!]!
      for (let d = 0; d < D; d++) values[to + d]! += weight * dOut[b * D + d]!
    }
    if (maxNorm !== 0) throughClipping(values, to, table, rows[u]! * D, D, maxNorm)
    const shrink = l2 * counts[u]!
    if (shrink !== 0) for (let d = 0; d < D; d++) values[to + d]! += shrink * table[rows[u]! * D + d]!
  }
  return output
}

/** The gradient of a clipped row, at `to`, becomes that of the row itself, at `from` in the table: it keeps nothing along the row. */
function throughClipping(
  values: Float32Array,
  to: number,
  table: Float32Array,
  from: number,
  dim: number,
  maxNorm: number,
): void {
  let squares = 0
  let along = 0
  for (let d = 0; d < dim; d++) {
    squares += table[from + d]! * table[from + d]!
    along += table[from + d]! * values[to + d]!
  }
  const length = Math.sqrt(squares)
  if (length <= maxNorm) return
  for (let d = 0; d < dim; d++)
    values[to + d] = (maxNorm / length) * (values[to + d]! - (table[from + d]! * along) / squares)
}

export function registerWeightedEmbeddingBagGrad(): void {
  registerArrayKernel('WeightedEmbeddingBagGrad', arrayKernel)
  registerWebgpuKernel('WeightedEmbeddingBagGrad', (inputs, attrs, backend) => {
    const { dOut, table, rows, starts, bags, lookups, counts, offsets, weights } = inputs as Inputs
    const { touched, combiner, l2, maxNorm } = attrs as Attrs
    const dim = table.shape[1]!
    if (touched === 0) return backend.makeTensorInfo([0, dim], 'float32', new Float32Array(0))
    const bagCount = dOut.shape[0]!
    const norms = runToNew(backend, [bagCount], {
      name: 'bagNorms',
      code: normsCode,
      threads: bagCount,
      buffers: { offsets, weights },
      integers: { combiner: combinerCodes[combiner] },
    })
    const shared = { threads: touched * dim }
    const dClipped = runToNew(backend, [touched, dim], {
      ...shared,
      name: 'weightedEmbeddingBagGrad',
      code,
      buffers: { dOut, weights, norms, starts, bags, lookups },
      integers: { dim },
    })
    backend.disposeData(norms.dataId)
    if (maxNorm === 0 && l2 === 0) return dClipped
    const dTable = runToNew(backend, [touched, dim], {
      ...shared,
      name: 'clippedGradient',
      code: clippedCode,
      buffers: { dClipped, table, rows, counts },
      integers: { dim, clips: maxNorm === 0 ? 0 : 1 },
      floats: { maxNorm, l2 },
    })
    backend.disposeData(dClipped.dataId)
    return dTable
  })
}
