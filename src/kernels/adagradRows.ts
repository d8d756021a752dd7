import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import accumulateCode from './adagradAccumulate.wgsl?raw'
import code from './adagradRows.wgsl?raw'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * TensorFlow 1's Adagrad on the touched rows, in place: accumulator += g², table −= learningRate · g / √accumulator.
 * No epsilon, so the accumulator must start above 0 (TensorFlow: 0.1).
 */
export function adagradRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
): void {
  engine().runKernel('AdagradRows', { table, accumulator, rows, gradient: values }, { touched, learningRate })
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
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) {
      const g = gradient[u * D + d]!
      accumulator[to + d]! += g * g
      table[to + d]! -= (learningRate * g) / Math.sqrt(accumulator[to + d]!)
    }
  }
  return []
}

export function registerAdagradRows(): void {
  registerArrayKernel('AdagradRows', arrayKernel)
  registerWebgpuKernel('AdagradRows', (inputs, attrs, backend) => {
    const { table, accumulator, rows, gradient } = inputs as Inputs
    const { touched, learningRate } = attrs as Attrs
    const dim = table.shape[1]!
    const shared = { threads: touched * dim, integers: { dim } }
    runInPlace(backend, accumulator, {
      ...shared,
      name: 'adagradAccumulate',
      code: accumulateCode,
      buffers: { rows, gradient },
    })
    runInPlace(backend, table, {
      ...shared,
      name: 'adagradRows',
      code,
      buffers: { accumulator, rows, gradient },
      floats: { learningRate },
    })
    return []
  })
}
