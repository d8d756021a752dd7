import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { decayRows } from './decayRows'
import { moveRows } from './momentumRows'
import code from './rmspropRows.wgsl?raw'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** TensorFlow 1's defaults; Keras has the same decay. */
export const RMSPROP = { decay: 0.9, momentum: 0 } as const

/**
 * TensorFlow 1's RMSProp on the touched rows, in place, with ε inside the root: rms = 0.9 · rms + 0.1 · g²,
 * momentum = 0 · momentum + learningRate · g / √(rms + ε), table −= momentum. TensorFlow starts `rms` at 1, with an ε of 1e-10.
 * Rows that are not touched keep all three, as in TensorFlow.
 */
export function rmspropRows(
  table: Tensor2D,
  rms: Tensor2D,
  momentum: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  const inputs = { table, rms, momentum, rows, gradient: values }
  engine().runKernel('RmspropRows', inputs, { touched, learningRate, epsilon })
}

type Inputs = Record<'table' | 'rms' | 'momentum' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number; epsilon: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate, epsilon } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const [table, rms] = [memory.floats(infos.table), memory.floats(infos.rms)]
  const momentum = memory.floats(infos.momentum)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  const { decay, momentum: kept } = RMSPROP
  for (let u = 0; u < U; u++) {
    for (let d = 0; d < D; d++) {
      const g = gradient[u * D + d]!
      const at = rows[u]! * D + d
      rms[at] = decay * rms[at]! + (1 - decay) * g * g
      momentum[at] = kept * momentum[at]! + (learningRate * g) / Math.sqrt(rms[at]! + epsilon)
      table[at]! -= momentum[at]!
    }
  }
  return []
}

export function registerRmspropRows(): void {
  registerArrayKernel('RmspropRows', arrayKernel)
  registerWebgpuKernel('RmspropRows', (inputs, attrs, backend) => {
    const { table, rms, momentum, rows, gradient } = inputs as Inputs
    const { touched, learningRate, epsilon } = attrs as Attrs
    const dim = table.shape[1]!
    const { decay, momentum: kept } = RMSPROP
    const meanSquares = { decay, share: 1 - decay, power: 2 } as const
    runInPlace(backend, rms, decayRows({ rows, gradient }, touched, dim, meanSquares))
    runInPlace(backend, momentum, {
      name: 'rmspropRows',
      code,
      threads: touched * dim,
      buffers: { rms, rows, gradient },
      integers: { dim },
      floats: { learningRate, decay: kept, epsilon },
    })
    runInPlace(backend, table, moveRows(momentum, rows, touched, dim, 1))
    return []
  })
}
