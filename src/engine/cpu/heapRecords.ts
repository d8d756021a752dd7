import type { EncodedColumn } from '../../columns/encodedColumn'
import type { EncodedData } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'

/**
 * The encoded data in a heap, one record a row. First the training rows, then the others. The words of a record: of each categorical column the id, or first and end of its ids; the numbers; the labels.
 */
export interface HeapRecords {
  readonly pointer: number
  readonly words: number
  /** Of each categorical column its ids where it has several a row, or none. */
  readonly ids: readonly (number | null)[]
  /** [training rows] the record of each; 0 where the i-th has record i. */
  readonly ofTraining: number
  /** The records of rows of the encoded data. */
  recordsOf(rows: Uint32Array, target: Int32Array): void
}

/** `sortedBy`: a categorical column with one id a row, by which the records of training rows are sorted; null = they keep their order. */
export function createHeapRecords(heap: SimdHeap, encoded: EncodedData, sortedBy: number | null): HeapRecords {
  const { rowCount, categorical, numeric, label, trainRows } = encoded
  const labelWidth = label.task === 'regression' ? label.outputs : 1
  const words = categorical.reduce((sum, { offsets }) => sum + (offsets ? 2 : 1), numeric.length + labelWidth)
  const block = heap.allocate(rowCount * words)
  const ids = categorical.map(({ ids, offsets }) => {
    if (!offsets) return null
    const room = heap.allocate(ids.length)
    heap.integers(room).set(ids)
    return room.pointer
  })
  const sorted = sortedBy === null ? null : sortedTraining(trainRows, categorical[sortedBy]!)
  const rowOf = trainingFirst(rowCount, sorted ? trainRows.map((_, record) => trainRows[sorted[record]!]!) : trainRows)
  const [integers, floats] = [heap.integers(block), heap.floats(block)]
  let word = 0
  const fill = (target: Int32Array | Float32Array, values: ArrayLike<number>, stride: number, offset: number) => {
    for (let record = 0, at = word; record < rowCount; record++, at += words) {
      target[at] = values[(rowOf ? rowOf[record]! : record) * stride + offset]!
    }
    word++
  }
  for (const column of categorical) {
    fill(integers, column.offsets ?? column.ids, 1, 0)
    if (column.offsets) fill(integers, column.offsets, 1, 1)
  }
  for (const { values } of numeric) fill(floats, values, 1, 0)
  for (let output = 0; output < labelWidth; output++) fill(floats, label.values, labelWidth, output)

  const recordOf = rowOf && inverted(rowOf)
  const ofTraining = heap.allocate(sorted ? trainRows.length : 0)
  if (sorted) heap.integers(ofTraining).set(inverted(sorted))
  return {
    pointer: block.pointer,
    words,
    ids,
    ofTraining: sorted ? ofTraining.pointer : 0,
    recordsOf(rows, target) {
      if (!recordOf) target.set(rows)
      else for (let i = 0; i < rows.length; i++) target[i] = recordOf[rows[i]!]!
    },
  }
}

/** Numbers of training rows in ascending order of their ids, in their own order where those are equal. */
function sortedTraining(trainRows: Uint32Array, { ids, buckets }: EncodedColumn): Uint32Array {
  const next = new Uint32Array(buckets + 1)
  for (const row of trainRows) next[ids[row]! + 1]!++
  for (let id = 0; id < buckets; id++) next[id + 1]! += next[id]!
  const sorted = new Uint32Array(trainRows.length)
  for (const [number, row] of trainRows.entries()) sorted[next[ids[row]!]!++] = number
  return sorted
}

/** Row of each record; null where it is the record's own number. */
function trainingFirst(rowCount: number, trainRows: Uint32Array): Uint32Array | null {
  if (trainRows.every((row, i) => row === i)) return null
  const trained = new Uint8Array(rowCount)
  const rowOf = new Uint32Array(rowCount)
  rowOf.set(trainRows)
  for (const row of trainRows) trained[row] = 1
  let at = trainRows.length
  for (let row = 0; row < rowCount; row++) if (!trained[row]) rowOf[at++] = row
  return rowOf
}

function inverted(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length)
  for (let place = 0; place < order.length; place++) places[order[place]!] = place
  return places
}
