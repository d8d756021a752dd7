import { engine, type Tensor1D, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import code from './sgdRows.wgsl?raw'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** Gradient of a table in the rows touched: values [U, D] of the first U of `rows`, which are distinct. */
export interface IndexedSlices {
  touched: number
  rows: Tensor1D
  values: Tensor2D
}

/** Gradient descent on the touched rows, in place: every tensor that shares the table's data changes with it. */
export function sgdRows(table: Tensor2D, { touched, rows, values }: IndexedSlices, learningRate: number): void {
  engine().runKernel('SgdRows', { table, rows, gradient: values }, { touched, learningRate })
}

type Inputs = Record<'table' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const table = memory.floats(infos.table)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  for (let u = 0; u < U; u++) {
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) table[to + d]! -= learningRate * gradient[u * D + d]!
  }
  return []
}

export function registerSgdRows(): void {
  registerArrayKernel('SgdRows', arrayKernel)
  registerWebgpuKernel('SgdRows', (inputs, attrs, backend) => {
    const { table, rows, gradient } = inputs as Inputs
    const { touched, learningRate } = attrs as Attrs
    const dim = table.shape[1]!
    runInPlace(backend, table, {
      name: 'sgdRows',
      code,
      threads: touched * dim,
      buffers: { rows, gradient },
      integers: { dim },
      floats: { learningRate },
    })
    return []
  })
}
