import { describe, expect, it } from 'vitest'
import { expectClose } from '../expectClose'
import { softmaxCrossEntropyReference } from '../softmaxCrossEntropy.reference'
import { createTestHeap, normals, sizes } from './testHeap'

const scale = Math.fround(0.01)

function expectSum(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(3e-7 * Math.abs(expected))
}

it.each(sizes)('squared error of %i numbers', (count) => {
  const heap = createTestHeap()
  const [outputs, labels] = [normals(count, 1), normals(count, 2)]
  const dOutputs = heap.floats(new Float32Array(count))
  const { pointer } = heap.floats(outputs)
  const sum = heap.kernels.squaredError(pointer, heap.floats(labels).pointer, dOutputs.pointer, count, scale)
  const errors = Array.from(outputs, (output, i) => output - labels[i]!)
  expectSum(
    sum,
    errors.reduce((total, error) => total + error * error, 0),
  )
  expectClose(
    dOutputs.floats(),
    errors.map((error) => 2 * scale * error),
    1e-9,
  )
})

it.each(sizes)('sigmoid cross-entropy of %i logits, of any size', (count) => {
  const heap = createTestHeap()
  const logits = normals(count, 1).map((x, i) => x * 10 ** ((i % 7) - 3))
  const labels = Float32Array.from({ length: count }, (_, i) => (i * 5) % 2)
  const dLogits = heap.floats(new Float32Array(count))
  const { pointer } = heap.floats(logits)
  const sum = heap.kernels.sigmoidCrossEntropy(pointer, heap.floats(labels).pointer, dLogits.pointer, count, scale)
  let expected = 0
  const gradient = Array.from(logits, (x, i) => {
    expected += Math.max(x, 0) - x * labels[i]! + Math.log1p(Math.exp(-Math.abs(x)))
    return scale * (1 / (1 + Math.exp(-x)) - labels[i]!)
  })
  expectSum(sum, expected)
  expectClose(dLogits.floats(), gradient, 2e-9)
})

describe.each([1, 2, 3, 4, 63, 64, 65])('softmax cross-entropy over %i classes', (classes) => {
  it.each(sizes)('of %i rows', (rows) => {
    const heap = createTestHeap()
    const columns = Math.ceil(classes / 4) * 4
    const pad = (values: Float32Array) =>
      Float32Array.from({ length: rows * columns }, (_, i) =>
        i % columns < classes ? values[Math.floor(i / columns) * classes + (i % columns)]! : 0,
      )
    const logits = normals(rows * classes, 1).map((x, i) => x * (i % 3 === 0 ? 40 : 1))
    const counts = normals(rows * classes, 2).map((x) => Math.max(0, Math.round(2 * x)))
    const gradient = heap.floats(pad(counts))
    const { pointer } = heap.floats(pad(logits))
    const sum = heap.kernels.softmaxCrossEntropy(pointer, gradient.pointer, rows, classes, columns, scale)
    let total = 0
    const expected = new Float64Array(rows * columns)
    for (let g = 0; g < rows; g++) {
      const of = (values: Float32Array) => [...values.subarray(g * classes, (g + 1) * classes)]
      const { loss, dLogits } = softmaxCrossEntropyReference(of(logits), of(counts))
      total += loss
      expected.set(
        dLogits.map((value) => scale * value),
        g * columns,
      )
    }
    expectSum(sum, total)
    expectClose(gradient.floats(), expected, 1e-8)
  })
})

it('does not hide what is no number', () => {
  const heap = createTestHeap()
  const bad = heap.floats(new Float32Array(8).fill(Number.NaN))
  const fine = heap.floats(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0))
  const out = heap.floats(new Float32Array(8))
  expect(heap.kernels.squaredError(bad.pointer, fine.pointer, out.pointer, 8, 1)).toBeNaN()
  expect(heap.kernels.sigmoidCrossEntropy(bad.pointer, fine.pointer, out.pointer, 8, 1)).toBeNaN()
  expect(heap.kernels.softmaxCrossEntropy(bad.pointer, fine.pointer, 2, 4, 4, 1)).toBeNaN()
})
