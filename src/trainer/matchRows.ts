import type { EncodedColumn } from '../columns/encodedColumn'
import type { CategoricalColumn } from '../experiment/experiment'

/** Whether a bucket is told by its number, whatever values of the data fall into it. */
export function isHashedByRow(column: CategoricalColumn): boolean {
  return column.type === 'crossed' ? !column.exact : column.type === 'hashBucket'
}

/**
 * By row of the model, the row of a file with the same key, -1 = none. `from`: keys of the file. `unnamed`: buckets at the end of both for words out of the
 * vocabulary, told by their number. A row without a key matches none.
 */
export function sourceRows(
  from: readonly string[],
  { bucketKeys }: Pick<EncodedColumn, 'bucketKeys'>,
  unnamed = 0,
): Int32Array {
  const fileWords = from.length - unnamed
  const words = bucketKeys.length - unnamed
  const rowOf = new Map(from.slice(0, fileWords).map((key, row) => [key, row]))
  rowOf.delete('')
  return Int32Array.from(bucketKeys, (key, row) => (row < words ? (rowOf.get(key) ?? -1) : fileWords + row - words))
}

/** Buckets out of the vocabulary. */
export function unnamedBuckets(column: CategoricalColumn): number {
  return column.type === 'vocabularyList' ? column.numOovBuckets : 0
}

/** Rows that have a key, and those of them with a source. */
export function countFound(bucketKeys: readonly string[], sources: Int32Array): { values: number; found: number } {
  let values = 0
  let found = 0
  bucketKeys.forEach((key, row) => {
    if (key === '') return
    values++
    if (sources[row]! >= 0) found++
  })
  return { values, found }
}
