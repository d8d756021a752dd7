import { gatherRows } from '../../columns/batches'
import type { EncodedData } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { canGroup, groupExamples } from '../../model/groupExamples'
import type { HeapBatch, HeapLookups } from './heapBatch'
import { createHeapRoom } from './heapRoom'

/** What the network computes of a batch: a row for each example, or for each group of equal ones. Pointers hold until the next batch. */
export interface HeapInputs {
  readonly rows: number
  /** In the order of `EncodedData.categorical`. */
  readonly lookups: readonly HeapLookups[]
  /** [rows] examples that each row stands for; 0 = one each. */
  readonly multiplicity: number
  /** Examples sorted by group, and where each group begins, see `sortLookups`; 0 without groups. */
  readonly examples: number
  readonly starts: number
}

/** Grouped when a sample of the training rows has a fourth fewer inputs than examples: else sorting them costs more than it spares. */
export function groupingPays(encoded: EncodedData, batchSize: number): boolean {
  const { trainRows } = encoded
  const size = Math.min(batchSize, trainRows.length)
  if (encoded.label.task !== 'multiclass' || size === 0) return false
  const sample = Uint32Array.from({ length: size }, (_, i) => trainRows[Math.floor((i * trainRows.length) / size)]!)
  const batch = gatherRows(encoded, sample)
  return canGroup(batch) && groupExamples(batch).batch.size <= 0.75 * size
}

export function ungrouped({ size, lookups }: HeapBatch): HeapInputs {
  return { rows: size, lookups, multiplicity: 0, examples: 0, starts: 0 }
}

/** Groups batches whose columns all have one id a row: model/groupExamples.ts in a heap. */
export function createHeapGroups(heap: SimdHeap, columns: number, batchSize: number): (batch: HeapBatch) => HeapInputs {
  const { kernels } = heap
  const room = () => createHeapRoom(heap, batchSize)
  const zeros = room()
  const splits = [room(), room()] as const
  const slots = createHeapRoom(heap, slotCount(batchSize))
  const [starts, examples, multiplicity] = [createHeapRoom(heap, batchSize + 2), room(), room()]
  const ids = Array.from({ length: columns }, room)

  return ({ size, lookups }) => {
    let groupOf = zeros.atLeast(size)
    let groups = 0
    const count = slotCount(size)
    for (const [c, column] of lookups.entries()) {
      const split = splits[c % 2]!.atLeast(size)
      groups = kernels.splitGroups(groupOf, column.ids, size, split, slots.atLeast(count), count)
      groupOf = split
    }
    const [first, sorted] = [starts.atLeast(groups + 2), examples.atLeast(size)]
    kernels.sortLookups(groupOf, 0, size, 0, groups, first, sorted, multiplicity.atLeast(groups))
    return {
      rows: groups,
      multiplicity: multiplicity.pointer,
      examples: sorted,
      starts: first,
      lookups: lookups.map((column, c): HeapLookups => {
        const target = ids[c]!.atLeast(groups)
        kernels.firstOfGroups(column.ids, first, sorted, groups, target)
        return { ids: target, offsets: 0, count: groups }
      }),
    }
  }
}

function slotCount(size: number): number {
  return 2 ** Math.ceil(Math.log2(2 * Math.max(1, size)))
}
