import type { EncodedData } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'

/**
 * The encoded data in a heap, one record a row. First the training rows in their order, so that position i of a shuffled epoch is record π(i), then the
 * others. The words of a record: of each categorical column the id, or first and end of its ids; the numbers; the labels.
 */
export interface HeapRecords {
  readonly pointer: number
  readonly words: number
  /** Of each categorical column its ids where it has several a row, or none. */
  readonly ids: readonly (number | null)[]
  /** The records of rows of the encoded data. */
  recordsOf(rows: Uint32Array, target: Int32Array): void
}

export function createHeapRecords(heap: SimdHeap, encoded: EncodedData): HeapRecords {
  const { rowCount, categorical, numeric, label } = encoded
  const labelWidth = label.task === 'regression' ? label.outputs : 1
  const words = categorical.reduce((sum, { offsets }) => sum + (offsets ? 2 : 1), numeric.length + labelWidth)
  const block = heap.allocate(rowCount * words)
  const ids = categorical.map(({ ids, offsets }) => {
    if (!offsets) return null
    const room = heap.allocate(ids.length)
    heap.integers(room).set(ids)
    return room.pointer
  })
  const rowOf = trainingFirst(encoded)
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
  return {
    pointer: block.pointer,
    words,
    ids,
    recordsOf(rows, target) {
      if (!recordOf) target.set(rows)
      else for (let i = 0; i < rows.length; i++) target[i] = recordOf[rows[i]!]!
    },
  }
}

/** Row of each record; null where it is the record's own number. */
function trainingFirst({ rowCount, trainRows }: EncodedData): Uint32Array | null {
  if (trainRows.every((row, i) => row === i)) return null
  const trained = new Uint8Array(rowCount)
  const rowOf = new Uint32Array(rowCount)
  rowOf.set(trainRows)
  for (const row of trainRows) trained[row] = 1
  let at = trainRows.length
  for (let row = 0; row < rowCount; row++) if (!trained[row]) rowOf[at++] = row
  return rowOf
}

function inverted(rowOf: Uint32Array): Uint32Array {
  const recordOf = new Uint32Array(rowOf.length)
  for (let record = 0; record < rowOf.length; record++) recordOf[rowOf[record]!] = record
  return recordOf
}
