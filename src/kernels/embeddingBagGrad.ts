import { engine, type Tensor1D, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { type Combiner, combinerCodes, combinerWeight } from './combiner'
import code from './embeddingBagGrad.wgsl?raw'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'

/** A `RowIndex` as tensors on the backend in use. */
export interface RowIndexTensors {
  touched: number
  rows: Tensor1D
  starts: Tensor1D
  bags: Tensor1D
  counts: Tensor1D
}

/**
 * Gradient of `embeddingBag` as TensorFlow's IndexedSlices with the duplicates summed: values [U, D] of the touched rows
 * `index.rows`. Never a gradient of the whole table. `l2` · row is added for every lookup of the row.
 */
export function embeddingBagGrad(
  dOut: Tensor2D,
  table: Tensor2D,
  index: RowIndexTensors,
  offsets: Tensor1D,
  combiner: Combiner,
  l2: number,
): Tensor2D {
  const { touched, rows, starts, bags, counts } = index
  return engine().runKernel(
    'EmbeddingBagGrad',
    { dOut, table, rows, starts, bags, counts, offsets },
    { touched, combiner, l2 },
  )
}

type Inputs = Record<'dOut' | 'table' | 'rows' | 'starts' | 'bags' | 'counts' | 'offsets', TensorInfo>
type Attrs = { touched: number; combiner: Combiner; l2: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, combiner, l2 } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const output = memory.output([U, D])
  const values = memory.floats(output)
  const dOut = memory.floats(infos.dOut)
  const table = memory.floats(infos.table)
  const [rows, starts, bags] = [memory.integers(infos.rows), memory.integers(infos.starts), memory.integers(infos.bags)]
  const [counts, offsets] = [memory.integers(infos.counts), memory.integers(infos.offsets)]
  for (let u = 0; u < U; u++) {
    const to = u * D
    for (let d = 0; d < D; d++) values[to + d] = 0
    for (let k = starts[u]!; k < starts[u + 1]!; k++) {
      const b = bags[k]!
      const weight = combinerWeight(combiner, offsets[b + 1]! - offsets[b]!)
      const from = b * D
      for (let d = 0; d < D; d++) values[to + d]! += weight * dOut[from + d]!
    }
    if (l2 === 0) continue
    const shrink = l2 * counts[u]!
    const from = rows[u]! * D
    for (let d = 0; d < D; d++) values[to + d]! += shrink * table[from + d]!
  }
  return output
}

export function registerEmbeddingBagGrad(): void {
  registerArrayKernel('EmbeddingBagGrad', arrayKernel)
  registerWebgpuKernel('EmbeddingBagGrad', (inputs, attrs, backend) => {
    const { dOut, table, rows, starts, bags, counts, offsets } = inputs as Inputs
    const { touched, combiner, l2 } = attrs as Attrs
    const dim = table.shape[1]!
    if (touched === 0) return backend.makeTensorInfo([0, dim], 'float32', new Float32Array(0))
    return runToNew(backend, [touched, dim], {
      name: 'embeddingBagGrad',
      code,
      threads: touched * dim,
      buffers: { dOut, table, rows, starts, bags, counts, offsets },
      integers: { dim, combiner: combinerCodes[combiner] },
      floats: { l2 },
    })
  })
}
