import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment, ModelSpec } from '../../experiment/experiment'
import { networkOf } from '../../experiment/watchList'
import { createSimdHeap, type SimdHeap } from '../../kernels/simd/simdHeap'
import { initialKernel } from '../../model/initialize'
import type { ResidentTrainable } from '../../model/trainable'
import { type Variable, variableOf } from '../../model/variable'
import { createHeapBatch } from './heapBatch'
import { createHeapDense, type HeapDense } from './heapDense'
import { createHeapGroups, groupingPays, type HeapInputs, ungrouped } from './heapGroups'
import { createHeapInputLayer, type HeapInputLayer } from './heapInputLayer'
import { createHeapLoss, labelStride } from './heapLoss'
import { createHeapOptimizer, type HeapOptimizer } from './heapOptimizer'
import type { HeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapTrainable } from './heapTrainable'

type TabularSpec = Extract<ModelSpec, { type: 'tabular' }>

/** Rows of a batch that go through the network, forwards and backwards, while their numbers are in the cache. */
const PIECE = 128

/**
 * The tabular network of model/tabular.ts in a heap of its own: dense columns → hidden layers → linear head, forwards, backwards and updated by
 * SIMD kernels: the same variables, initial weights, batches and steps. A batch goes through in pieces, whose gradients are added up in
 * order, so the same experiment gives the same bits. null where the experiment is another model. Throws a `ModelError` for columns that cannot be, and a
 * RangeError for models of more than 4 GiB.
 */
export function createFusedTabular(encoded: EncodedData, experiment: Experiment): ResidentTrainable | null {
  const { model, batchSize, optimizer: optimizerSpec, l2 } = experiment
  if (model.type === 'dotProduct') return null
  const heap = createSimdHeap()
  const { kernels } = heap
  const optimizer = createHeapOptimizer(heap, optimizerSpec)
  const batch = createHeapBatch(heap, encoded, experiment, labelStride(encoded.label))
  const { first, rest, variables } = createLayers(heap, encoded, experiment, networkOf(model), optimizer)
  const head = rest.at(-1) ?? first.dense
  const width = head.outputs.stride
  const lossOf = createHeapLoss(kernels, encoded.label)
  const group = groupingPays(encoded, batchSize) ? createHeapGroups(heap, encoded.categorical.length, batchSize) : null
  const predictions = createHeapRoom(heap, 0)
  const before = (layer: number) => (layer === 0 ? first.dense : rest[layer - 1]!)

  function forward(inputs: HeapInputs, from: number, rows: number): void {
    first.forward(batch, inputs, from, rows)
    for (let i = 0; i < rest.length; i++) {
      rest[i]!.forward(before(i).outputs, rows, 0)
    }
  }

  function backward(inputs: HeapInputs, from: number, rows: number): void {
    for (let i = rest.length - 1; i >= 0; i--) {
      rest[i]!.backward(before(i).outputs, rows)
      rest[i]!.dLayer(before(i), rows)
    }
    first.backward(inputs, from, rows)
  }

  const trainable = createHeapTrainable(heap, encoded, experiment, batch, optimizer, {
    tables: first.tables,
    variables,
    step() {
      const inputs = group ? group(batch) : ungrouped(batch)
      first.touch(inputs)
      first.beginStep(inputs, (2 * l2) / batch.size, 2 * l2)
      for (const layer of rest) layer.beginStep(2 * l2)
      let total = 0
      for (let from = 0; from < inputs.rows; from += PIECE) {
        const rows = Math.min(PIECE, inputs.rows - from)
        forward(inputs, from, rows)
        total += lossOf(head, batch, inputs, from, rows)
        backward(inputs, from, rows)
      }
      optimizer.beginStep()
      first.update(optimizer)
      for (const layer of rest) layer.update(optimizer)
      return total
    },
    predict() {
      const inputs = ungrouped(batch)
      first.touch(inputs)
      const pointer = predictions.atLeast(batch.size * width)
      for (let from = 0; from < batch.size; from += PIECE) {
        const rows = Math.min(PIECE, batch.size - from)
        forward(inputs, from, rows)
        kernels.copyColumns(head.outputs.pointer, width, pointer + 4 * from * width, width, rows)
      }
      return { pointer, stride: width }
    },
  })
  return {
    ...trainable,
    restore(checkpoint) {
      trainable.restore(checkpoint)
      first.resetGaps()
    },
  }
}

interface Layers {
  first: HeapInputLayer
  rest: HeapDense[]
  variables: Variable<HeapParameter>[]
}

function createLayers(
  heap: SimdHeap,
  encoded: EncodedData,
  experiment: Experiment,
  { hiddenUnits, activation }: TabularSpec,
  optimizer: HeapOptimizer,
): Layers {
  const layers = [...hiddenUnits, encoded.label.outputs].map((units, i) =>
    i < hiddenUnits.length
      ? { name: `hidden_${i}`, units, activation, piece: PIECE }
      : { name: 'head', units, activation: 'none' as const, piece: PIECE },
  )
  const first = createHeapInputLayer(heap, encoded, experiment, layers[0]!.name, layers[0]!, optimizer)
  const rest = layers.slice(1).map((layer, i) => {
    const dInputs = layers[i]!.units
    const values = initialKernel(experiment.seed, `${layer.name}/kernel`, dInputs, layer.units)
    return createHeapDense(heap, values, { ...layer, dInputs }, optimizer)
  })
  const variables = rest.flatMap(({ kernel, bias }, i) => {
    const { name, units } = layers[i + 1]!
    return [variableOf(`${name}/kernel`, kernel!), variableOf(`${name}/bias`, bias, [units])]
  })
  return { first, rest, variables: [...first.variables, ...variables] }
}
