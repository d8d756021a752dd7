import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { ResidentTrainable } from '../../model/trainable'
import type { Variable } from '../../model/variable'
import type { HeapBatch } from './heapBatch'
import { restoreHeap, saveHeap } from './heapCheckpoint'
import type { HeapOptimizer } from './heapOptimizer'
import { type HeapParameter, readRows } from './heapParameter'
import { createLossMeter } from './lossMeter'

/** What a model computes in a heap, without saving and bookkeeping. */
export interface HeapNetwork {
  readonly tables: ResidentTrainable['tables']
  readonly variables: readonly Variable<HeapParameter>[]
  /** Forward, backward and update on the batch in the heap; the optimizer's step has begun when the ids are known to be rows. Returns Σ of the loss. */
  step(): number
  /** Where it has a way of its own to take a step on each row of the batch, one after the other; returns Σ of the loss. */
  stepEach?(): number
  /** Outputs [B × outputs] of the batch, `stride` floats from an example to the next. Valid until the next call. */
  predict(): { pointer: number; stride: number }
}

/** Rows that are predicted at a time: what lies in the heap for them stays in the cache. */
const PREDICTED_ROWS = 4096
/** Likewise, that are drawn for steps of one row each. */
const ROWS_STEPPED = 1024

/** Training, prediction, saving and bookkeeping around a network in a heap. */
export function createHeapTrainable(
  heap: SimdHeap,
  { label, trainRows }: EncodedData,
  { batchSize }: Experiment,
  batch: HeapBatch,
  optimizer: HeapOptimizer,
  network: HeapNetwork,
): ResidentTrainable {
  const { tables, variables } = network
  // Not the parameters: those may have rows that belong to no variable.
  const pieces = variables.flatMap((variable) => variable.pieces)
  const lossMeter = createLossMeter()

  function step(): void {
    lossMeter.add(network.step(), batch.size)
  }

  function predictInto(target: Float32Array, firstExample: number): void {
    const { pointer, stride } = network.predict()
    const outputs = heap.floats({ pointer, length: batch.size * stride })
    for (let i = 0; i < batch.size; i++) {
      for (let o = 0; o < label.outputs; o++) target[(firstExample + i) * label.outputs + o] = outputs[i * stride + o]!
    }
  }

  return {
    tables,
    parameters: pieces.reduce(
      (sum, { parameter: { trainable, dimension }, rows }) => sum + (trainable ? rows * dimension : 0),
      0,
    ),
    bytes:
      4 *
      pieces.reduce((sum, { parameter: { dimension, slots }, rows }) => sum + rows * numbersOf(dimension, slots), 0),
    trainStep(given: SparseBatch) {
      if (given.size === 0) return
      batch.load(given)
      step()
    },
    trainSteps({ epoch, position }, steps) {
      for (let left = steps; left > 0; ) {
        const rows = network.stepEach ? Math.min(left, ROWS_STEPPED) : batchSize
        const size = Math.min(rows, trainRows.length - position)
        if (size <= 0) throw new RangeError(`Epoch ${epoch} has ${trainRows.length} rows: none is left for a step.`)
        batch.draw({ epoch, position }, size)
        if (network.stepEach) lossMeter.add(network.stepEach(), size)
        else step()
        position += size
        left -= network.stepEach ? size : 1
      }
    },
    takeTrainLoss: async () => lossMeter.take(),
    async predict(given) {
      const outputs = new Float32Array(given.size * label.outputs)
      if (given.size === 0) return outputs
      batch.load(given)
      predictInto(outputs, 0)
      return outputs
    },
    async predictRows(rows) {
      const outputs = new Float32Array(rows.length * label.outputs)
      for (let from = 0; from < rows.length; from += PREDICTED_ROWS) {
        batch.gather(rows.subarray(from, from + PREDICTED_ROWS))
        predictInto(outputs, from)
      }
      return outputs
    },
    async readTable(name, target) {
      const variable = variables.find((candidate) => candidate.name === name)
      if (!variable) throw new Error(`The model has no table called ${name}.`)
      readRows(heap, variable.pieces[0]!.parameter, null, target)
    },
    setLearningRate(learningRate) {
      optimizer.learningRate = learningRate
    },
    save: () => saveHeap(heap, variables, optimizer),
    restore(checkpoint) {
      restoreHeap(heap, variables, optimizer, checkpoint)
      lossMeter.clear()
    },
    // The heap goes with the last reference to it.
    dispose() {},
  }
}

function numbersOf(dimension: number, slots: readonly { dimension: number }[]): number {
  return slots.reduce((sum, slot) => sum + slot.dimension, dimension)
}
