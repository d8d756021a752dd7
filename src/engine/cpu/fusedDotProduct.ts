import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { labelMean, twoColumns } from '../../model/dotProductColumns'
import { blockOrderOf, sampleOptimizerOf } from '../../model/rowDrawer'
import type { ResidentTrainable } from '../../model/trainable'
import { variableOf } from '../../model/variable'
import { createBlockSteps } from './blockSteps'
import { createDotProductSide, type DotProductSide } from './dotProductSide'
import { createDotProductStep } from './dotProductStep'
import { createHeapBatch, type HeapBatch } from './heapBatch'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter } from './heapParameter'
import { createHeapRoom, type HeapRoom } from './heapRoom'
import { createHeapTrainable, type HeapNetwork } from './heapTrainable'
import { createThreadedHeap, type Threads, threadsHere } from './sampleThreads'

/**
 * The dot product of model/dotProduct.ts as a few SIMD kernels over one heap: the same variables, initial weights, batches and steps. null where the
 * experiment is another model. Throws a `ModelError` for a model that cannot be.
 */
export function createFusedDotProduct(
  encoded: EncodedData,
  experiment: Experiment,
  wantedThreads: Threads = threadsHere(),
): ResidentTrainable | null {
  const { model, optimizer: optimizerSpec, batchSize, l2, seed } = experiment
  const { label } = encoded
  if (model.type !== 'dotProduct' || label.task === 'multiclass' || label.outputs !== 1) return null
  const columns = twoColumns(experiment, model)
  const order = blockOrderOf(encoded, experiment)
  const sampleOptimizer = order && sampleOptimizerOf(optimizerSpec)
  const { heap, threads } = createThreadedHeap(wantedThreads, order?.groups ?? 1)
  const optimizer = createHeapOptimizer(heap, optimizerSpec)
  const positions = columns.map((column) => categoricalPosition(encoded, column.categorical))
  const batch = createHeapBatch(
    heap,
    encoded,
    experiment,
    1,
    batchSize < SORTED_FROM ? null : largestOf(encoded, positions),
  )
  const sides = columns.map((column, side) => {
    const lookups = batch.lookups[positions[side]!]!
    return createDotProductSide(heap, encoded, experiment, column, model.biases, lookups, optimizer, sampleOptimizer)
  }) as [DotProductSide, DotProductSide]
  const globalBias = createHeapParameter(heap, Float32Array.of(labelMean(encoded)), 1, [], { trainable: false })
  const outputs = createHeapRoom(heap, batchSize)
  const each =
    order &&
    sampleOptimizer &&
    createBlockSteps(heap, encoded, order, sides, globalBias.table, optimizer, threads, {
      l2,
      seed,
      biases: model.biases,
      optimizer: sampleOptimizer,
    })
  const network: HeapNetwork = {
    ...(each && { each }),
    tables: sides.map(({ table }) => table),
    variables: [
      ...sides.map(({ variables }) => variables.table),
      ...sides.flatMap(({ variables }) => variables.bias ?? []),
      variableOf('global_bias', globalBias, [1]),
    ],
    step: createDotProductStep(heap, batch, sides, optimizer, {
      l2,
      isLogLoss: label.task !== 'regression',
      globalBias: globalBias.table,
      everyRow: optimizerRule(optimizerSpec).everyRow,
    }),
    predict: () => predictDotProducts(heap, batch, sides, globalBias.table, outputs),
  }
  return createHeapTrainable(heap, encoded, experiment, batch, optimizer, network)
}

function predictDotProducts(
  heap: SimdHeap,
  batch: HeapBatch,
  [user, item]: readonly [DotProductSide, DotProductSide],
  globalBias: number,
  outputs: HeapRoom,
): { pointer: number; stride: number } {
  for (const side of [user, item]) side.lookUp()
  const pointer = outputs.atLeast(batch.size)
  heap.kernels.dotProducts(user.pointer, item.pointer, batch.size, user.width, globalBias, pointer)
  return { pointer, stride: 1 }
}

/** Smaller batches look a row up too rarely for its lookups to be worth bringing together. */
const SORTED_FROM = 2048

/** The column with the most buckets among those with one id a row. */
function largestOf({ categorical }: EncodedData, positions: readonly number[]): number | null {
  const single = positions.filter((position) => categorical[position]!.offsets === null)
  return single.sort((a, b) => categorical[b]!.buckets - categorical[a]!.buckets)[0] ?? null
}
