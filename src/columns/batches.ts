import type { EncodedColumn } from './encodedColumn'
import type { BatchPlace, DrawRows } from './rowOrder'
import type { EncodedData, EncodedLabel, SparseBatch } from './sparseBatch'

/** Where training stands among the batches of its epochs. */
export interface BatchCounter {
  readonly stepsPerEpoch: number
  /** Complete epochs drawn so far. */
  readonly epoch: number
  /** Rows drawn of the epoch that is under way; 0 between epochs. */
  readonly position: number
  /** Past the next `steps` batches, which must lie in this epoch; the last of an epoch may be short. Returns their examples. */
  advance(steps: number): number
  save(): BatchPlace
  restore(place: BatchPlace): void
}

/** Throws a RangeError without training rows. */
export function createBatchCounter(trainRows: number, batchSize: number): BatchCounter {
  if (trainRows === 0) throw new RangeError('There are no training rows to draw batches from.')
  let at: BatchPlace = { epoch: 0, position: 0 }
  return {
    stepsPerEpoch: Math.ceil(trainRows / batchSize),
    get epoch() {
      return at.epoch
    },
    get position() {
      return at.position
    },
    advance(steps) {
      const end = Math.min(at.position + steps * batchSize, trainRows)
      const examples = end - at.position
      at = end === trainRows ? { epoch: at.epoch + 1, position: 0 } : { epoch: at.epoch, position: end }
      return examples
    },
    save: () => at,
    restore(place) {
      at = { ...place }
    },
  }
}

/** Gathers the batch at a place, of rows that `drawRows` names. The batch is overwritten by the next one. */
export function createBatchDrawer(
  data: EncodedData,
  batchSize: number,
  drawRows: DrawRows,
): (at: BatchPlace) => SparseBatch {
  const count = data.trainRows.length
  const rows = new Uint32Array(Math.min(batchSize, count))
  const whole = createGatherer(data, rows.length)
  const rest = count % rows.length === 0 ? whole : createGatherer(data, count % rows.length)
  return (at) => {
    const drawn = rows.subarray(0, Math.min(rows.length, count - at.position))
    drawRows(drawn, at)
    return (drawn.length === rows.length ? whole : rest).gather(drawn, 0)
  }
}

/** The given rows as a batch in arrays of its own, in the order given. For evaluation. */
export function gatherRows(data: EncodedData, rows: Uint32Array): SparseBatch {
  return createGatherer(data, rows.length).gather(rows, 0)
}

/** Labels of the given rows: regression [rows × outputs], otherwise [rows]. */
export function gatherLabels(label: EncodedLabel, rows: Uint32Array): Float32Array {
  const labels = new Float32Array(rows.length * labelWidth(label))
  copyLabels(label, rows, 0, labels)
  return labels
}

function labelWidth({ task, outputs }: EncodedLabel): number {
  return task === 'regression' ? outputs : 1
}

function copyLabels(label: EncodedLabel, order: Uint32Array, from: number, labels: Float32Array): void {
  const width = labelWidth(label)
  for (let i = 0; i * width < labels.length; i++) {
    const row = order[from + i]! * width
    for (let t = 0; t < width; t++) labels[i * width + t] = label.values[row + t]!
  }
}

/** Gathers `size` rows at a time into the same buffers. Only columns with several ids a row, or none, get a new view each time. */
function createGatherer(data: EncodedData, size: number) {
  const { label } = data
  const batch: SparseBatch = {
    size,
    categorical: data.categorical.map(({ offsets, weights }) => ({
      ids: new Int32Array(size),
      offsets: offsets ? new Int32Array(size + 1) : null,
      ...(weights && { weights: new Float32Array(size) }),
    })),
    dense: new Float32Array(size * data.numeric.length),
    labels: new Float32Array(size * labelWidth(label)),
  }
  const room = batch.categorical.map(({ ids }) => ids)
  return {
    /** Rows order[from] … order[from + size - 1]. */
    gather(order: Uint32Array, from: number): SparseBatch {
      data.categorical.forEach((column, c) => {
        const target = batch.categorical[c]!
        if (target.offsets) room[c] = gatherSeveral(column, order, from, room[c]!, target as Several)
        else gatherOne(column.ids, order, from, target.ids)
        if (column.weights) gatherWeights(column, column.weights, order, from, target)
      })
      gatherDense(data, order, from, batch)
      copyLabels(label, order, from, batch.labels)
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

/** As the ids lie; a row with several, or none, gets an array of its own. */
function gatherWeights(
  { offsets: starts }: EncodedColumn,
  weights: Float32Array,
  order: Uint32Array,
  from: number,
  target: SparseBatch['categorical'][number],
) {
  const { ids, offsets } = target
  if (!starts || !offsets) {
    for (let i = 0; i < ids.length; i++) target.weights![i] = weights[order[from + i]!]!
    return
  }
  target.weights = new Float32Array(ids.length)
  for (let i = 0; i + 1 < offsets.length; i++) {
    const row = order[from + i]!
    target.weights.set(weights.subarray(starts[row]!, starts[row + 1]!), offsets[i]!)
  }
}

function gatherDense({ numeric }: EncodedData, order: Uint32Array, from: number, { size, dense }: SparseBatch) {
  for (let c = 0; c < numeric.length; c++) {
    const { values } = numeric[c]!
    for (let i = 0; i < size; i++) dense[i * numeric.length + c] = values[order[from + i]!]!
  }
}
