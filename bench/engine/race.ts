import { gatherRows } from '../../src/columns/batches'
import { fillRows, orderKeys } from '../../src/columns/rowOrder'
import type { EncodedData } from '../../src/columns/sparseBatch'
import type { ResidentTrainable, Trainable } from '../../src/model/trainable'

/** One side of a comparison. */
export interface Contestant {
  /** Milliseconds a step, over `steps` steps that follow those of the last call. */
  run(steps: number): Promise<number>
}

/** How long a side runs in a round, at least. */
const ROUND_MS = 150
const ROUNDS = 5

/**
 * Milliseconds a step of each side in each round. The sides take turns, each in the order of its round or the reverse, so that what the machine does
 * meanwhile befalls all of them. Each warms up first and is given the steps that fill a round, or `maxSteps`.
 */
export async function race(
  sides: readonly Contestant[],
  { rounds = ROUNDS, maxSteps = 100_000 } = {},
): Promise<number[][]> {
  const steps: number[] = []
  for (const side of sides) steps.push(await stepsOfRound(side, maxSteps))
  const times: number[][] = sides.map(() => [])
  for (let round = 0; round < rounds; round++) {
    const order = [...sides.keys()]
    if (round % 2 === 1) order.reverse()
    for (const i of order) times[i]!.push(await sides[i]!.run(steps[i]!))
  }
  return times
}

/** Runs for about half a round, which is the warm-up. */
async function stepsOfRound(side: Contestant, maxSteps: number): Promise<number> {
  let steps = 1
  for (;;) {
    const ms = await side.run(steps)
    if (steps >= maxSteps || ms * steps > ROUND_MS / 2) return Math.min(maxSteps, Math.max(1, Math.ceil(ROUND_MS / ms)))
    steps = Math.min(maxSteps, steps * 4)
  }
}

/** A model that holds the data itself. */
export function residentContestant(model: ResidentTrainable, { trainRows }: EncodedData, batch: number): Contestant {
  const epochs = epochWalk(trainRows.length, batch)
  return {
    async run(steps) {
      const begun = performance.now()
      for (let left = steps; left > 0; ) {
        const { at, steps: now } = epochs.next(left)
        model.trainSteps(at, now)
        left -= now
      }
      await model.takeTrainLoss()
      return (performance.now() - begun) / steps
    },
  }
}

/** A model that is handed its batches, drawn in the same order; drawing them is part of its time. */
export function batchContestant(model: Trainable, encoded: EncodedData, seed: number, batch: number): Contestant {
  const { trainRows } = encoded
  const epochs = epochWalk(trainRows.length, batch)
  return {
    async run(steps) {
      const begun = performance.now()
      for (let step = 0; step < steps; step++) {
        const { at } = epochs.next(1)
        const rows = new Uint32Array(Math.min(batch, trainRows.length - at.position))
        fillRows(rows, trainRows, at.position, orderKeys(seed, at.epoch, trainRows.length))
        model.trainStep(gatherRows(encoded, rows))
      }
      await model.takeTrainLoss()
      return (performance.now() - begun) / steps
    },
  }
}

/** The places from which to train on, and for how many steps: never across the end of an epoch. */
function epochWalk(rows: number, batch: number) {
  let epoch = 0
  let position = 0
  return {
    next(most: number) {
      const steps = Math.min(most, Math.ceil((rows - position) / batch))
      const at = { epoch, position }
      position += steps * batch
      if (position >= rows) {
        epoch++
        position = 0
      }
      return { at, steps }
    },
  }
}

/** Training rows cut to whole batches of up to `batch`, so that every step of a race is as large as any other. */
export function wholeBatches(encoded: EncodedData, batch: number): EncodedData {
  const whole = Math.floor(encoded.trainRows.length / batch) * batch
  return { ...encoded, trainRows: encoded.trainRows.subarray(0, whole) }
}
