import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import accumulateCode from './adagradAccumulate.wgsl?raw'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import linearCode from './ftrlLinear.wgsl?raw'
import code from './ftrlRows.wgsl?raw'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * FTRL-Proximal (McMahan et al. 2013) on the touched rows, in place, with TensorFlow 1's defaults: learning rate power −½, no l1
 * and l2. n = accumulator + g², linear += g − (√n − √accumulator) / learningRate · table, accumulator = n,
 * table = −linear · learningRate / √n. The accumulator must start above 0 (TensorFlow: 0.1), `linear` at 0: the first step of a
 * row forgets most of its initial weights.
 */
export function ftrlRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  linear: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
): void {
  engine().runKernel('FtrlRows', { table, accumulator, linear, rows, gradient: values }, { touched, learningRate })
}

type Inputs = Record<'table' | 'accumulator' | 'linear' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const table = memory.floats(infos.table)
  const accumulator = memory.floats(infos.accumulator)
  const linear = memory.floats(infos.linear)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  for (let u = 0; u < U; u++) {
    for (let d = 0; d < D; d++) {
      const g = gradient[u * D + d]!
      const at = rows[u]! * D + d
      const n = accumulator[at]! + g * g
      const root = Math.sqrt(n)
      linear[at]! += g - ((root - Math.sqrt(accumulator[at]!)) / learningRate) * table[at]!
      accumulator[at] = n
      table[at] = (-linear[at]! * learningRate) / root
    }
  }
  return []
}

export function registerFtrlRows(): void {
  registerArrayKernel('FtrlRows', arrayKernel)
  registerWebgpuKernel('FtrlRows', (inputs, attrs, backend) => {
    const { table, accumulator, linear, rows, gradient } = inputs as Inputs
    const { touched, learningRate } = attrs as Attrs
    const dim = table.shape[1]!
    const shared = { threads: touched * dim, integers: { dim } }
    const floats = { learningRate }
    const linearBuffers = { table, accumulator, rows, gradient }
    runInPlace(backend, linear, { ...shared, name: 'ftrlLinear', code: linearCode, buffers: linearBuffers, floats })
    runInPlace(backend, accumulator, {
      ...shared,
      name: 'adagradAccumulate',
      code: accumulateCode,
      buffers: { rows, gradient },
    })
    runInPlace(backend, table, { ...shared, name: 'ftrlRows', code, buffers: { accumulator, linear, rows }, floats })
    return []
  })
}
