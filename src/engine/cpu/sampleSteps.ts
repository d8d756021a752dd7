import type { EncodedData } from '../../columns/sparseBatch'
import type { EmbeddingColumn, Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { DotProductSide } from './dotProductSide'
import type { HeapBatch } from './heapBatch'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapRoom } from './heapRoom'
import { RECORD_BYTES } from './sampleBlocks'
import { type SampleOptimizer, sampleOptimizers } from './sampleRows'
import { createSampleSettings } from './sampleSettings'

/** The optimizer of an experiment whose steps, of one row each, assembly/samples.ts takes; null for every other. */
export function sampleOptimizerOf(
  { categorical, label }: EncodedData,
  { batchSize, optimizer }: Experiment,
  columns: readonly EmbeddingColumn[],
): SampleOptimizer | null {
  const covered =
    batchSize === 1 &&
    optimizerRule(optimizer).epsilon === 0 &&
    label.task === 'regression' &&
    columns.every(({ trainable }) => trainable) &&
    categorical.every(({ offsets }) => offsets === null)
  return (covered && sampleOptimizers.find((name) => name === optimizer.type)) || null
}

type SampleSide = Pick<DotProductSide, 'parameter' | 'lookups'>

/**
 * Takes a step on each row of the batch in the heap, one after the other. `globalBias`: address. Returns Σ of the loss; throws where an id is not a row, with
 * the rows before it trained.
 */
export function createSampleSteps(
  heap: SimdHeap,
  batch: HeapBatch,
  [user, item]: readonly [SampleSide, SampleSide],
  globalBias: number,
  experiment: { l2: number; optimizer: SampleOptimizer; biases: boolean },
  optimizer: HeapOptimizer,
): () => number {
  const { dimension } = user.parameter
  const settings = createSampleSettings(heap, { dimension, ...experiment })
  const scratch = settings.createScratch()
  const records = createHeapRoom(heap, 0)
  const rowsOf = ({ parameter: { table, stride, rows }, lookups }: SampleSide) =>
    // A row begins 16 bytes before its weights.
    [lookups.ids, table - 16, 4 * stride, rows] as const
  return () => {
    const { size, labels } = batch
    const pointer = records.atLeast(((size + 1) * RECORD_BYTES) / 4)
    const written = heap.kernels.sampleRecords(pointer, ...rowsOf(user), ...rowsOf(item), labels, globalBias, size)
    settings.setLearningRate(optimizer.learningRate)
    optimizer.steps += written
    const { kind, rowBytes } = settings
    const end = pointer + written * RECORD_BYTES
    const loss = heap.kernels.trainRecords(kind, pointer, end, rowBytes, settings.pointer, scratch)
    if (written < size) throw new RangeError(`Example ${written} of a batch looks up a row that no table has.`)
    return loss
  }
}
