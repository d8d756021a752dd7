import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { OptimizerSpec } from '../../experiment/experiment'
import { createSimdHeap, type SimdHeap } from '../../kernels/simd/simdHeap'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter, readRows } from './heapParameter'
import { createHeapRowIndex } from './heapRowIndex'

/** Five steps of TensorFlow 1 on an embedding E of 5 rows, dimension 2, under a dense layer K, b; squared error. */
const numbers = z.array(z.number())
const matrix = z.array(numbers)
const run = z.object({ losses: numbers, E: matrix, K: matrix, b: numbers })
const { E0, K0, batches, runs } = z
  .object({
    train_trace: z.object({
      E0: matrix,
      K0: matrix,
      batches: z.array(z.tuple([numbers, numbers])),
      runs: z.object({ SGD: run, Momentum: run, Adagrad: run, RMSProp: run, Adam: run, Ftrl: run }),
    }),
  })
  .parse(JSON.parse(readFileSync('tests/goldens/tensorflow-feature-columns.json', 'utf8'))).train_trace

const traced: { optimizer: OptimizerSpec; run: keyof typeof runs; tolerance: number }[] = [
  { optimizer: { type: 'sgd', learningRate: 0.1 }, run: 'SGD', tolerance: 1e-6 },
  { optimizer: { type: 'momentum', learningRate: 0.1 }, run: 'Momentum', tolerance: 1e-6 },
  { optimizer: { type: 'adagrad', learningRate: 0.1 }, run: 'Adagrad', tolerance: 1e-6 },
  { optimizer: { type: 'rmsprop', learningRate: 0.01 }, run: 'RMSProp', tolerance: 1e-5 },
  { optimizer: { type: 'adamAllRows', learningRate: 0.01 }, run: 'Adam', tolerance: 1e-5 },
  { optimizer: { type: 'ftrl', learningRate: 0.1 }, run: 'Ftrl', tolerance: 1e-6 },
]

it.each(traced)(
  'takes the five steps that TensorFlow takes: $optimizer.type',
  ({ optimizer: spec, run, tolerance }) => {
    const heap = createSimdHeap()
    const optimizer = createHeapOptimizer(heap, spec)
    const E = createHeapParameter(heap, Float32Array.from(E0.flat()), 2, optimizer.slots)
    const K = createHeapParameter(heap, Float32Array.from(K0.flat()), 1, optimizer.slots)
    const b = createHeapParameter(heap, new Float32Array(1), 1, optimizer.slots)
    const index = createHeapRowIndex(heap, 5, 'm', 2)
    const [dE, dK, db, ids] = [heap.allocate(8), heap.allocate(2), heap.allocate(1), heap.allocate(2)]
    for (const [step, [looked, labels]] of batches.entries()) {
      heap.integers(ids).set(looked)
      index.touch({ ids: ids.pointer, offsets: 0, count: 2 })
      const rows = [...heap.integers({ pointer: index.rows, length: index.touched })]
      const { loss, gradients } = gradientsOf(read(heap, E), read(heap, K), read(heap, b), looked, labels, rows)
      expect(loss).toBeCloseTo(runs[run].losses[step]!, tolerance === 1e-6 ? 6 : 5)
      heap.floats(dE).set(gradients.E)
      heap.floats(dK).set(gradients.K)
      heap.floats(db).set(gradients.b)
      optimizer.beginStep()
      optimizer.updateRows(E, index, dE.pointer)
      optimizer.updateAll(K, dK.pointer)
      optimizer.updateAll(b, db.pointer)
    }
    expectWithin(read(heap, E), runs[run].E.flat(), tolerance)
    expectWithin(read(heap, K), runs[run].K.flat(), tolerance)
    expectWithin(read(heap, b), runs[run].b, tolerance)
  },
)

/** By hand; the gradient of E in rows of 4, those looked up in the order of `rows`. */
function gradientsOf(
  E: Float32Array,
  K: Float32Array,
  b: Float32Array,
  looked: number[],
  labels: number[],
  rows: number[],
) {
  const gradients = { E: new Float32Array(8), K: new Float32Array(2), b: new Float32Array(1) }
  let loss = 0
  for (const [i, id] of looked.entries()) {
    const error = E[2 * id]! * K[0]! + E[2 * id + 1]! * K[1]! + b[0]! - labels[i]!
    loss += error ** 2 / 2
    for (const d of [0, 1]) {
      gradients.E[4 * rows.indexOf(id) + d]! += error * K[d]!
      gradients.K[d]! += error * E[2 * id + d]!
    }
    gradients.b[0]! += error
  }
  return { loss, gradients }
}

function read(heap: SimdHeap, parameter: HeapParameter): Float32Array {
  const values = new Float32Array(parameter.rows * parameter.dimension)
  readRows(heap, parameter, null, values)
  return values
}

function expectWithin(actual: Float32Array, expected: number[], tolerance: number): void {
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance)
}
