import { describe, expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { adagradRowsReference } from '../adagradRows.reference'
import { adamAllRowsReference } from '../adamAllRows.reference'
import { ADAM } from '../adamRate'
import { adamRowsReference } from '../adamRows.reference'
import { ftrlRowsReference } from '../ftrlRows.reference'
import { momentumRowsReference } from '../momentumRows.reference'
import { rmspropRowsReference } from '../rmspropRows.reference'
import { rowAdagradRowsReference } from '../rowAdagradRows.reference'
import { sgdRowsReference } from '../sgdRows.reference'
import { velocityRowsReference } from '../velocityRows.reference'
import { type Block, createSimdHeap } from './simdHeap'
import type { SimdKernels } from './simdKernels'

const V = 80
const LEARNING_RATE = 0.1
/** Large enough to be missed; of Momentum, the gradient's share. */
const CONSTANT = 0.03

interface Step {
  table: Float32Array
  first: Float32Array
  second: Float32Array
  dim: number
  rows: Int32Array
  gradient: Float32Array
  step: number
}

interface Call {
  table: number
  first: number
  second: number
  stride: number
  width: number
  rows: number
  touched: number
  gradient: number
  dim: number
  places: number
  step: number
}

interface OptimizerCase {
  name: string
  /** What the slots begin with. */
  slots: number[]
  /** First slot [V, 1]. */
  oneARow?: true
  /** Rows without a gradient take the step too. */
  everyRow?: true
  reference(step: Step): void
  kernel(kernels: SimdKernels, call: Call): void
}

const plain =
  (
    name: 'sgdRows' | 'momentumRows' | 'adagradRows' | 'rmspropRows' | 'adamRows' | 'ftrlRows',
    rate: (step: number) => number = constantRate,
  ) =>
  (kernels: SimdKernels, { table, first, second, stride, width, rows, touched, gradient, step }: Call) =>
    kernels[name](table, first, second, stride, width, rows, touched, gradient, rate(step), CONSTANT)
/** `rows` 0: all of them from the gradient. */
const everyRow =
  (
    name: 'adamAllRows' | 'momentumAllRows' | 'velocityAllRows' | 'ftrlAllRows',
    rate: (step: number) => number = constantRate,
  ) =>
  (kernels: SimdKernels, { table, first, second, stride, width, rows, touched, gradient, places, step }: Call) =>
    kernels[name](table, first, second, stride, width, rows, touched, gradient, rate(step), CONSTANT, V, places)
/** The step of rows touched with the gradient of every row, 0 where there is none. */
function spread({ dim, rows, gradient }: Step): [Int32Array, Float32Array] {
  const all = new Float32Array(V * dim)
  for (const [u, row] of rows.entries()) all.set(gradient.subarray(u * dim, (u + 1) * dim), row * dim)
  return [Int32Array.from({ length: V }, (_, row) => row), all]
}
const constantRate = () => LEARNING_RATE
const adamRate = (step: number) => (LEARNING_RATE * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step)

const cases: OptimizerCase[] = [
  {
    name: 'sgd',
    slots: [],
    reference: (s) => sgdRowsReference(s.table, s.dim, s.rows, s.gradient, LEARNING_RATE),
    kernel: plain('sgdRows'),
  },
  {
    name: 'momentum',
    slots: [0],
    reference: (s) => momentumRowsReference(s.table, s.first, s.dim, s.rows, s.gradient, LEARNING_RATE, CONSTANT),
    kernel: plain('momentumRows'),
  },
  {
    name: 'adagrad',
    slots: [0.1],
    reference: (s) => adagradRowsReference(s.table, s.first, s.dim, s.rows, s.gradient, LEARNING_RATE, CONSTANT),
    kernel: plain('adagradRows'),
  },
  {
    name: 'rowAdagrad',
    slots: [0.1],
    oneARow: true,
    reference: (s) => rowAdagradRowsReference(s.table, s.first, s.dim, s.rows, s.gradient, LEARNING_RATE),
    kernel: (kernels, c) =>
      kernels.rowAdagradRows(c.table, c.first, c.stride, c.width, c.rows, c.touched, c.gradient, LEARNING_RATE, c.dim),
  },
  {
    name: 'rmsprop',
    slots: [1, 0],
    reference: (s) =>
      rmspropRowsReference(s.table, s.first, s.second, s.dim, s.rows, s.gradient, LEARNING_RATE, CONSTANT),
    kernel: plain('rmspropRows'),
  },
  {
    name: 'adam',
    slots: [0, 0],
    reference: (s) =>
      adamRowsReference(s.table, s.first, s.second, s.dim, s.rows, s.gradient, LEARNING_RATE, s.step, CONSTANT),
    kernel: plain('adamRows', adamRate),
  },
  {
    name: 'adamAllRows',
    slots: [0, 0],
    reference: (s) =>
      adamAllRowsReference(s.table, s.first, s.second, s.dim, s.rows, s.gradient, LEARNING_RATE, s.step, CONSTANT),
    kernel: everyRow('adamAllRows', adamRate),
    everyRow: true,
  },
  {
    name: 'momentumAllRows',
    slots: [0],
    reference: (s) => momentumRowsReference(s.table, s.first, s.dim, ...spread(s), LEARNING_RATE, CONSTANT),
    kernel: everyRow('momentumAllRows'),
    everyRow: true,
  },
  {
    name: 'velocityAllRows',
    slots: [0],
    reference: (s) => velocityRowsReference(s.table, s.first, s.dim, ...spread(s), LEARNING_RATE, CONSTANT),
    kernel: everyRow('velocityAllRows'),
    everyRow: true,
  },
  {
    name: 'ftrlAllRows',
    slots: [0.1, 0],
    reference: (s) => ftrlRowsReference(s.table, s.first, s.second, s.dim, ...spread(s), LEARNING_RATE),
    kernel: everyRow('ftrlAllRows'),
    everyRow: true,
  },
  {
    name: 'ftrl',
    slots: [0.1, 0],
    reference: (s) => ftrlRowsReference(s.table, s.first, s.second, s.dim, s.rows, s.gradient, LEARNING_RATE),
    kernel: plain('ftrlRows'),
  },
]

describe.each(cases)('$name', (one) => {
  it.each([
    [1, 1],
    [2, 4],
    [8, 8],
    [33, 36],
  ])('updates the rows touched and no others: rows of %i in %i', (dim, width) => {
    for (const touched of [0, 1, 63, 64, 65]) check(one, dim, width, touched)
  })

  it('updates all rows where none are named', () => {
    check(one, 5, 8, 'all')
  })
})

/** Five steps beside the reference's; the slots lie between the rows of the table. */
function check(one: OptimizerCase, dim: number, width: number, size: number | 'all'): void {
  const heap = createSimdHeap()
  const random = createRandom(dim, one.name)
  const slotWidths = one.slots.map(() => width)
  const stride = width + slotWidths.reduce((sum, one) => sum + one, 0)
  const tables = heap.allocate(V * stride)
  const touched = size === 'all' ? V : size
  const [ids, places, rows, lookupPlaces] = [V, V, V, V].map((length) => heap.allocate(length)) as [B, B, B, B]
  const gradients = heap.allocate(V * width)

  const table = Float32Array.from({ length: V * dim }, random.normal)
  const [first, second] = [0, 1].map((slot) =>
    new Float32Array(V * (one.oneARow ? 1 : dim)).fill(one.slots[slot] ?? 0),
  ) as [Float32Array, Float32Array]
  const begin = heap.floats(tables)
  for (let row = 0; row < V; row++) {
    begin.set(table.subarray(row * dim, (row + 1) * dim), row * stride)
    for (const [slot, value] of one.slots.entries())
      begin.fill(value, row * stride + (slot + 1) * width, row * stride + (slot + 2) * width)
  }

  for (let step = 1; step <= 5; step++) {
    const touchedRows = shuffledRows(random).subarray(0, touched)
    if (size === 'all') touchedRows.sort()
    const gradient = Float32Array.from({ length: touched * dim }, random.normal)
    one.reference({ table, first, second, dim, rows: touchedRows, gradient, step })
    heap.integers(ids).set(touchedRows)
    for (let u = 0; u < touched; u++) heap.floats(gradients).set(gradient.subarray(u * dim, (u + 1) * dim), u * width)
    heap.kernels.touchRows(ids.pointer, touched, V, places.pointer, rows.pointer, lookupPlaces.pointer)
    const slot = (n: number) => tables.pointer + 4 * n * width
    one.kernel(heap.kernels, {
      table: tables.pointer,
      first: slot(1),
      second: slot(2),
      stride,
      width,
      rows: size === 'all' ? 0 : rows.pointer,
      touched,
      gradient: gradients.pointer,
      dim,
      places: places.pointer,
      step,
    })
  }
  const end = heap.floats(tables)
  const expected = [table, ...[first, second].slice(0, one.slots.length)]
  for (const [slot, values] of expected.entries()) {
    const numbers = values.length / V
    const actual = new Float32Array(values.length)
    for (let row = 0; row < V; row++) {
      const at = row * stride + slot * width
      actual.set(end.subarray(at, at + numbers), row * numbers)
    }
    expectClose(actual, values)
  }
  for (let row = 0; row < V; row++) {
    const padding = end.subarray(row * stride + dim, row * stride + width)
    expect(padding.every((value) => value === 0)).toBe(true)
  }
}
type B = Block

function shuffledRows({ integer }: { integer(bound: number): number }): Int32Array {
  const rows = Int32Array.from({ length: V }, (_, i) => i)
  for (let i = V - 1; i > 0; i--) {
    const j = integer(i + 1)
    const held = rows[i]!
    rows[i] = rows[j]!
    rows[j] = held
  }
  return rows
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  for (const [i, value] of expected.entries()) {
    if (!(Math.abs(actual[i]! - value) <= 2e-6 + 2e-6 * Math.abs(value))) expect.fail(`${i}: ${actual[i]} for ${value}`)
  }
}
