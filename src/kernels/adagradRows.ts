import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import accumulateCode from './adagradAccumulate.wgsl?raw'
import code from './adagradRows.wgsl?raw'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import type { IndexedSlices } from './sgdRows'
import { type Dispatch, registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * Adagrad on the touched rows, in place: accumulator += g², table −= learningRate · g / √(accumulator + epsilon).
 * TensorFlow 1 has no epsilon (0), Keras 1e-7; the accumulator of both starts at 0.1.
 */
export function adagradRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  const inputs = { table, accumulator, rows, gradient: values }
  engine().runKernel('AdagradRows', inputs, { touched, learningRate, epsilon })
}

type Inputs = Record<'table' | 'accumulator' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number; epsilon: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate, epsilon } = attrs as Attrs
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
      table[to + d]! -= (learningRate * g) / Math.sqrt(accumulator[to + d]! + epsilon)
    }
  }
  return []
}

/** The dispatch that moves the touched rows of a table by the gradient over the root of a slot: also of `velocityRows`. */
export function scaledStep(
  buffers: { accumulator: TensorInfo; rows: TensorInfo; gradient: TensorInfo },
  touched: number,
  dim: number,
  learningRate: number,
  epsilon: number,
): Dispatch {
  return {
    name: 'adagradRows',
    code,
    threads: touched * dim,
    buffers,
    integers: { dim },
    floats: { learningRate, epsilon },
  }
}

export function registerAdagradRows(): void {
  registerArrayKernel('AdagradRows', arrayKernel)
  registerWebgpuKernel('AdagradRows', (inputs, attrs, backend) => {
    const { table, accumulator, rows, gradient } = inputs as Inputs
    const { touched, learningRate, epsilon } = attrs as Attrs
    const dim = table.shape[1]!
    runInPlace(backend, accumulator, {
      threads: touched * dim,
      integers: { dim },
      name: 'adagradAccumulate',
      code: accumulateCode,
      buffers: { rows, gradient },
    })
    runInPlace(backend, table, scaledStep({ accumulator, rows, gradient }, touched, dim, learningRate, epsilon))
    return []
  })
}
