import type { Categorical } from './columnReader'

const made = new WeakMap<Categorical, string[]>()

/** What the rows of a column's table stand for: numbers, words, or the numbers of hashed buckets. */
export function bucketNames(column: Categorical, buckets: number): readonly string[] {
  const known = made.get(column)
  if (known?.length === buckets) return known
  const names = Array.from({ length: buckets }, (_, bucket) => nameOf(column, bucket))
  made.set(column, names)
  return names
}

function nameOf(column: Categorical, bucket: number): string {
  if (column.type === 'identity') return String(bucket)
  if (column.type === 'vocabularyList' && column.vocabulary !== 'data') {
    return column.vocabulary[bucket] ?? `out of vocabulary ${bucket - column.vocabulary.length + 1}`
  }
  return `bucket ${bucket}`
}
