import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { scaledStep } from './adagradRows'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { decayRows } from './decayRows'
import { RMSPROP } from './rmspropRows'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * Keras's RMSprop on the touched rows, in place: velocity = 0.9 · velocity + 0.1 · g², table −= learningRate · g / √(velocity + epsilon). Keras
 * starts `velocity` at 0, with an epsilon of 1e-7, and has no momentum unless asked; in its rows without a gradient the velocity decays too, so it is given all rows.
 */
export function velocityRows(
  table: Tensor2D,
  velocity: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  const inputs = { table, velocity, rows, gradient: values }
  engine().runKernel('VelocityRows', inputs, { touched, learningRate, epsilon })
}

type Inputs = Record<'table' | 'velocity' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number; epsilon: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate, epsilon } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const [table, velocity] = [memory.floats(infos.table), memory.floats(infos.velocity)]
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  const { decay } = RMSPROP
  for (let u = 0; u < U; u++) {
    for (let d = 0; d < D; d++) {
      const g = gradient[u * D + d]!
      const at = rows[u]! * D + d
      velocity[at] = decay * velocity[at]! + (1 - decay) * g * g
      table[at]! -= (learningRate * g) / Math.sqrt(velocity[at]! + epsilon)
    }
  }
  return []
}

export function registerVelocityRows(): void {
  registerArrayKernel('VelocityRows', arrayKernel)
  registerWebgpuKernel('VelocityRows', (inputs, attrs, backend) => {
    const { table, velocity, rows, gradient } = inputs as Inputs
    const { touched, learningRate, epsilon } = attrs as Attrs
    const dim = table.shape[1]!
    const meanSquares = { decay: RMSPROP.decay, share: 1 - RMSPROP.decay, power: 2 } as const
    runInPlace(backend, velocity, decayRows({ rows, gradient }, touched, dim, meanSquares))
    const buffers = { accumulator: velocity, rows, gradient }
    runInPlace(backend, table, scaledStep(buffers, touched, dim, learningRate, epsilon))
    return []
  })
}
