import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { decayRows } from './decayRows'
import code from './momentumRows.wgsl?raw'
import type { IndexedSlices } from './sgdRows'
import { type Dispatch, registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** Share of the last step that goes on, as in TensorFlow's examples; neither TensorFlow 1 nor Keras has it for a default. */
export const MOMENTUM = 0.9

/**
 * Momentum on the touched rows, in place: momentum = 0.9 · momentum + share · g, table −= rate · momentum. TensorFlow 1 has a share of 1 and
 * the learning rate for `rate`; Keras, whose momentum is the step itself, −learning rate and −1. Rows that are not touched keep their momentum
 * and do not move by it, as in TensorFlow 1; Keras moves them, so it is given all rows.
 */
export function momentumRows(
  table: Tensor2D,
  momentum: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  rate: number,
  share: number,
): void {
  engine().runKernel('MomentumRows', { table, momentum, rows, gradient: values }, { touched, rate, share })
}

type Inputs = Record<'table' | 'momentum' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; rate: number; share: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, rate, share } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const table = memory.floats(infos.table)
  const momentum = memory.floats(infos.momentum)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  for (let u = 0; u < U; u++) {
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) {
      momentum[to + d] = MOMENTUM * momentum[to + d]! + share * gradient[u * D + d]!
      table[to + d]! -= rate * momentum[to + d]!
    }
  }
  return []
}

/** The dispatch that moves the touched rows of a table by a slot, times a rate. */
export function moveRows(
  momentum: TensorInfo,
  rows: TensorInfo,
  touched: number,
  dim: number,
  learningRate: number,
): Dispatch {
  return {
    name: 'momentumRows',
    code,
    threads: touched * dim,
    buffers: { momentum, rows },
    integers: { dim },
    floats: { learningRate },
  }
}

export function registerMomentumRows(): void {
  registerArrayKernel('MomentumRows', arrayKernel)
  registerWebgpuKernel('MomentumRows', (inputs, attrs, backend) => {
    const { table, momentum, rows, gradient } = inputs as Inputs
    const { touched, rate, share } = attrs as Attrs
    const dim = table.shape[1]!
    const decay = { decay: MOMENTUM, share, power: 1 } as const
    runInPlace(backend, momentum, decayRows({ rows, gradient }, touched, dim, decay))
    runInPlace(backend, table, moveRows(momentum, rows, touched, dim, rate))
    return []
  })
}
