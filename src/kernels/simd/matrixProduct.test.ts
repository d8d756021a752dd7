import { describe, expect, it } from 'vitest'
import { expectClose } from '../expectClose'
import { activationCodes, type MatrixProduct } from './networkKernels'
import { createTestHeap, normals, sizes } from './testHeap'

type Name = 'matrixProduct' | 'matrixProductTransposeA' | 'matrixProductTransposeB'

/** Row-major, `stride` floats a row; what lies between the rows must stay as it is. */
function matrix(rows: number, columns: number, stride: number, seed: number): Float32Array {
  const values = normals(rows * columns, seed)
  const padded = new Float32Array(rows * stride).fill(-1)
  for (let i = 0; i < rows; i++) padded.set(values.subarray(i * columns, (i + 1) * columns), i * stride)
  return padded
}

interface Shape {
  rows: number
  inner: number
  columns: number
  gap: number
}

function run(name: Name, { rows, inner, columns, gap }: Shape, alpha: number, add: 0 | 1) {
  const heap = createTestHeap()
  const [aRows, aColumns] = name === 'matrixProductTransposeA' ? [inner, rows] : [rows, inner]
  const [bRows, bColumns] = name === 'matrixProductTransposeB' ? [columns, inner] : [inner, columns]
  const strides = [aColumns + gap, bColumns + gap, columns + gap] as const
  const a = matrix(aRows, aColumns, strides[0], 1)
  const b = matrix(bRows, bColumns, strides[1], 2)
  const c = matrix(rows, columns, strides[2], 3)
  const [aBlock, bBlock, cBlock] = [heap.floats(a), heap.floats(b), heap.floats(c)]
  const product: MatrixProduct = heap.kernels[name]
  product(aBlock.pointer, bBlock.pointer, cBlock.pointer, rows, inner, columns, ...strides, alpha, add)
  const expected = Float64Array.from(c)
  let largest = 1
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) {
        const x = a[name === 'matrixProductTransposeA' ? k * strides[0] + i : i * strides[0] + k]!
        sum += x * b[name === 'matrixProductTransposeB' ? j * strides[1] + k : k * strides[1] + j]!
      }
      const at = i * strides[2] + j
      expected[at] = alpha * sum + (add ? expected[at]! : 0)
      largest = Math.max(largest, Math.abs(expected[at]!))
    }
  return { actual: cBlock.floats(), expected, largest }
}

describe.each(['matrixProduct', 'matrixProductTransposeA', 'matrixProductTransposeB'] as const)('%s', (name) => {
  it.each(sizes)('with %i rows, and every size of the rest', (rows) => {
    for (const inner of sizes)
      for (const columns of [...sizes, 2, 3, 4, 7, 12]) {
        const { actual, expected, largest } = run(name, { rows, inner, columns, gap: 0 }, 1, 0)
        expectClose(actual, expected, 1e-6 * largest)
      }
  })

  it.each([1, 2, 3, 4, 5, 6, 7])('with %i rows, strides, alpha and adding', (rows) => {
    for (const inner of [1, 5, 9])
      for (const columns of [1, 3, 4, 8, 11, 13]) {
        const { actual, expected } = run(name, { rows, inner, columns, gap: 3 }, -0.5, 1)
        expectClose(actual, expected)
      }
  })

  it('gives a row the same bits wherever it stands', () => {
    const of = (rows: number) => [...run(name, { rows, inner: 37, columns: 13, gap: 0 }, 1, 0).actual.subarray(0, 13)]
    if (name !== 'matrixProductTransposeA') expect(of(1)).toEqual(of(64))
  })
})

describe.each([1, 4, 33])('a layer of %i inputs', (inner) => {
  it.each(sizes)('forwards over %i rows', (rows) => {
    for (const columns of [4, 8, 12, 36])
      for (const [relu, add] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        const heap = createTestHeap()
        const stride = inner + 3
        const [x, kernel] = [matrix(rows, inner, stride, 1), normals(inner * columns, 2)]
        const [bias, before] = [normals(columns, 3), normals(rows * columns, 4)]
        const out = heap.floats(before)
        const pointers = [x, kernel, bias].map((values) => heap.floats(values).pointer) as [number, number, number]
        heap.kernels.layerForward(...pointers, out.pointer, rows, inner, columns, stride, relu, add)
        const expected = Float64Array.from(before, (value, at) => {
          const [i, j] = [Math.floor(at / columns), at % columns]
          let sum = bias[j]! + (add ? value : 0)
          for (let k = 0; k < inner; k++) sum += x[i * stride + k]! * kernel[k * columns + j]!
          return relu ? Math.max(0, sum) : sum
        })
        expectClose(out.floats(), expected, 5e-6)
      }
  })

  it.each(sizes)('backwards over %i rows', (rows) => {
    for (const columns of [4, 8, 12, 36])
      for (const activation of ['none', 'relu', 'tanh'] as const) {
        const heap = createTestHeap()
        const [dOut, turned] = [normals(rows * inner, 1), normals(inner * columns, 2)]
        const x = normals(rows * columns, 3)
        const dX = heap.floats(new Float32Array(x.length))
        const pointers = [dOut, turned, x].map((values) => heap.floats(values).pointer) as [number, number, number]
        heap.kernels.layerBackward(...pointers, dX.pointer, rows, inner, columns, activationCodes[activation])
        const slopes = { none: () => 1, relu: (y: number) => (y > 0 ? 1 : 0), tanh: (y: number) => 1 - y * y }
        const expected = Float64Array.from(x, (value, at) => {
          const [i, j] = [Math.floor(at / columns), at % columns]
          let sum = 0
          for (let k = 0; k < inner; k++) sum += dOut[i * inner + k]! * turned[k * columns + j]!
          return sum * slopes[activation](value)
        })
        expectClose(dX.floats(), expected, 2e-5)
      }
  })
})

it('transposes', () => {
  const heap = createTestHeap()
  const source = heap.floats([1, 2, 3, 9, 4, 5, 6, 9])
  const target = heap.floats(new Float32Array(12))
  heap.kernels.transpose(source.pointer, target.pointer, 2, 3, 4, 4)
  expect([...target.floats()]).toEqual([1, 4, 0, 0, 2, 5, 0, 0, 3, 6, 0, 0])
})
