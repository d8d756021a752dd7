import { type BlockOrder, blocksOf, cutBlocks } from '../../columns/blockOrder'
import type { BatchPlace } from '../../columns/rowOrder'
import type { EncodedData } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SampleOptimizer } from '../../model/rowDrawer'
import type { ThreadReport } from '../../model/trainable'
import { createBlockRunner, RECORD_BYTES } from './blockRunner'
import type { DotProductSide } from './dotProductSide'
import type { HeapOptimizer } from './heapOptimizer'
import { createSampleSettings } from './sampleSettings'
import type { Threads } from './sampleThreads'

/** A step on each row of an epoch, one after the other. */
export interface BlockSteps {
  /** Rows `at.position` … + `count` − 1 of the epoch; returns Σ of their losses. */
  train(at: BatchPlace, count: number): number
  readonly threads: Promise<ThreadReport>
  close(): void
}

/** Any number of threads gives the same bits, and so does an epoch in pieces. `globalBias`: address. */
export function createBlockSteps(
  heap: SimdHeap,
  { label }: EncodedData,
  order: BlockOrder,
  sides: readonly [user: DotProductSide, item: DotProductSide],
  globalBias: number,
  optimizer: HeapOptimizer,
  { extra, startThread, missing }: Threads,
  settings: { l2: number; optimizer: SampleOptimizer; biases: boolean; seed: number },
): BlockSteps {
  const step = createSampleSettings(heap, { ...settings, dimension: sides[0].parameter.dimension })
  // One more than there are: the second of a pair is read before it is known to be one.
  const records = heap.allocate(((order.rows.length + 1) * RECORD_BYTES) / 4)
  const runner = createBlockRunner(heap, records.pointer, order.groups, step)
  for (const [s, side] of sides.entries()) writeAddresses(heap.integers(records), s, side, order.rows)
  const threads = runner.startThreads(extra, startThread).then((starts) => {
    const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []))
    return { count: 1 + starts.length - refusals.length, missing: refusals[0]?.message ?? missing }
  })
  /** What the targets in the records are less than the labels. */
  let taken = Number.NaN

  function writeTargets(mean: number): void {
    const floats = heap.floats(records)
    for (let i = 0; i < order.rows.length; i++) floats[3 * i + 2] = label.values[order.rows[i]!]! - mean
    taken = mean
  }

  return {
    threads,
    train({ epoch, position }, count) {
      // It moves when weights are restored.
      const [mean] = heap.floats({ pointer: globalBias, length: 1 })
      if (mean !== taken) writeTargets(mean!)
      step.setLearningRate(optimizer.learningRate)
      optimizer.steps += count
      return runner.run(cutBlocks(blocksOf(order, settings.seed, epoch), position, position + count))
    },
    close: runner.close,
  }
}

function writeAddresses(
  records: Int32Array,
  side: number,
  { parameter, ids }: DotProductSide,
  rows: Uint32Array,
): void {
  const { table, stride } = parameter
  // A row begins 16 bytes before its weights.
  for (let i = 0; i < rows.length; i++) records[3 * i + side] = table - 16 + 4 * stride * ids[rows[i]!]!
}
