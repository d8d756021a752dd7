import type { TensorInfo } from '@tensorflow/tfjs-core'
import code from './decayRows.wgsl?raw'
import type { Each } from './defineRowUpdate'
import type { Dispatch } from './webgpuProgram'

/** Of one slot: slot = decay · slot + share · g^power. */
export interface Decay {
  decay: number
  share: number
  power: 1 | 2
}

/** The dispatch for the slots of several optimizers; its target is the slot. Not a kernel of its own. */
export function decayRows(
  { rows, gradient }: { rows: TensorInfo; gradient: TensorInfo },
  { threads, integers }: Each,
  { decay, share, power }: Decay,
): Dispatch {
  return {
    name: 'decayRows',
    code,
    threads,
    buffers: { rows, gradient },
    integers: { ...integers, power },
    floats: { decay, share },
  }
}
