import { rowsInBlocks } from '../../columns/blockOrder'
import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import { createSimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { labelMean, twoColumns } from '../../model/dotProductColumns'
import { blockOrderOf } from '../../model/rowDrawer'
import type { ResidentTrainable } from '../../model/trainable'
import { variableOf } from '../../model/variable'
import { createBlockSteps, sampleOptimizerOf } from './blockSteps'
import { createDotProductSide, type DotProductSide } from './dotProductSide'
import { createDotProductStep } from './dotProductStep'
import { createHeapBatch } from './heapBatch'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapTrainable, type HeapNetwork } from './heapTrainable'
import { type Threads, threadsHere } from './sampleThreads'

/**
 * The dot product of model/dotProduct.ts as a few SIMD kernels over one heap: the same variables, initial weights, batches and steps. null where the
 * experiment is another model. Throws a `ModelError` for a model that cannot be.
 */
export function createFusedDotProduct(
  encoded: EncodedData,
  experiment: Experiment,
  threads: Threads = threadsHere(),
): ResidentTrainable | null {
  const { model, optimizer: optimizerSpec, batchSize } = experiment
  const { label } = encoded
  if (model.type !== 'dotProduct' || label.task === 'multiclass' || label.outputs !== 1) return null
  const columns = twoColumns(experiment, model)
  const order = blockOrderOf(encoded, experiment)
  const sampleOptimizer = order && sampleOptimizerOf(encoded, experiment, columns)
  const heap = createSimdHeap({ shared: sampleOptimizer !== null && threads.extra > 0 })
  const optimizer = createHeapOptimizer(heap, optimizerSpec)
  const positions = columns.map((column) => categoricalPosition(encoded, column.categorical))
  const batch = createHeapBatch(
    heap,
    encoded,
    experiment,
    1,
    batchSize < SORTED_FROM ? null : largestOf(encoded, positions),
    order && rowsInBlocks(order, experiment.seed),
  )
  const sides = columns.map((column, side) => {
    const lookups = batch.lookups[positions[side]!]!
    return createDotProductSide(heap, encoded, experiment, column, model.biases, lookups, optimizer, sampleOptimizer)
  })
  const [user, item] = sides as [DotProductSide, DotProductSide]
  const globalBias = createHeapParameter(heap, Float32Array.of(labelMean(encoded)), 1, [], { trainable: false })
  const outputs = createHeapRoom(heap, batchSize)
  const step = createDotProductStep(heap, batch, [user, item], optimizer, {
    l2: experiment.l2,
    isLogLoss: label.task !== 'regression',
    globalBias: globalBias.table,
    everyRow: optimizerRule(optimizerSpec).everyRow,
  })

  const addressed = ({ parameter }: DotProductSide, side: number) => ({
    parameter,
    ids: encoded.categorical[positions[side]!]!.ids,
  })
  const each =
    order &&
    sampleOptimizer &&
    createBlockSteps(
      heap,
      encoded,
      order,
      [addressed(user, 0), addressed(item, 1)],
      globalBias.table,
      optimizer,
      threads,
      {
        l2: experiment.l2,
        biases: model.biases,
        seed: experiment.seed,
        optimizer: sampleOptimizer,
      },
    )
  const network: HeapNetwork = {
    ...(each && { each }),
    tables: sides.map(({ table }) => table),
    variables: [
      ...sides.map(({ variables }) => variables.table),
      ...sides.flatMap(({ variables }) => variables.bias ?? []),
      variableOf('global_bias', globalBias, [1]),
    ],
    step,
    predict() {
      for (const side of sides) side.lookUp()
      const pointer = outputs.atLeast(batch.size)
      heap.kernels.dotProducts(user.pointer, item.pointer, batch.size, user.width, globalBias.table, pointer)
      return { pointer, stride: 1 }
    },
  }
  return createHeapTrainable(heap, encoded, experiment, batch, optimizer, network)
}

/** Smaller batches look a row up too rarely for its lookups to be worth bringing together. */
const SORTED_FROM = 2048

/** The column with the most buckets among those with one id a row. */
function largestOf({ categorical }: EncodedData, positions: readonly number[]): number | null {
  const single = positions.filter((position) => categorical[position]!.offsets === null)
  return single.sort((a, b) => categorical[b]!.buckets - categorical[a]!.buckets)[0] ?? null
}
