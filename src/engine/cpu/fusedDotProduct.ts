import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { createSimdHeap } from '../../kernels/simd/simdHeap'
import { labelMean, twoColumns } from '../../model/dotProduct'
import { categoricalPosition } from '../../model/embedding'
import type { ResidentTrainable } from '../../model/trainable'
import { variableOf } from '../../model/variable'
import { createDotProductSide, type DotProductSide, TILE } from './dotProductSide'
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
  const { model, optimizer: optimizerSpec } = experiment
  const { label } = encoded
  if (model.type !== 'dotProduct' || label.task === 'multiclass' || label.outputs !== 1) return null
  const columns = twoColumns(experiment, model)
  const heap = createSimdHeap()
  const optimizer = createHeapOptimizer(heap, optimizerSpec)
  const sampleOptimizer = sampleOptimizerOf(encoded, experiment, columns)
  const batch = createHeapBatch(heap, encoded, experiment, 1)
  const sides = columns.map((column) => {
    const lookups = batch.lookups[categoricalPosition(encoded, column.categorical)]!
    return createDotProductSide(heap, encoded, experiment, column, model.biases, lookups, optimizer, sampleOptimizer)
  })
  const [user, item] = sides as [DotProductSide, DotProductSide]
  const globalBias = createHeapParameter(heap, Float32Array.of(labelMean(encoded)), 1, [], { trainable: false })
  const outputs = createHeapRoom(heap, experiment.batchSize)
  const tile = heap.allocate(2 * TILE).pointer
  const taskCode = label.task === 'regression' ? 0 : 1

  const network: HeapNetwork = {
    tables: sides.map(({ table }) => table),
    variables: [
      ...sides.map(({ variables }) => variables.table),
      ...sides.flatMap(({ variables }) => variables.bias ?? []),
      variableOf('global_bias', globalBias, [1]),
    ],
    step() {
      const { size, labels } = batch
      for (const side of sides) side.lookUp()
      for (const side of sides) side.startGradient((2 * experiment.l2) / size, size)
      optimizer.beginStep()
      const loss = heap.kernels.dotProductGradients(
        user.pointer,
        item.pointer,
        labels,
        size,
        user.width,
        taskCode,
        globalBias.table,
        tile,
        tile + 4 * TILE,
      )
      for (const side of sides) side.update()
      return loss
    },
    predict() {
      for (const side of sides) side.lookUp()
      const pointer = outputs.atLeast(batch.size)
      heap.kernels.dotProducts(user.pointer, item.pointer, batch.size, user.width, globalBias.table, pointer)
      return { pointer, stride: 1 }
    },
  }
  if (sampleOptimizer) {
    const { l2 } = experiment
    const step = { l2, biases: model.biases, optimizer: sampleOptimizer }
    network.stepEach = createSampleSteps(heap, batch, [user, item], globalBias.table, step, optimizer)
  }
  return createHeapTrainable(heap, encoded, experiment, batch, optimizer, network)
}
