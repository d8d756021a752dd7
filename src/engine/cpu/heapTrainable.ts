import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { checkRowNumbers } from '../../model/checkRowNumbers'
import type { ResidentTrainable } from '../../model/trainable'
import type { Variable } from '../../model/variable'
import type { BlockSteps } from './blockSteps'
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
  /** In place of `step`, where it has a way of its own to take a step on each row of an epoch, one after the other. */
  readonly each?: BlockSteps
  /** Outputs [B × outputs] of the batch, `stride` floats from an example to the next. Valid until the next call. */
  predict(): { pointer: number; stride: number }
}

/** Rows that are predicted at a time: what lies in the heap for them stays in the cache. */
const PREDICTED_ROWS = 4096
/** Numbers moved, about, by the steps of one row each that are taken in one go: a few milliseconds of work. */
const NUMBERS_AT_ONCE = 2 ** 20

/** Training, prediction, saving and bookkeeping around a network in a heap. */
export function createHeapTrainable(
  heap: SimdHeap,
  { label, trainRows, rowCount }: EncodedData,
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
      if (position + (steps - 1) * batchSize >= trainRows.length) {
        throw new RangeError(`Epoch ${epoch} has ${trainRows.length} rows: none is left for a step.`)
      }
      if (network.each) return lossMeter.add(network.each.train({ epoch, position }, steps), steps)
      for (let i = 0; i < steps; i++, position += batchSize) {
        batch.draw({ epoch, position }, Math.min(batchSize, trainRows.length - position))
        step()
      }
    },
    ...(network.each && {
      threads: network.each.threads,
      stepsAtOnce: () => Math.ceil(NUMBERS_AT_ONCE / Math.max(...tables.map(({ dimension }) => dimension))),
    }),
    takeTrainLoss: async () => lossMeter.take(),
    ...createPredictor(heap, label, rowCount, batch, network),
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
    dispose: () => network.each?.close(),
  }
}

function createPredictor(
  heap: SimdHeap,
  { outputs: width }: EncodedData['label'],
  rowCount: number,
  batch: HeapBatch,
  network: HeapNetwork,
): Pick<ResidentTrainable, 'predict' | 'predictRows'> {
  function predictInto(target: Float32Array, firstExample: number): void {
    const { pointer, stride } = network.predict()
    const outputs = heap.floats({ pointer, length: batch.size * stride })
    if (stride === width) {
      target.set(outputs, firstExample * width)
      return
    }
    for (let i = 0; i < batch.size; i++) {
      for (let o = 0; o < width; o++) target[(firstExample + i) * width + o] = outputs[i * stride + o]!
    }
  }

  return {
    async predict(given) {
      const outputs = new Float32Array(given.size * width)
      if (given.size === 0) return outputs
      batch.load(given)
      predictInto(outputs, 0)
      return outputs
    },
    async predictRows(rows) {
      checkRowNumbers(rows, rowCount)
      const outputs = new Float32Array(rows.length * width)
      for (let from = 0; from < rows.length; from += PREDICTED_ROWS) {
        batch.gather(rows.subarray(from, from + PREDICTED_ROWS))
        predictInto(outputs, from)
      }
      return outputs
    },
  }
}

function numbersOf(dimension: number, slots: readonly { dimension: number }[]): number {
  return slots.reduce((sum, slot) => sum + slot.dimension, dimension)
}
