import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import { decayRows } from './decayRows'
import code from './momentumRows.wgsl?raw'
import type { IndexedSlices } from './sgdRows'
import { type Dispatch, registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** Share of the last step that goes on, as in TensorFlow's examples; TensorFlow 1 itself has no default. */
export const MOMENTUM = 0.9

/**
 * TensorFlow 1's Momentum on the touched rows, in place: momentum = 0.9 · momentum + g, table −= learningRate · momentum.
 * Rows that are not touched keep their momentum and do not move by it, as in TensorFlow.
 */
export function momentumRows(
  table: Tensor2D,
  momentum: Tensor2D,
  { touched, rows, values }: IndexedSlices,
  learningRate: number,
): void {
  engine().runKernel('MomentumRows', { table, momentum, rows, gradient: values }, { touched, learningRate })
}

type Inputs = Record<'table' | 'momentum' | 'rows' | 'gradient', TensorInfo>
type Attrs = { touched: number; learningRate: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { touched: U, learningRate } = attrs as Attrs
  const infos = inputs as Inputs
  const D = infos.table.shape[1]!
  const table = memory.floats(infos.table)
  const momentum = memory.floats(infos.momentum)
  const rows = memory.integers(infos.rows)
  const gradient = memory.floats(infos.gradient)
  for (let u = 0; u < U; u++) {
    const to = rows[u]! * D
    for (let d = 0; d < D; d++) {
      momentum[to + d] = MOMENTUM * momentum[to + d]! + gradient[u * D + d]!
      table[to + d]! -= learningRate * momentum[to + d]!
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
    const { touched, learningRate } = attrs as Attrs
    const dim = table.shape[1]!
    const decay = { decay: MOMENTUM, share: 1, power: 1 } as const
    runInPlace(backend, momentum, decayRows({ rows, gradient }, touched, dim, decay))
    runInPlace(backend, table, moveRows(momentum, rows, touched, dim, learningRate))
    return []
  })
}
