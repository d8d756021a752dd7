import type { EncodedColumn } from '../../columns/encodedColumn'
import { rowDrawer } from '../../model/rowDrawer'
import type { SparseBytes, SparseView } from '../../protocol/inspect'
import { Refusal } from '../refusal'
import type { Run } from '../run'
import type { PreparedRun } from '../training'

const BYTES = 4

/** The next batch as a categorical column reads it, and what it would weigh as a one-hot matrix. */
export function inspectSparse(name: string, { prepared }: Run): SparseView {
  const { encoded } = prepared
  const column = encoded.categorical.find((candidate) => candidate.name === name)
  if (!column) throw new Refusal(`The model reads no categorical column ${name} now.`)
  const rows = nextBatch(prepared)
  const { ids, offsets, weights } = idsOf(column, rows)
  const { buckets, bucketKeys } = column
  const dictionary = [...new Set(ids)].sort((a, b) => a - b).map((id) => ({ id, key: bucketKeys[id]! }))
  return {
    column: name,
    rows,
    buckets,
    ids,
    offsets,
    weights,
    dictionary,
    dictionaryBytes: bytesOfKeys(column),
    batch: bytesOf(rows.length, buckets, ids.length, column.offsets !== null),
    all: {
      rows: encoded.rowCount,
      ...bytesOf(encoded.rowCount, buckets, column.ids.length, column.offsets !== null),
    },
  }
}

/** Rows of the batch that the next step takes. */
function nextBatch({ encoded, experiment, batches }: PreparedRun): Uint32Array {
  const { trainRows } = encoded
  const { epoch, position } = batches.save()
  const rows = new Uint32Array(Math.min(experiment.batchSize, trainRows.length - position))
  rowDrawer(encoded, experiment)(rows, { epoch, position })
  return rows
}

function idsOf(column: EncodedColumn, rows: Uint32Array): Pick<SparseView, 'ids' | 'offsets' | 'weights'> {
  const ids: number[] = []
  const weights: number[] = []
  const offsets = new Int32Array(rows.length + 1)
  rows.forEach((row, i) => {
    const from = column.offsets ? column.offsets[row]! : row
    const to = column.offsets ? column.offsets[row + 1]! : row + 1
    for (let at = from; at < to; at++) {
      ids.push(column.ids[at]!)
      if (column.weights) weights.push(column.weights[at]!)
    }
    offsets[i + 1] = ids.length
  })
  return { ids: Int32Array.from(ids), offsets, weights: column.weights ? Float32Array.from(weights) : null }
}

/** What the same ids take in memory: a number for every bucket of every row, or only where there is one. */
export function bytesOf(rows: number, buckets: number, values: number, severalARow: boolean): SparseBytes {
  return {
    values,
    oneHot: BYTES * rows * buckets,
    triplets: 3 * BYTES * values,
    ids: BYTES * (values + (severalARow ? rows + 1 : 0)),
  }
}

const keyBytes = new WeakMap<EncodedColumn, number>()

function bytesOfKeys(column: EncodedColumn): number {
  const before = keyBytes.get(column)
  if (before !== undefined) return before
  const encoder = new TextEncoder()
  const bytes = column.bucketKeys.reduce((sum, key) => sum + encoder.encode(key).length + BYTES, 0)
  keyBytes.set(column, bytes)
  return bytes
}
