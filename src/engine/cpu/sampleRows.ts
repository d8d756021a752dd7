import type { Block, SimdHeap } from '../../kernels/simd/simdHeap'

/** Optimizers of assembly/samples.ts, by their number there. */
export const sampleOptimizers = ['sgd', 'adagrad', 'rowAdagrad'] as const
export type SampleOptimizer = (typeof sampleOptimizers)[number]

/** `accumulator`: of each weight for Adagrad, one a row for row-Adagrad. Plain gradient descent has none of either. */
export type RowPart = 'weights' | 'bias' | 'accumulator' | 'biasAccumulator'

/** One table and its biases as assembly/samples.ts wants them: a tail, the weights, Adagrad's accumulators. */
export interface SampleRows {
  /** Bytes from a row to the next. */
  readonly stride: number
  /** Address of a row. */
  addressOf(row: number): number
  /** [rows × dimension], or [rows]. A fresh array. */
  read(part: RowPart): Float32Array
  /** Throws a RangeError for another length. */
  write(part: RowPart, values: ArrayLike<number>): void
}

const FIRST_ACCUMULATOR = 0.1
const TAIL = 4

/** Bytes of a row's weights: 16, 32 or a multiple of 64. */
export function weightBytes(dimension: number): number {
  if (dimension <= 4) return 16
  return dimension <= 8 ? 32 : 64 * Math.ceil(dimension / 16)
}

/** Bytes of a row with all that goes with it. */
export function sampleRowBytes(dimension: number, optimizer: SampleOptimizer): number {
  return 4 * TAIL + weightBytes(dimension) * (optimizer === 'adagrad' ? 2 : 1)
}

/** Weights and biases 0, accumulators 0.1. `places`: where each row lies; absent: in order. */
export function createSampleRows(
  heap: SimdHeap,
  rows: number,
  dimension: number,
  optimizer: SampleOptimizer,
  places?: Uint32Array,
): SampleRows {
  const stride = sampleRowBytes(dimension, optimizer)
  const block: Block = heap.allocate((rows * stride) / 4)
  const floats = () => heap.floats(block)
  const begin = (row: number) => ((places ? places[row]! : row) * stride) / 4
  const width = weightBytes(dimension) / 4
  /** Offset in a row, and how many numbers. */
  const spots: Record<RowPart, [number, number]> = {
    weights: [TAIL, dimension],
    accumulator: optimizer === 'adagrad' ? [TAIL + width, dimension] : [0, 1],
    biasAccumulator: [1, 1],
    bias: [2, 1],
  }
  const copy = (part: RowPart, each: (at: number, from: number, size: number) => void) => {
    const [offset, size] = spots[part]
    for (let row = 0; row < rows; row++) each(begin(row) + offset, row * size, size)
  }
  const made: SampleRows = {
    stride,
    addressOf: (row) => block.pointer + 4 * begin(row),
    read(part) {
      const values = new Float32Array(rows * spots[part][1])
      const from = floats()
      copy(part, (at, to, size) => {
        for (let i = 0; i < size; i++) values[to + i] = from[at + i]!
      })
      return values
    },
    write(part, values) {
      if (values.length !== rows * spots[part][1])
        throw new RangeError(`${values.length} numbers for ${rows} rows of ${spots[part][1]} (${part}).`)
      const to = floats()
      copy(part, (at, from, size) => {
        for (let i = 0; i < size; i++) to[at + i] = values[from + i]!
      })
    },
  }
  if (optimizer !== 'sgd') fillAccumulators(floats(), stride / 4, rows, optimizer, width)
  return made
}

/** The padding's too: a root of 0 would divide by it. */
function fillAccumulators(
  values: Float32Array,
  stride: number,
  rows: number,
  optimizer: SampleOptimizer,
  width: number,
) {
  for (let row = 0; row < rows; row++) {
    const at = row * stride
    values[at + 1] = FIRST_ACCUMULATOR
    if (optimizer === 'adagrad') values.fill(FIRST_ACCUMULATOR, at + TAIL + width, at + TAIL + 2 * width)
    else values[at] = FIRST_ACCUMULATOR
  }
}
