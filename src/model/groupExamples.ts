import type { SparseBatch } from '../columns/sparseBatch'

/** The distinct inputs of a batch. */
export interface ExampleGroups {
  /** One row for each distinct input, in the order of first occurrence; its labels are empty. */
  batch: SparseBatch
  /** [G] examples with this input. */
  counts: Int32Array
  /** [B] group of each example. */
  groupOf: Int32Array
}

/** Inputs made of single ids only: an example is then its ids, and examples with the same ids have the same output. */
export function canGroup(batch: SparseBatch): boolean {
  return batch.dense.length === 0 && batch.categorical.every(({ offsets, weights }) => offsets === null && !weights)
}

/** Call only where `canGroup`. Exact: nothing is hashed. */
export function groupExamples(batch: SparseBatch): ExampleGroups {
  const { size, categorical } = batch
  const groupOf = new Int32Array(size)
  let groups = Math.min(size, 1)
  for (const { ids } of categorical) groups = refine(groupOf, groups, ids, size)

  const counts = new Int32Array(groups)
  const first = new Int32Array(groups)
  for (let b = size - 1; b >= 0; b--) {
    const group = groupOf[b]!
    counts[group]!++
    first[group] = b
  }
  return {
    counts,
    groupOf,
    batch: {
      size: groups,
      categorical: categorical.map(({ ids }) => ({ ids: first.map((b) => ids[b]!), offsets: null })),
      dense: new Float32Array(0),
      labels: new Float32Array(0),
    },
  }
}

/** Splits groups by one more column; returns how many there are now. Numbers them in the order of first occurrence. */
function refine(groupOf: Int32Array, groups: number, ids: Int32Array, size: number): number {
  // group + id · groups is exact: both are below 2^31, and their product below 2^53 for any table that fits in memory.
  const numbers = new Map<number, number>()
  for (let b = 0; b < size; b++) {
    const key = groupOf[b]! + ids[b]! * groups
    let number = numbers.get(key)
    if (number === undefined) {
      number = numbers.size
      numbers.set(key, number)
    }
    groupOf[b] = number
  }
  return numbers.size
}
