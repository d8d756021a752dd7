import { combinerCodes } from '../../kernels/combiner'
import { type Block, createSimdHeap, type SimdHeap } from '../../kernels/simd/simdHeap'
import { createRandom } from '../../lib/random'
import type { LookupTime } from '../../protocol/inspect'
import { Refusal } from '../refusal'

/** Rows of the batch that is timed. */
const ROWS = 64
/** A one-hot matrix may take this much; then the table and its own room still fit beside the page. */
const MOST_BYTES = 512 * 2 ** 20
const MOST_VOCABULARY = 10_000_000
const MOST_DIMENSION = 8
/** A measurement goes on at least this long; the fastest round counts. */
const LEAST_MS = 20
/** A clock may be coarse (a tenth of a millisecond in a browser): a shorter round is not believed. */
const LEAST_ROUND_MS = 2

/**
 * Looks 64 random ids up in a table of `vocabulary` rows, and multiplies the same rows as a one-hot matrix with the same table; both with this page's
 * SIMD kernels, in one thread. The dense product is refused where its matrix would not fit.
 */
export function timeLookup(vocabulary: number, asked: number, now: () => number): LookupTime {
  if (!Number.isInteger(vocabulary) || vocabulary < 1 || vocabulary > MOST_VOCABULARY) {
    throw new Refusal(`A vocabulary of ${vocabulary} is not timed here: 1 to 10,000,000 is.`)
  }
  const dimension = Math.min(MOST_DIMENSION, asked)
  // Rows are padded to whole SIMD vectors, as tables of the engine are.
  const width = Math.ceil(dimension / 4) * 4
  const tableBytes = 4 * vocabulary * width
  const oneHotBytes = 4 * vocabulary * ROWS
  const dense = oneHotBytes <= MOST_BYTES
  const heap = createSimdHeap()
  const table = heap.allocate(vocabulary * width)
  const ids = heap.allocate(ROWS)
  const looked = heap.allocate(ROWS * width)
  const oneHot = dense ? heap.allocate(ROWS * vocabulary) : null
  const product = heap.allocate(ROWS * width)
  fill(heap.floats(table), heap.integers(ids), vocabulary)
  const { kernels } = heap
  const lookupMs = fastest(now, () =>
    kernels.embeddingBag(
      table.pointer,
      width,
      width,
      ids.pointer,
      0,
      0,
      ROWS,
      combinerCodes.sum,
      looked.pointer,
      width,
      0,
    ),
  )
  const measured = { rows: ROWS, vocabulary, dimension, lookupMs, tableBytes, oneHotBytes }
  if (!oneHot) return { ...measured, oneHotMs: null, largestDifference: null }
  const matrix = heap.floats(oneHot)
  heap.integers(ids).forEach((id, row) => {
    matrix[row * vocabulary + id] = 1
  })
  const [a, b, c] = [oneHot.pointer, table.pointer, product.pointer]
  const oneHotMs = fastest(now, () =>
    kernels.matrixProduct(a, b, c, ROWS, vocabulary, width, vocabulary, width, width, 1, 0),
  )
  return { ...measured, oneHotMs, largestDifference: differenceOf(heap, looked, product) }
}

function fill(table: Float32Array, ids: Int32Array, vocabulary: number): void {
  const random = createRandom(1, 'lookup')
  // Any numbers will do, but no zeros: a thousand drawn, then repeated.
  const drawn = Float32Array.from({ length: Math.min(1000, table.length) }, random.normal)
  for (let at = 0; at < table.length; at += drawn.length) table.set(drawn.subarray(0, table.length - at), at)
  for (let i = 0; i < ids.length; i++) ids[i] = random.integer(vocabulary)
}

/** Milliseconds of one call, in the fastest round of several. Calls are doubled until a round can be timed. */
function fastest(now: () => number, task: () => void): number {
  task()
  let best = Number.POSITIVE_INFINITY
  let calls = 1
  for (let spentMs = 0; spentMs < LEAST_MS; ) {
    const startMs = now()
    for (let i = 0; i < calls; i++) task()
    const ms = now() - startMs
    if (ms < LEAST_ROUND_MS) {
      calls *= 2
      continue
    }
    spentMs += ms
    best = Math.min(best, ms / calls)
  }
  return best
}

function differenceOf(heap: SimdHeap, a: Block, b: Block): number {
  const other = heap.floats(b)
  return heap.floats(a).reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0)
}
