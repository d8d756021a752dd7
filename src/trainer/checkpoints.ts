import type { BatchCounter } from '../columns/batches'
import type { BatchPlace } from '../columns/rowOrder'
import type { Checkpoint, Trainable } from '../model/trainable'

/** A place in a run to go back to: everything that training goes on from. */
export interface Moment {
  step: number
  checkpoint: Checkpoint
  batches: BatchPlace
}

/** The epoch with the lowest validation loss so far. */
export interface BestMoment extends Moment {
  epoch: number
  loss: number
}

/** Copies the whole state of training to the CPU. */
export async function takeMoment(step: number, model: Trainable, counter: BatchCounter): Promise<Moment> {
  const batches = counter.save()
  return { step, batches, checkpoint: await model.save() }
}

export function isFiniteMoment({ checkpoint }: Moment): boolean {
  return Object.values(checkpoint.weights).every(({ values }) => isFiniteArray(values))
}

function isFiniteArray(values: Float32Array): boolean {
  // 0 · x is 0 for a finite x and NaN otherwise.
  let check = 0
  for (let i = 0; i < values.length; i++) check += values[i]! * 0
  return check === 0
}

/** Bytes of several moments, what they share counted once. */
export function bytesOfMoments(moments: (Moment | null)[]): number {
  const buffers = new Set<ArrayBufferLike>()
  for (const moment of moments) {
    if (!moment) continue
    const { weights, optimizer } = moment.checkpoint
    for (const { values } of [...Object.values(weights), ...Object.values(optimizer)]) buffers.add(values.buffer)
  }
  let bytes = 0
  for (const buffer of buffers) bytes += buffer.byteLength
  return bytes
}
