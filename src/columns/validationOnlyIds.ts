import type { RunInfo } from '../protocol/trainer'
import type { EncodedColumn } from './encodedColumn'
import type { EncodedData } from './sparseBatch'

const known = new WeakMap<EncodedColumn, { trainRows: Uint32Array; counts: { ids: number; rows: number } }>()

/** By categorical column: buckets that only validation rows look up, and how many of those rows do. Their vectors never learn. */
export function validationOnlyIds({
  categorical,
  trainRows,
  validationRows,
}: EncodedData): RunInfo['validationOnlyIds'] {
  return categorical.map((column) => {
    const before = known.get(column)
    const counts = before?.trainRows === trainRows ? before.counts : countUnseen(column, trainRows, validationRows)
    known.set(column, { trainRows, counts })
    return { column: column.name, ...counts }
  })
}

function countUnseen({ ids, offsets, buckets }: EncodedColumn, trainRows: Uint32Array, validationRows: Uint32Array) {
  const LEARNED = 1
  const COUNTED = 2
  const state = new Uint8Array(buckets)
  for (let i = 0; i < trainRows.length; i++) {
    const row = trainRows[i]!
    const end = offsets ? offsets[row + 1]! : row + 1
    for (let at = offsets ? offsets[row]! : row; at < end; at++) state[ids[at]!] = LEARNED
  }
  let unseen = 0
  let rows = 0
  for (let i = 0; i < validationRows.length; i++) {
    const row = validationRows[i]!
    const end = offsets ? offsets[row + 1]! : row + 1
    let holdsUnseen = false
    for (let at = offsets ? offsets[row]! : row; at < end; at++) {
      const id = ids[at]!
      if (state[id] === LEARNED) continue
      if (state[id] !== COUNTED) unseen++
      state[id] = COUNTED
      holdsUnseen = true
    }
    if (holdsUnseen) rows++
  }
  return { ids: unseen, rows }
}
