import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import type { Feature } from '../../columns/feature'
import type { Random } from '../../lib/random'
import { type Features, isTensor } from '../features'
import { hostValues } from '../hostValues'
import { sizeOf } from '../initializers'
import { withOrigin } from './origins'

/** Features to trace a model function with. */
export interface ProbeBatch {
  rows: number
  features: Features
  /** Of features that are plain arrays. */
  values: ReadonlyMap<string, readonly (string | number)[]>
  /** Those of them that were read since. */
  read: ReadonlySet<string>
}

/**
 * From where: `any`: floats of any sign and size, and none at all, where code outside of operations may read them; `usual`: floats from 0 to 1, whole numbers and texts that are
 * there; `given`: only what stands in the example.
 */
export type Draws = 'any' | 'usual' | 'given'

export interface ProbeOptions {
  rows: number
  random: Random
  draws: Draws
  /** Whole numbers of these features lie below a power of two. */
  below?: ReadonlyMap<string, number>
}

const MOST_VALUES = 4

/**
 * A batch like the example, of other rows: each number is drawn anew, so that what changes from one probe to the next comes from the features. Whole numbers are 0, 1 or one of
 * the example: ids of any table.
 */
export function probeBatch(example: Features, options: ProbeOptions): ProbeBatch {
  const values = new Map<string, readonly (string | number)[]>()
  const lengths = lengthsLike(options)
  const read = new Set<string>()
  const features = Object.entries(example).map(([name, value]): [string, Tensor | Feature] => {
    if (isTensor(value)) return [name, probeTensor(value, options)]
    const drawn = probeFeature(name, value, lengths(value.offsets), options)
    values.set(name, drawn.values)
    // Who computes with them on this side of TensorFlow.js is not heard otherwise. Their number is that of the rows.
    const heard = new Proxy(drawn.values, {
      get(array, key, receiver) {
        if (key !== 'length') read.add(name)
        return Reflect.get(array, key, receiver)
      },
    })
    return [name, { ...drawn, values: heard }]
  })
  return { rows: options.rows, features: Object.fromEntries(features), values, read }
}

function probeTensor(example: Tensor, options: ProbeOptions): Tensor {
  const { dtype, shape } = example
  const drawn = shape.length === 0 ? [] : [options.rows, ...shape.slice(1)]
  if (dtype === 'string') {
    const texts = Array.from(example.dataSync<'string'>())
    return tensor(
      Array.from({ length: sizeOf(drawn) }, () => drawText(texts, options)),
      drawn,
      dtype,
    )
  }
  const given = hostValues(example)
  const draw = dtype === 'float32' ? () => drawFloat(given, options) : () => drawWhole(given, options)
  const values = Array.from({ length: sizeOf(drawn) }, draw)
  return tensor(dtype === 'bool' ? values.map(Boolean) : values, drawn, dtype)
}

function probeFeature(
  name: string,
  { type, values, offsets }: Feature,
  lengths: readonly number[],
  options: ProbeOptions,
): Feature {
  const { rows, random, draws } = options
  const below = options.below?.get(name)
  const starts = new Int32Array(rows + 1)
  for (const [row, length] of lengths.entries()) starts[row + 1] = starts[row]! + length
  const draw = (): string | number => {
    const isNone = draws === 'any' && random.integer(8) === 0
    if (type === 'string') return isNone && !offsets ? '' : drawText(values as readonly string[], options)
    if (type === 'number') return draws === 'any' ? drawAny(random) : drawFloat(values as readonly number[], options)
    return isNone ? -1 : drawWhole(values as readonly number[], options, below)
  }
  const drawn = Array.from({ length: starts[rows]! }, draw)
  // The largest one is met in each batch.
  if (below !== undefined) drawn[random.integer(drawn.length)] = below - 1
  return { type, values: drawn, offsets: offsets && withOrigin(starts, { from: 'offsets', feature: name }) }
}

/** How many values each row holds: as many in features that have as many in the example, such as ids and their weights. */
function lengthsLike({ rows, random }: ProbeOptions): (offsets: Int32Array | null) => readonly number[] {
  const known = new Map<string, readonly number[]>()
  return (offsets) => {
    const key = offsets ? offsets.join() : ''
    // A row at least that holds some.
    const draw = (row: number) => (row === 0 ? MOST_VALUES : random.integer(MOST_VALUES + 1))
    const lengths = known.get(key) ?? Array.from({ length: rows }, (_, row) => (offsets ? draw(row) : 1))
    known.set(key, lengths)
    return lengths
  }
}

/** A missing number is NaN. */
function drawAny(random: Random): number {
  if (random.integer(8) === 0) return Number.NaN
  return Math.fround((2 * random.uniform() - 1) * 10 ** (random.integer(9) - 2))
}

function drawFloat(given: ArrayLike<number>, { random, draws }: ProbeOptions): number {
  return draws === 'given' && given.length > 0 ? pick(given, random) : Math.fround(random.uniform())
}

function drawWhole(given: ArrayLike<number>, { random, draws }: ProbeOptions, below?: number): number {
  // Of every magnitude: large ones may be none at all to the function.
  if (below !== undefined) return random.integer(2 ** (1 + random.integer(Math.log2(below))))
  if (given.length > 0 && (draws === 'given' || random.integer(2) === 0)) return pick(given, random)
  return random.integer(2)
}

/** Half of them are words that no example has: what is made of all of them alike may not pass for a constant. */
function drawText(given: readonly string[], { random, draws }: ProbeOptions): string {
  if (given.length > 0 && (draws === 'given' || random.integer(2) === 0)) return pick(given, random)
  return `probe ${random.integer(1e9)}`
}

function pick<T>(from: ArrayLike<T>, random: Random): T {
  return from[random.integer(from.length)]!
}
