import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import { createSimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { labelMean, twoColumns } from '../../model/dotProductColumns'
import type { ResidentTrainable } from '../../model/trainable'
import { variableOf } from '../../model/variable'
import { createDotProductSide, type DotProductSide } from './dotProductSide'
import { createDotProductStep } from './dotProductStep'
import { createHeapBatch } from './heapBatch'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapTrainable, type HeapNetwork } from './heapTrainable'
import { createSampleSteps, sampleOptimizerOf } from './sampleSteps'

/**
 * The dot product of model/dotProduct.ts as a few SIMD kernels over one heap: the same variables, initial weights, batches and steps. null where the
 * experiment is another model. Throws a `ModelError` for a model that cannot be.
 */
export function createFusedDotProduct(encoded: EncodedData, experiment: Experiment): ResidentTrainable | null {
  const { model, optimizer: optimizerSpec, batchSize } = experiment
  const { label } = encoded
  if (model.type !== 'dotProduct' || label.task === 'multiclass' || label.outputs !== 1) return null
  const columns = twoColumns(experiment, model)
  const heap = createSimdHeap()
  const optimizer = createHeapOptimizer(heap, optimizerSpec)
  const sampleOptimizer = sampleOptimizerOf(encoded, experiment, columns)
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

  const network: HeapNetwork = {
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
  if (sampleOptimizer) {
    const settings = { l2: experiment.l2, biases: model.biases, optimizer: sampleOptimizer }
    network.stepEach = createSampleSteps(heap, batch, [user, item], globalBias.table, settings, optimizer)
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
