import { type Random, type RandomState, shuffle } from '../lib/random'
import type { EncodedColumn } from './encodedColumn'
import type { EncodedData, SparseBatch } from './sparseBatch'

/** Where a batcher stands: enough to go on drawing exactly what it would have drawn. */
export interface BatcherState {
  /** Epochs begun before the current one. */
  epoch: number
  /** Training rows drawn in the current epoch. */
  position: number
  /** Random numbers as they were when the current epoch was shuffled. */
  random: RandomState
}

export interface Batcher {
  readonly stepsPerEpoch: number
  /** Complete epochs drawn so far. */
  readonly epoch: number
  /** Rows drawn of the epoch that is under way; 0 between epochs. */
  readonly position: number
  /** The next rows, shuffled anew each epoch; the last batch of an epoch may be short. The batch is overwritten by the next call. */
  next(): SparseBatch
  save(): BatcherState
  restore(state: BatcherState): void
}

/** Draws mini-batches of training rows. `random` belongs to the batcher from now on. Throws a RangeError without training rows. */
export function createBatcher(data: EncodedData, batchSize: number, random: Random): Batcher {
  const count = data.trainRows.length
  if (count === 0) throw new RangeError('There are no training rows to draw batches from.')
  const order = new Uint32Array(count)
  const size = Math.min(batchSize, count)
  const whole = createGatherer(data, size)
  const rest = count % size === 0 ? whole : createGatherer(data, count % size)
  let epoch = 0
  let position = 0
  let atEpochStart = random.save()

  function shuffleEpoch() {
    order.set(data.trainRows)
    shuffle(order, random)
  }
  shuffleEpoch()

  return {
    stepsPerEpoch: Math.ceil(count / size),
    get epoch() {
      return epoch
    },
    get position() {
      return position
    },
    next() {
      const end = Math.min(position + size, count)
      const batch = (end - position === size ? whole : rest).gather(order, position)
      position = end
      if (position === count) {
        epoch++
        position = 0
        atEpochStart = random.save()
        shuffleEpoch()
      }
      return batch
    },
    save: () => ({ epoch, position, random: atEpochStart }),
    restore(state) {
      epoch = state.epoch
      position = state.position
      atEpochStart = state.random
      random.restore(state.random)
      shuffleEpoch()
    },
  }
}

/** The given rows as a batch in arrays of its own, in the order given. For evaluation. */
export function gatherRows(data: EncodedData, rows: Uint32Array): SparseBatch {
  return createGatherer(data, rows.length).gather(rows, 0)
}

/** Gathers `size` rows at a time into the same buffers. Only columns with several ids a row, or none, get a new view each time. */
function createGatherer(data: EncodedData, size: number) {
  const { label } = data
  const width = label.task === 'regression' ? label.outputs : 1
  const batch: SparseBatch = {
    size,
    categorical: data.categorical.map(({ offsets }) => ({
      ids: new Int32Array(size),
      offsets: offsets ? new Int32Array(size + 1) : null,
    })),
    dense: new Float32Array(size * data.numeric.length),
    labels: new Float32Array(size * width),
  }
  const room = batch.categorical.map(({ ids }) => ids)
  return {
    /** Rows order[from] … order[from + size - 1]. */
    gather(order: Uint32Array, from: number): SparseBatch {
      data.categorical.forEach((column, c) => {
        const target = batch.categorical[c]!
        if (target.offsets) room[c] = gatherSeveral(column, order, from, room[c]!, target as Several)
        else gatherOne(column.ids, order, from, target.ids)
      })
      gatherDense(data, order, from, batch)
      const { labels } = batch
      for (let i = 0; i < size; i++) {
        const row = order[from + i]! * width
        for (let t = 0; t < width; t++) labels[i * width + t] = label.values[row + t]!
      }
      return batch
    },
  }
}

type Several = { ids: Int32Array; offsets: Int32Array }

function gatherOne(ids: Int32Array, order: Uint32Array, from: number, target: Int32Array) {
  for (let i = 0; i < target.length; i++) target[i] = ids[order[from + i]!]!
}

/** Fills `target` with a view of `room`, or of more room where it does not do; returns the room. */
function gatherSeveral(column: EncodedColumn, order: Uint32Array, from: number, room: Int32Array, target: Several) {
  const starts = column.offsets!
  const size = target.offsets.length - 1
  for (let i = 0; i < size; i++) {
    const row = order[from + i]!
    target.offsets[i + 1] = target.offsets[i]! + starts[row + 1]! - starts[row]!
  }
  const length = target.offsets[size]!
  const buffer = length <= room.length ? room : new Int32Array(length * 2)
  for (let i = 0, at = 0; i < size; i++) {
    const row = order[from + i]!
    for (let j = starts[row]!; j < starts[row + 1]!; j++) buffer[at++] = column.ids[j]!
  }
  target.ids = buffer.subarray(0, length)
  return buffer
}

function gatherDense({ numeric }: EncodedData, order: Uint32Array, from: number, { size, dense }: SparseBatch) {
  for (let c = 0; c < numeric.length; c++) {
    const { values } = numeric[c]!
    for (let i = 0; i < size; i++) dense[i * numeric.length + c] = values[order[from + i]!]!
  }
}
