import { dispose, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { createRandom, type Random } from '../lib/random'
import { adagradRows } from './adagradRows'
import { adagradRowsReference } from './adagradRows.reference'
import { adamAllRows } from './adamAllRows'
import { adamAllRowsReference } from './adamAllRows.reference'
import { adamRows } from './adamRows'
import { adamRowsReference } from './adamRows.reference'
import { embeddingBagGrad } from './embeddingBagGrad'
import { embeddingBagGradReference } from './embeddingBagGrad.reference'
import { expectClose } from './expectClose'
import { ftrlRows } from './ftrlRows'
import { ftrlRowsReference } from './ftrlRows.reference'
import type { IndexedSlices } from './indexedSlices'
import { momentumRows } from './momentumRows'
import { momentumRowsReference } from './momentumRows.reference'
import { readTensor } from './readTensor'
import { rmspropRows } from './rmspropRows'
import { rmspropRowsReference } from './rmspropRows.reference'
import { rowAdagradRows } from './rowAdagradRows'
import { rowAdagradRowsReference } from './rowAdagradRows.reference'
import { createRowIndexer } from './rowIndex'
import { sgdRows } from './sgdRows'
import { sgdRowsReference } from './sgdRows.reference'
import { velocityRows } from './velocityRows'
import { velocityRowsReference } from './velocityRows.reference'

/** An optimizer's kernel and its reference: the table, then the slots, in one order for both. */
interface Update {
  name: string
  slots: { initial: number; perRow?: boolean }[]
  /** Whether rows without a gradient move too. */
  allRows?: boolean
  kernel(tensors: Tensor2D[], slices: IndexedSlices, step: number): void
  reference(arrays: Float32Array[], dim: number, rows: Int32Array, gradient: Float32Array, step: number): void
}

const RATE = 0.3
/** Large enough to be missed. */
const EPSILON = 0.01

const updates: Update[] = [
  {
    name: 'sgd',
    slots: [],
    kernel: ([w], slices) => sgdRows(w!, slices, RATE),
    reference: ([w], dim, rows, g) => sgdRowsReference(w!, dim, rows, g, RATE),
  },
  {
    name: 'momentum',
    slots: [{ initial: 0 }],
    kernel: ([w, m], slices) => momentumRows(w!, m!, slices, RATE, 0.7),
    reference: ([w, m], dim, rows, g) => momentumRowsReference(w!, m!, dim, rows, g, RATE, 0.7),
  },
  {
    name: 'adagrad',
    slots: [{ initial: 0.1 }],
    kernel: ([w, a], slices) => adagradRows(w!, a!, slices, RATE, EPSILON),
    reference: ([w, a], dim, rows, g) => adagradRowsReference(w!, a!, dim, rows, g, RATE, EPSILON),
  },
  {
    name: 'rowAdagrad',
    slots: [{ initial: 0.1, perRow: true }],
    kernel: ([w, a], slices) => rowAdagradRows(w!, a!, slices, RATE),
    reference: ([w, a], dim, rows, g) => rowAdagradRowsReference(w!, a!, dim, rows, g, RATE),
  },
  {
    name: 'rmsprop',
    slots: [{ initial: 1 }, { initial: 0 }],
    kernel: ([w, r, m], slices) => rmspropRows(w!, r!, m!, slices, RATE, EPSILON),
    reference: ([w, r, m], dim, rows, g) => rmspropRowsReference(w!, r!, m!, dim, rows, g, RATE, EPSILON),
  },
  {
    name: 'velocity',
    slots: [{ initial: 0.1 }],
    kernel: ([w, v], slices) => velocityRows(w!, v!, slices, RATE, EPSILON),
    reference: ([w, v], dim, rows, g) => velocityRowsReference(w!, v!, dim, rows, g, RATE, EPSILON),
  },
  {
    name: 'adam',
    slots: [{ initial: 0.01 }, { initial: 0.02 }],
    kernel: ([w, m, v], slices, step) => adamRows(w!, m!, v!, slices, RATE, step, EPSILON),
    reference: ([w, m, v], dim, rows, g, step) => adamRowsReference(w!, m!, v!, dim, rows, g, RATE, step, EPSILON),
  },
  {
    name: 'adamAllRows',
    slots: [{ initial: 0.01 }, { initial: 0.02 }],
    allRows: true,
    kernel: ([w, m, v], slices, step) => adamAllRows(w!, m!, v!, slices, RATE, step, EPSILON),
    reference: ([w, m, v], dim, rows, g, step) => adamAllRowsReference(w!, m!, v!, dim, rows, g, RATE, step, EPSILON),
  },
  {
    name: 'ftrl',
    slots: [{ initial: 0.1 }, { initial: 0 }],
    kernel: ([w, a, l], slices) => ftrlRows(w!, a!, l!, slices, RATE),
    reference: ([w, a, l], dim, rows, g) => ftrlRowsReference(w!, a!, l!, dim, rows, g, RATE),
  },
]

/** Declares the tests of every optimizer's kernel against its reference, on the backend that is current when they run. */
export function checkUpdates(sizes: readonly number[]): void {
  for (const [update, size] of updates.flatMap((update) => sizes.map((size) => [update, size] as const))) {
    it(`updates ${size} rows: ${update.name}`, async () => {
      for (const dim of [1, 3]) {
        const random = createRandom(size + dim, update.name)
        const rowCount = Math.max(size + 5, 8)
        const rows = Int32Array.from({ length: size }, (_, u) => rowCount - 1 - u)
        await checkUpdate(update, random, rowCount, dim, () => distinctRows(random, rows, dim))
      }
    })
    it(`updates the rows of ${size} lookups, some of the same row: ${update.name}`, async () => {
      for (const dim of [1, 3]) {
        const random = createRandom(size + dim, update.name)
        await checkUpdate(update, random, 40, dim, () => repeatedLookups(random, size, 40, dim))
      }
    })
  }
}

/** A gradient for the kernel and the same for the reference. */
interface Step {
  slices: IndexedSlices
  rows: Int32Array
  gradient: Float32Array
  dispose(): void
}

async function checkUpdate(
  { slots, allRows, kernel, reference }: Update,
  random: Random,
  rowCount: number,
  dim: number,
  nextStep: () => Step,
): Promise<void> {
  const widths = [dim, ...slots.map(({ perRow }) => (perRow ? 1 : dim))]
  // Slots of every row differ, so that a row's slot taken for another's is seen.
  const initials = [0, ...slots.map(({ initial }) => initial)]
  const expected = widths.map((width, i) =>
    Float32Array.from({ length: rowCount * width }, () =>
      i === 0 ? random.normal() : initials[i]! * (1 + random.uniform()),
    ),
  )
  const before = expected[0]!.slice()
  // Copies: the CPU backend would share the arrays with the tensors.
  const tensors = expected.map((values, i) => tensor2d(values.slice(), [rowCount, widths[i]!]))
  const touched = new Set<number>()
  for (const step of [1, 2, 3]) {
    const { slices, rows, gradient, dispose } = nextStep()
    kernel(tensors, slices, step)
    reference(expected, dim, rows, gradient, step)
    for (const row of rows) touched.add(row)
    // Read after each step: a reading must not be an old one.
    for (const [i, tensor] of tensors.entries()) expectClose(await readTensor(tensor), expected[i]!)
    dispose()
  }
  const after = await readTensor(tensors[0]!)
  for (let row = 0; row < rowCount; row++) {
    if (touched.has(row)) continue
    const [from, to] = [row * dim, (row + 1) * dim]
    if (allRows) expect(after.subarray(from, to)).not.toEqual(before.subarray(from, to))
    else expect(after.subarray(from, to)).toEqual(before.subarray(from, to))
  }
  dispose(tensors)
}

function distinctRows(random: Random, rows: Int32Array, dim: number): Step {
  const gradient = Float32Array.from({ length: rows.length * dim }, () => random.normal())
  const slices = {
    touched: rows.length,
    rows: tensor1d(rows.slice(), 'int32'),
    values: tensor2d(gradient.slice(), [rows.length, dim]),
  }
  return { slices, rows, gradient, dispose: () => dispose([slices.rows, slices.values]) }
}

/** One lookup a bag, of the first half of the rows: the kernel's gradient comes from `embeddingBagGrad`, the reference's from its own. */
function repeatedLookups(random: Random, lookups: number, rowCount: number, dim: number): Step {
  const ids = Int32Array.from({ length: lookups }, () => random.integer(rowCount / 2))
  const dOut = Float32Array.from({ length: lookups * dim }, () => random.normal())
  const offsets = Int32Array.from({ length: lookups + 1 }, (_, i) => i)
  const index = createRowIndexer(rowCount, 'test').index(ids, null, null)
  const integers = (values: Int32Array) => tensor1d(values.slice(), 'int32')
  const tensors = {
    touched: index.touched,
    rows: integers(index.rows),
    starts: integers(index.starts),
    bags: integers(index.bags),
    counts: integers(index.counts),
  }
  const table = tensor2d(new Float32Array(rowCount * dim), [rowCount, dim])
  const [dOutTensor, offsetTensor] = [tensor2d(dOut, [lookups, dim]), integers(offsets)]
  const values = embeddingBagGrad(dOutTensor, table, tensors, offsetTensor, 'sum', 0)

  const dense = embeddingBagGradReference(dOut, new Float32Array(rowCount * dim), dim, ids, offsets, 'sum', 0)
  const rows = Int32Array.from(new Set(ids))
  const gradient = new Float32Array(rows.length * dim)
  for (const [u, row] of rows.entries()) gradient.set(dense.subarray(row * dim, (row + 1) * dim), u * dim)
  const { touched, rows: rowTensor, starts, bags, counts } = tensors
  return {
    slices: { touched, rows: rowTensor, values },
    rows,
    gradient,
    dispose: () => dispose([rowTensor, starts, bags, counts, table, dOutTensor, offsetTensor, values]),
  }
}
