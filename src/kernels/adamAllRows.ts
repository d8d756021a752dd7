import { engine, type Tensor2D, type TensorInfo, util } from '@tensorflow/tfjs-core'
import code from './adamAllRows.wgsl?raw'
import { ADAM, adamRate } from './adamRows'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import decayCode from './decayAll.wgsl?raw'
import { decayRows } from './decayRows'
import type { IndexedSlices } from './sgdRows'
import { registerWebgpuKernel, runInPlace } from './webgpuProgram'

/**
 * Adam of TensorFlow 1 and of Keras, in place: as `adamRows`, but rows that are not touched have a gradient of 0. Their moments decay, and
 * they move by what is left of them. The cost of a step grows with the table.
 */
export function adamAllRows(
  table: Tensor2D,
  m: Tensor2D,
  v: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
  step: number,
  epsilon: number,
): void {
  const rate = adamRate(learningRate, step)
  engine().runKernel('AdamAllRows', { table, m, v, rows, gradient: values }, { touched, rate, epsilon })
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
  for (let i = 0; i < m.length; i++) {
    m[i]! *= beta1
    v[i]! *= beta2
  }
  for (let u = 0; u < U; u++) {
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) {
      const g = gradient[u * D + d]!
      m[to + d]! += (1 - beta1) * g
      v[to + d]! += (1 - beta2) * g * g
    }
  }
  for (let i = 0; i < table.length; i++) table[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon)
  return []
}

export function registerAdamAllRows(): void {
  registerArrayKernel('AdamAllRows', arrayKernel)
  registerWebgpuKernel('AdamAllRows', (inputs, attrs, backend) => {
    const { table, m, v, rows, gradient } = inputs as Inputs
    const { touched, rate, epsilon } = attrs as Attrs
    const dim = table.shape[1]!
    const threads = util.sizeFromShape(table.shape)
    const moments = [
      { target: m, power: 1, beta: ADAM.beta1 },
      { target: v, power: 2, beta: ADAM.beta2 },
    ] as const
    for (const { target, power, beta } of moments) {
      runInPlace(backend, target, {
        name: 'decayAll',
        code: decayCode,
        threads,
        buffers: {},
        floats: { decay: beta },
      })
      const share = { decay: 1, share: 1 - beta, power }
      runInPlace(backend, target, decayRows({ rows, gradient }, touched, dim, share))
    }
    runInPlace(backend, table, {
      name: 'adamAllRows',
      code,
      threads,
      buffers: { m, v },
      floats: { rate, epsilon },
    })
    return []
  })
}
