import { engine, type Tensor1D, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { type Combiner, combinerCodes, combinerWeight } from './combiner'
import code from './embeddingBag.wgsl?raw'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'

/**
 * TensorFlow's `embedding_lookup_sparse`: B bags of ids → [B, D]. `offsets` holds at least B + 1 numbers; bag b looks up
 * ids[offsets[b]] … ids[offsets[b + 1] − 1]; an empty bag gives zeros. The ids are trusted to be rows of the table.
 * Not on the gradient tape: see `embeddingBagGrad`, and `embeddingLookup` for one that is. With weights or a largest norm: `weightedEmbeddingBag`.
 */
export function embeddingBag(
  table: Tensor2D,
  ids: Tensor1D,
  offsets: Tensor1D,
  bags: number,
  combiner: Combiner,
): Tensor2D {
  return engine().runKernel('EmbeddingBag', { table, ids, offsets }, { bags, combiner })
}

type Inputs = Record<'table' | 'ids' | 'offsets', TensorInfo>
type Attrs = { bags: number; combiner: Combiner }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { bags: B, combiner } = attrs as Attrs
  const D = dimension(inputs as Inputs)
  const output = memory.output([B, D])
  const out = memory.floats(output)
  const table = memory.floats((inputs as Inputs).table)
  const ids = memory.integers((inputs as Inputs).ids)
  const offsets = memory.integers((inputs as Inputs).offsets)
  for (let b = 0; b < B; b++) {
    const first = offsets[b]!
    const end = offsets[b + 1]!
    const to = b * D
    if (end - first === 1) {
      const from = ids[first]! * D
      for (let d = 0; d < D; d++) out[to + d] = table[from + d]!
      continue
    }
    for (let d = 0; d < D; d++) out[to + d] = 0
    for (let i = first; i < end; i++) {
      const from = ids[i]! * D
      for (let d = 0; d < D; d++) out[to + d]! += table[from + d]!
    }
    const weight = combinerWeight(combiner, end - first)
    if (weight !== 1) for (let d = 0; d < D; d++) out[to + d]! *= weight
  }
  return output
}

function dimension({ table }: { table: TensorInfo }): number {
  return table.shape[1]!
}

export function registerEmbeddingBag(): void {
  registerArrayKernel('EmbeddingBag', arrayKernel)
  registerWebgpuKernel('EmbeddingBag', (inputs, attrs, backend) => {
    const { table, ids, offsets } = inputs as Inputs
    const { bags, combiner } = attrs as Attrs
    const dim = dimension({ table })
    // Every bag is empty: WebGPU has no empty buffers to bind.
    if (ids.shape[0] === 0) return backend.makeTensorInfo([bags, dim], 'float32', new Float32Array(bags * dim))
    return runToNew(backend, [bags, dim], {
      name: 'embeddingBag',
      code,
      threads: bags * dim,
      buffers: { table, ids, offsets },
      integers: { dim, combiner: combinerCodes[combiner] },
    })
  })
}
