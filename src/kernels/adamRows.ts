import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import code from './adamRows.wgsl?raw'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { decayRows } from './decayRows'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** Defaults of TensorFlow 1 and of Keras. */
export const ADAM = { beta1: 0.9, beta2: 0.999 } as const

/**
 * Adam on the touched rows, in place, with `epsilon` outside the bias correction, where TensorFlow 1 (1e-8) and Keras (1e-7) have it:
 * table −= learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), t = `step`, counted from 1.
 *
 * Lazy: m and v of untouched rows stay as they are (TensorFlow's LazyAdam). TensorFlow 1's own Adam (`adamAllRows`) decays them,
 * and moves every row that was ever touched, in every step. With all rows touched the two are one.
 */
export function adamRows(
  table: Tensor2D,
  m: Tensor2D,
  v: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
  step: number,
  epsilon: number,
): void {
  const rate = adamRate(learningRate, step)
  engine().runKernel('AdamRows', { table, m, v, rows, gradient: values }, { touched, rate, epsilon })
}

/** Learning rate with the bias of both moments after `step` steps corrected. */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step)
}

type Inputs = Record<'table' | 'm' | 'v' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; rate: number; epsilon: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, rate, epsilon } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const [table, m, v] = [memory.floats(infos.table), memory.floats(infos.m), memory.floats(infos.v)]
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  const { beta1, beta2 } = ADAM
  for (let u = 0; u < U; u++) {
    const from = u * D
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) {
      const g = gradient[from + d]!
      const at = to + d
      m[at] = beta1 * m[at]! + (1 - beta1) * g
      v[at] = beta2 * v[at]! + (1 - beta2) * g * g
      table[at]! -= (rate * m[at]!) / (Math.sqrt(v[at]!) + epsilon)
    }
  }
  return []
}

export function registerAdamRows(): void {
  registerArrayKernel('AdamRows', arrayKernel)
  registerWebgpuKernel('AdamRows', (inputs, attrs, backend) => {
    const { table, m, v, rows, gradient } = inputs as Inputs
    const { touched, rate, epsilon } = attrs as Attrs
    const dim = table.shape[1]!
    const moments = [
      { target: m, power: 1, decay: ADAM.beta1 },
      { target: v, power: 2, decay: ADAM.beta2 },
    ] as const
    for (const { target, power, decay } of moments) {
      const share = { decay, share: 1 - decay, power }
      runInPlace(backend, target, decayRows({ rows, gradient }, touched, dim, share))
    }
    runInPlace(backend, table, {
      name: 'adamRows',
      code,
      threads: touched * dim,
      buffers: { m, v, rows },
      integers: { dim },
      floats: { rate, epsilon },
    })
    return []
  })
}
