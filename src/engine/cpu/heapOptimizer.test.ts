import { expect, it } from 'vitest'
import kerasTraces from '../../../tests/goldens/keras-traces.json'
import golden from '../../../tests/goldens/tensorflow-feature-columns.json'
import { createSimdHeap, type SimdHeap } from '../../kernels/simd/simdHeap'
import { numbersOfRun, tracedRuns } from '../../model/optimizerTraces'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter, readRows } from './heapParameter'
import { createHeapRowIndex } from './heapRowIndex'

const { E0, K0, batches } = golden.train_trace

/** The embedding, the dense layer and the bias of the recorded model, their gradients by hand. */
it.each(tracedRuns(golden.train_trace, kerasTraces))(
  'takes the five recorded steps: $name',
  ({ optimizer: spec, expected, tolerance, leftOut }) => {
    const losses: number[] = []
    const heap = createSimdHeap()
    const optimizer = createHeapOptimizer(heap, spec)
    const E = createHeapParameter(heap, Float32Array.from(E0.flat()), 2, optimizer.slots)
    const K = createHeapParameter(heap, Float32Array.from(K0.flat()), 1, optimizer.slots)
    const b = createHeapParameter(heap, new Float32Array(1), 1, optimizer.slots)
    const index = createHeapRowIndex(heap, 5, 'm', 2)
    const [dE, dK, db, ids] = [heap.allocate(8), heap.allocate(2), heap.allocate(1), heap.allocate(2)]
    for (const [looked, labels] of batches as [number[], number[]][]) {
      heap.integers(ids).set(looked)
      index.touch({ ids: ids.pointer, offsets: 0, count: 2 })
      const rows = [...heap.integers({ pointer: index.rows, length: index.touched })]
      const { loss, gradients } = gradientsOf(read(heap, E), read(heap, K), read(heap, b), looked, labels, rows)
      losses.push(loss)
      heap.floats(dE).set(gradients.E)
      heap.floats(dK).set(gradients.K)
      heap.floats(db).set(gradients.b)
      optimizer.beginStep()
      optimizer.updateRows(E, index, dE.pointer)
      optimizer.updateAll(K, dK.pointer)
      optimizer.updateAll(b, db.pointer)
    }
    const rowsOf = (parameter: HeapParameter) => {
      const values = [...read(heap, parameter)]
      return Array.from({ length: parameter.rows }, (_, row) =>
        values.slice(row * parameter.dimension, (row + 1) * parameter.dimension),
      )
    }
    const ours = { losses, E: rowsOf(E), K: rowsOf(K), b: rowsOf(b).flat() }
    expectWithin(numbersOfRun(ours, leftOut), numbersOfRun(expected, leftOut), tolerance)
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

function expectWithin(actual: number[], expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value))).toBeLessThan(tolerance)
  }
}
