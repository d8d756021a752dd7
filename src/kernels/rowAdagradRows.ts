import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import accumulateCode from './rowAdagradAccumulate.wgsl?raw'
import code from './rowAdagradRows.wgsl?raw'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * Adagrad with one accumulator a row, on the touched rows, in place: accumulator += mean of g² over the row,
 * table −= learningRate · g / √accumulator. `accumulator` [V, 1] must start above 0. The state is 1 / dimension of Adagrad's;
 * it is how PyTorch's fbgemm (row-wise Adagrad) and LIBMF train large tables.
 */
export function rowAdagradRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
): void {
  engine().runKernel('RowAdagradRows', { table, accumulator, rows, gradient: values }, { touched, learningRate })
}

type Inputs = Record<'table' | 'accumulator' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const table = memory.floats(infos.table)
  const accumulator = memory.floats(infos.accumulator)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  for (let u = 0; u < U; u++) {
    const row = rows[u]!
    let squares = 0
    for (let d = 0; d < D; d++) squares += gradient[u * D + d]! * gradient[u * D + d]!
    accumulator[row]! += squares / D
    const rate = learningRate / Math.sqrt(accumulator[row]!)
    for (let d = 0; d < D; d++) table[row * D + d]! -= rate * gradient[u * D + d]!
  }
  return []
}

export function registerRowAdagradRows(): void {
  registerArrayKernel('RowAdagradRows', arrayKernel)
  registerWebgpuKernel('RowAdagradRows', (inputs, attrs, backend) => {
    const { table, accumulator, rows, gradient } = inputs as Inputs
    const { touched, learningRate } = attrs as Attrs
    const dim = table.shape[1]!
    runInPlace(backend, accumulator, {
      name: 'rowAdagradAccumulate',
      code: accumulateCode,
      threads: touched,
      buffers: { rows, gradient },
      integers: { dim },
    })
    runInPlace(backend, table, {
      name: 'rowAdagradRows',
      code,
      threads: touched * dim,
      buffers: { accumulator, rows, gradient },
      integers: { dim },
      floats: { learningRate },
    })
    return []
  })
}
