import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { type SampleOptimizer, sampleOptimizers } from '../../model/rowDrawer'
import { sampleRowBytes, weightBytes } from './sampleRows'

/** f32 in a cache line: what threads write lies at least that far apart. */
const CACHE_LINE = 16

/** What `trainRecords` is told beside the records. */
export interface SampleSettings {
  /** Of the compiled functions, see assembly/samples.ts. */
  readonly kind: number
  /** Of the weights of a row. */
  readonly rowBytes: number
  /** Address. */
  readonly pointer: number
  setLearningRate(learningRate: number): void
  /** Address of two rows of zeros that no sample names: a thread has its own. */
  createScratch(): number
}

export interface SampleStep {
  dimension: number
  optimizer: SampleOptimizer
  /** λ of the term λ·Σ‖looked-up rows‖² added to the squared error of a sample. */
  l2: number
  biases: boolean
}

/** Lays them out in the heap, with a learning rate of 0. */
export function createSampleSettings(heap: SimdHeap, { dimension, optimizer, l2, biases }: SampleStep): SampleSettings {
  const rowBytes = weightBytes(dimension)
  const numbers = [0, l2, 4 / dimension, (8 * l2) / dimension, (4 * l2 * l2) / dimension, 4, 1]
  const block = heap.allocate(4 * numbers.length)
  const fill = (i: number, value: number) => heap.floats(block).fill(value, 4 * i, 4 * i + 4)
  for (const [i, value] of numbers.entries()) fill(i, value)
  const size = rowBytes > 32 ? 2 : rowBytes / 16 - 1
  return {
    kind: 6 * sampleOptimizers.indexOf(optimizer) + 3 * Number(biases) + size,
    rowBytes,
    pointer: block.pointer,
    setLearningRate(learningRate) {
      fill(0, -2 * learningRate)
    },
    createScratch() {
      // Two rows of `2 · rowBytes + 16`, the second right behind the first. Accumulators of 1: nothing divides by 0.
      const stride = (2 * rowBytes + 16) / 4
      const scratch = heap.allocate(2 * stride + CACHE_LINE)
      const values = heap.floats(scratch)
      for (const row of [0, stride]) {
        values.fill(1, row, row + 2)
        if (optimizer === 'adagrad') values.fill(1, row + sampleRowBytes(dimension, 'sgd') / 4, row + stride)
      }
      return scratch.pointer
    },
  }
}
