import { describe, expect, it } from 'vitest'
import { expectClose } from '../expectClose'
import { activationCodes } from './networkKernels'
import { createTestHeap, normals, sizes } from './testHeap'

const widths = [1, 4, 64]
const activations = {
  none: { of: (x: number) => x, slope: () => 1 },
  relu: { of: (x: number) => Math.max(0, x), slope: (y: number) => (y > 0 ? 1 : 0) },
  tanh: { of: Math.tanh, slope: (y: number) => 1 - y * y },
}

describe.each(['none', 'relu', 'tanh'] as const)('%s', (name) => {
  const { of, slope } = activations[name]

  it.each(sizes)('of %i numbers plus a bias, or none', (count) => {
    const x = normals(count, 1)
    for (const bias of [Math.fround(0.3), null]) {
      const heap = createTestHeap()
      const block = heap.floats(x)
      const added = bias === null ? 0 : heap.floats([bias]).pointer
      heap.kernels.activate(block.pointer, added, count, activationCodes[name])
      expectClose(
        block.floats(),
        x.map((value) => of(Math.fround(value + (bias ?? 0)))),
        0,
      )
    }
  })

  it.each(sizes)('backwards over %i numbers', (count) => {
    const heap = createTestHeap()
    const [y, dY] = [normals(count, 1).map(Math.tanh), normals(count, 2)]
    const [yBlock, dYBlock] = [heap.floats(y), heap.floats(dY)]
    heap.kernels.activationGradient(yBlock.pointer, dYBlock.pointer, count, activationCodes[name])
    const expected = dY.map((value, i) => value * slope(y[i]!))
    expectClose(dYBlock.floats(), expected, 1e-7)
  })
})

it('has a tanh of 7 digits everywhere', () => {
  const heap = createTestHeap()
  const x = Float32Array.from({ length: 40_000 }, (_, i) => (i - 20_000) / 1_500)
  x.set([1e-30, -1e-8, 88, -1e30, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])
  const block = heap.floats(x)
  heap.kernels.activate(block.pointer, 0, x.length, activationCodes.tanh)
  const actual = block.floats()
  for (const [i, value] of x.entries())
    expect(Math.abs(actual[i]! - Math.tanh(value))).toBeLessThanOrEqual(4e-7 * Math.abs(Math.tanh(value)))
})

it('lets what is no number through', () => {
  const heap = createTestHeap()
  const block = heap.floats(new Float32Array(4).fill(Number.NaN))
  for (const activation of Object.values(activationCodes)) {
    heap.kernels.activate(block.pointer, 0, 4, activation)
    expect([...block.floats()]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  }
})

it.each(sizes)('adds %i rows to the sums of their columns', (rows) => {
  for (const columns of widths) {
    const heap = createTestHeap()
    const [x, sums] = [normals(rows * columns, 1), normals(columns, 2)]
    const [xBlock, sumsBlock] = [heap.floats(x), heap.floats(sums)]
    heap.kernels.columnSums(xBlock.pointer, sumsBlock.pointer, rows, columns)
    const expected = Float64Array.from(sums)
    for (const [i, value] of x.entries()) expected[i % columns]! += value
    expectClose(sumsBlock.floats(), expected, 1e-5)
  }
})

it.each(sizes)('begins the gradient of %i weights', (count) => {
  const heap = createTestHeap()
  const weights = normals(count)
  const gradient = heap.floats(new Float32Array(count).fill(9))
  const { pointer } = heap.floats(weights)
  heap.kernels.startGradient(pointer, count, 0.25, gradient.pointer)
  expect(gradient.floats()).toEqual(weights.map((weight) => 0.25 * weight))
  heap.kernels.startGradient(pointer, count, 0, gradient.pointer)
  expect(gradient.floats()).toEqual(new Float32Array(count))
})

it('copies rows into columns of a matrix', () => {
  const heap = createTestHeap()
  const target = heap.floats(new Float32Array(8).fill(9))
  heap.kernels.copyColumns(heap.floats([1, 2, 3, 4]).pointer, 2, target.pointer + 4, 4, 2)
  expect([...target.floats()]).toEqual([9, 1, 2, 9, 9, 3, 4, 9])
})
