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

  it.each(sizes)('of %i rows plus a bias', (rows) => {
    for (const columns of widths) {
      const heap = createTestHeap()
      const [x, bias] = [normals(rows * columns, 1), normals(columns, 2)]
      const [xBlock, biasBlock] = [heap.floats(x), heap.floats(bias)]
      heap.kernels.addBias(xBlock.pointer, biasBlock.pointer, rows, columns, activationCodes[name])
      const expected = x.map((value, i) => of(Math.fround(value + bias[i % columns]!)))
      expectClose(xBlock.floats(), expected, 0)
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
  const bias = heap.floats(new Float32Array(4))
  heap.kernels.addBias(block.pointer, bias.pointer, x.length / 4, 4, activationCodes.tanh)
  const actual = block.floats()
  for (const [i, value] of x.entries())
    expect(Math.abs(actual[i]! - Math.tanh(value))).toBeLessThanOrEqual(4e-7 * Math.abs(Math.tanh(value)))
})

it('lets what is no number through', () => {
  const heap = createTestHeap()
  const block = heap.floats(new Float32Array(4).fill(Number.NaN))
  const bias = heap.floats(new Float32Array(4))
  for (const activation of Object.values(activationCodes)) {
    heap.kernels.addBias(block.pointer, bias.pointer, 1, 4, activation)
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
