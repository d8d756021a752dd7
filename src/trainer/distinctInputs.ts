import type { EncodedData } from '../columns/sparseBatch'

/** Rows of the same input get the same prediction: `rows` are the first of each input, `outputOf` says which of them each asked row is like. */
export interface DistinctInputs {
  rows: Uint32Array
  outputOf: Int32Array
}

/** Below this share of distinct inputs asking once each is worth the bookkeeping. */
const WORTHWHILE = 0.5

/** null where inputs can't be compared (numbers, several ids a row, weights) or hardly repeat. */
export function distinctInputs({ categorical, numeric }: EncodedData, rows: Uint32Array): DistinctInputs | null {
  const combinations = categorical.reduce((product, { buckets }) => product * buckets, 1)
  if (
    numeric.length > 0 ||
    categorical.some(({ offsets, weights }) => offsets || weights) ||
    combinations > Number.MAX_SAFE_INTEGER
  )
    return null
  const places = new Map<number, number>()
  const firsts: number[] = []
  const outputOf = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    let input = 0
    for (const { ids, buckets } of categorical) input = input * buckets + ids[row]!
    let place = places.get(input)
    if (place === undefined) {
      place = firsts.length
      places.set(input, place)
      firsts.push(row)
      if (firsts.length > WORTHWHILE * rows.length) return null
    }
    outputOf[i] = place
  }
  return { rows: Uint32Array.from(firsts), outputOf }
}
