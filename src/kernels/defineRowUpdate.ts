import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { registerArrayKernel } from './arrayMemory'
import type { IndexedSlices } from './indexedSlices'
import { type Dispatch, registerWebgpuKernel, runInPlace } from './webgpuProgram'

/** A thread for each number of the rows touched. */
export type Each = Pick<Dispatch, 'threads'> & { integers: { dim: number } }

/** An optimizer's step in place on the rows touched: every tensor that shares the data of the table or of a slot changes with it. */
export interface RowUpdate<Slot extends string, Numbers extends Record<string, number>> {
  kernelName: string
  slots: readonly Slot[]
  /** On the arrays of the table and of the slots [V × D] (or [V]), with the gradient [U × D]. */
  onArrays(
    arrays: Record<'table' | 'gradient' | Slot, Float32Array> & { rows: Int32Array },
    numbers: Numbers,
    U: number,
    D: number,
  ): void
  /** Dispatches that write into their target; each sees what those before it wrote. */
  onDevice(
    buffers: Record<'table' | 'rows' | 'gradient' | Slot, TensorInfo>,
    numbers: Numbers,
    each: Each,
  ): (Dispatch & { target: TensorInfo })[]
}

/** What an update is called with, and what registers it for `cpu`, `wasm` and `webgpu`. */
export function defineRowUpdate<Slot extends string, Numbers extends Record<string, number>>({
  kernelName,
  slots,
  onArrays,
  onDevice,
}: RowUpdate<Slot, Numbers>) {
  type Inputs = Record<'table' | 'rows' | 'gradient' | Slot, TensorInfo>
  type Attrs = Numbers & { touched: number }
  return {
    run(table: Tensor2D, state: Record<Slot, Tensor2D>, { touched, rows, values }: IndexedSlices, numbers: Numbers) {
      engine().runKernel(kernelName, { table, ...state, rows, gradient: values }, { touched, ...numbers })
    },
    register(): void {
      registerArrayKernel(kernelName, (inputs, attrs, memory) => {
        const infos = inputs as Inputs
        const numbers = attrs as Attrs
        const floats = (['table', 'gradient', ...slots] as const).map((name) => [name, memory.floats(infos[name])])
        const arrays = { ...Object.fromEntries(floats), rows: memory.integers(infos.rows) }
        onArrays(arrays, numbers, numbers.touched, infos.table.shape[1]!)
        return []
      })
      registerWebgpuKernel(kernelName, (inputs, attrs, backend) => {
        const infos = inputs as Inputs
        const numbers = attrs as Attrs
        const dim = infos.table.shape[1]!
        for (const { target, ...dispatch } of onDevice(infos, numbers, {
          threads: numbers.touched * dim,
          integers: { dim },
        }))
          runInPlace(backend, target, dispatch)
        return []
      })
    },
  }
}
