import type { Tensor } from '@tensorflow/tfjs-core'
import { type Feature, rowCount } from '../columns/feature'
import { orderedAt, orderKeys } from '../columns/rowOrder'
import type { Column, Table } from '../data/table'
import { type Batch, isTensor, tensorOf } from './features'
import { hostValues } from './hostValues'
import { sizeOf } from './initializers'
import type { InputContext, InputFn } from './inputFn'

/** Rows: numbers (typed arrays, nested lists, tensors), texts, or a `Feature` with several values a row. */
export type InputArray =
  | Tensor
  | Feature
  | Float32Array
  | Int32Array
  | readonly number[]
  | readonly (readonly number[])[]
  | readonly string[]

export interface BatchingOptions {
  /** 128 */
  batchSize?: number
  /** 1; null = without end */
  numEpochs?: number | null
  shuffle: boolean
  /** 1 */
  seed?: number
}

/** Numbers [rows, …], or a feature of texts or of several values a row. */
type Rows = { values: Float32Array | Int32Array; shape: number[] } | Feature

/**
 * `tf.compat.v1.estimator.inputs.numpy_input_fn`: rows of `x` and `y` in batches. Each epoch is shuffled in another order, given by `seed`; a resumed run goes on in the
 * middle of it. The last batch of an epoch may be short. Tensors given stay the caller's. `y` by name: for a model with several outputs.
 */
export function arrayInputFn(
  options: { x: Record<string, InputArray>; y?: InputArray | Record<string, InputArray> } & BatchingOptions,
): InputFn {
  const x = namedRows(options.x)
  const y = options.y === undefined || isInputArray(options.y) ? null : namedRows(options.y)
  const single = options.y !== undefined && isInputArray(options.y) ? rowsFrom(options.y, 'y') : null
  const all = [...x, ...(y ?? []), ...(single ? [['y', single] as const] : [])]
  const counts = all.map(([name, rows]) => ({ name, count: countOf(rows) }))
  const [first] = counts
  if (!first) throw new Error('arrayInputFn was given no features.')
  const other = counts.find(({ count }) => count !== first.count)
  if (other)
    throw new Error(
      `${first.name} has ${first.count} rows, and ${other.name} has ${other.count}: they must be as many.`,
    )
  if (first.count === 0) throw new Error('arrayInputFn was given no rows.')
  return (context) => draw(first.count, options, context, (rows) => batchOf(x, y ?? single, rows))
}

function namedRows(arrays: Record<string, InputArray>): [string, Rows][] {
  return Object.entries(arrays).map(([name, array]) => [name, rowsFrom(array, name)])
}

function isInputArray(y: InputArray | Record<string, InputArray>): y is InputArray {
  return ArrayBuffer.isView(y) || Array.isArray(y) || 'dataId' in y || ('type' in y && typeof y.type === 'string')
}

/** A table as `arrayInputFn`: its columns by their names, or those of `columns`; `label` is taken out. `rows`: row numbers, all by default. */
export function tableInputFn(
  table: Table,
  options: { label?: string; columns?: readonly string[]; rows?: ArrayLike<number> } & BatchingOptions,
): InputFn {
  const { label, columns = table.columns.map(({ name }) => name).filter((name) => name !== label), rows } = options
  const take = (name: string) => {
    const column = table.columns.find((candidate) => candidate.name === name)
    if (column) return columnRows(column, rows)
    throw new Error(`The table has no column '${name}'. It has: ${table.columns.map((each) => each.name).join(', ')}.`)
  }
  const x = Object.fromEntries(columns.map((name) => [name, take(name)]))
  return arrayInputFn({ ...options, x, ...(label !== undefined && { y: take(label) }) })
}

function columnRows(column: Column, rows: ArrayLike<number> | undefined): InputArray {
  const values = column.type === 'string' ? column.codes : column.values
  const taken = rows ? Array.from({ length: rows.length }, (_, i) => values[rows[i]!]!) : Array.from(values)
  if (column.type === 'string') return taken.map((code) => column.values[code] ?? '')
  // Missing values are NaN, and counts may be large: both need floats.
  const isInt32 = column.type === 'integer' && taken.every((value) => value === (value | 0))
  return isInt32 ? Int32Array.from(taken) : Float32Array.from(taken)
}

function* draw(
  count: number,
  options: BatchingOptions,
  { startStep }: InputContext,
  make: (rows: Int32Array) => Batch,
) {
  const { batchSize = 128, numEpochs = 1, shuffle, seed = 1 } = options
  if (!(Number.isInteger(batchSize) && batchSize > 0))
    throw new RangeError(`batchSize is ${batchSize}; it must be a whole number from 1.`)
  const stepsPerEpoch = Math.ceil(count / batchSize)
  const ends = numEpochs === null ? Number.POSITIVE_INFINITY : startStep + numEpochs * stepsPerEpoch
  for (let step = startStep; step < ends; step++) {
    const epoch = Math.floor(step / stepsPerEpoch)
    const order = shuffle ? orderKeys(seed, epoch, count) : null
    const from = (step % stepsPerEpoch) * batchSize
    const rows = Int32Array.from({ length: Math.min(batchSize, count - from) }, (_, i) =>
      order ? orderedAt(from + i, count, order) : from + i,
    )
    yield make(rows)
  }
}

function batchOf(x: [string, Rows][], y: Rows | [string, Rows][] | null, rows: Int32Array): Batch {
  const features = Object.fromEntries(x.map(([name, values]) => [name, takeRows(values, rows)]))
  if (!y) return { features }
  if (!Array.isArray(y)) return { features, labels: takeLabels(y, rows) }
  return { features, labels: Object.fromEntries(y.map(([name, values]) => [name, takeLabels(values, rows)])) }
}

function takeLabels(from: Rows, rows: Int32Array): Tensor {
  const labels = takeRows(from, rows)
  if (isTensor(labels)) return labels
  throw new TypeError('Labels must be numbers, not texts: give classes their numbers.')
}

function takeRows(from: Rows, rows: Int32Array): Tensor | Feature {
  if ('type' in from) return takeFeature(from, rows)
  const { values, shape } = from
  const width = sizeOf(shape.slice(1))
  const taken =
    values instanceof Int32Array ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width)
  for (const [i, row] of rows.entries()) taken.set(values.subarray(row * width, (row + 1) * width), i * width)
  return tensorOf(taken, [rows.length, ...shape.slice(1)])
}

function takeFeature({ type, values, offsets }: Feature, rows: Int32Array): Feature {
  if (!offsets) return { type, values: Array.from(rows, (row) => values[row]!), offsets: null }
  const taken: (string | number)[] = []
  const starts = new Int32Array(rows.length + 1)
  for (const [i, row] of rows.entries()) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) taken.push(values[at]!)
    starts[i + 1] = taken.length
  }
  return { type, values: taken, offsets: starts }
}

function rowsFrom(array: InputArray, name: string): Rows {
  if (array instanceof Float32Array || array instanceof Int32Array) return { values: array, shape: [array.length] }
  if ('dataId' in array) {
    const values = hostValues(array)
    return { values: values instanceof Int32Array ? values.slice() : Float32Array.from(values), shape: array.shape }
  }
  if ('type' in array) return array
  const [first] = array
  if (typeof first === 'string') return { type: 'string', values: array as readonly string[], offsets: null }
  if (typeof first === 'number') return { values: Float32Array.from(array as readonly number[]), shape: [array.length] }
  const lists = array as readonly (readonly number[])[]
  const width = lists[0]?.length ?? 0
  const uneven = lists.findIndex((row) => row.length !== width)
  if (uneven >= 0) {
    throw new RangeError(
      `Row ${uneven} of ${name} has ${lists[uneven]!.length} numbers, row 0 has ${width}: give a sparseFeature for lists of different lengths.`,
    )
  }
  return { values: Float32Array.from(lists.flat()), shape: [lists.length, width] }
}

function countOf(rows: Rows): number {
  return 'type' in rows ? rowCount(rows) : (rows.shape[0] ?? 0)
}
