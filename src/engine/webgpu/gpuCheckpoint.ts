import type { OptimizerSlot } from '../../experiment/optimizerRules'
import type { Checkpoint } from '../../model/trainable'
import { type Part, parametersOf, prepareRestore, readVariables, type Variable } from '../../model/variable'
import { bufferOf, type GpuParameter, type GpuSlot, readRows, resetSlots, writeRows } from './gpuParameter'
import type { PendingRead, StagingReads } from './stagingReads'

/** Records copies of all variables and of their slots; the function returned waits for them, after the submit. */
export function recordVariables(
  encoder: GPUCommandEncoder,
  reads: StagingReads,
  variables: readonly Variable<GpuParameter>[],
  slots: readonly OptimizerSlot[],
): () => Promise<Pick<Checkpoint, 'weights' | 'optimizer'>> {
  const pending = new Map<GPUBuffer, PendingRead>()
  for (const parameter of parametersOf(variables)) {
    for (const slot of [null, ...parameter.slots.values()]) {
      const buffer = bufferOf(parameter, slot)
      pending.set(buffer, reads.record(encoder, buffer, buffer.size / 4))
    }
  }
  return () =>
    readVariables(variables, slots, async (parameter, part) => {
      const slot = slotOf(parameter, part)
      const buffer = bufferOf(parameter, slot)
      const padded = new Float32Array(buffer.size / 4)
      await pending.get(buffer)!.into(padded)
      return readRows(parameter, slot, padded)
    })
}

/** `prepareRestore` on the device. */
export function prepareGpuRestore(
  device: GPUDevice,
  variables: readonly Variable<GpuParameter>[],
  slots: readonly OptimizerSlot[],
  checkpoint: Checkpoint,
): () => number {
  return prepareRestore(variables, slots, checkpoint, {
    write: (parameter, part, rows) => writeRows(device, parameter, slotOf(parameter, part), rows),
    resetSlots: (parameter) => resetSlots(device, parameter),
  })
}

function slotOf({ slots }: GpuParameter, part: Part): GpuSlot | null {
  return part && slots.get(part.name)!
}
