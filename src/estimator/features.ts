import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import { type Feature, rowCount } from '../columns/feature'
import { hostValues, withHostValues } from './hostValues'

/** What a model function gets: numbers as tensors [rows, …]; texts, and several values a row, as `Feature`s for feature columns. */
export type Features = Record<string, Tensor | Feature>

/** Numbers to be learnt; of a model with several outputs by their names. */
export type Labels = Tensor | Record<string, Tensor>

export interface Batch {
  features: Features
  /** Left out where there are none: a prediction. */
  labels?: Labels
}

export function isTensor(value: Tensor | Feature | Record<string, Tensor>): value is Tensor {
  return 'dataId' in value
}

/** The tensors of a batch; its other features are plain arrays. */
export function disposeBatch({ features, labels }: Batch): void {
  for (const value of Object.values(features)) if (isTensor(value)) value.dispose()
  if (labels) for (const label of isTensor(labels) ? [labels] : Object.values(labels)) label.dispose()
}

/** Rows of a batch. Throws when its features do not have the same number of them. */
export function rowsOf(features: Features): number {
  const counts = Object.entries(features).map(([name, value]) => ({
    name,
    rows: isTensor(value) ? (value.shape[0] ?? 1) : rowCount(value),
  }))
  const [first, ...rest] = counts
  if (!first) throw new Error('There are no features.')
  const other = rest.find(({ rows }) => rows !== first.rows)
  if (other)
    throw new Error(
      `Features of a batch need as many rows: ${first.name} has ${first.rows}, ${other.name} ${other.rows}.`,
    )
  return first.rows
}

/** As feature columns read it. */
export function asFeature(value: Tensor | Feature): Feature {
  if (!isTensor(value)) return value
  if (value.size !== (value.shape[0] ?? 1)) {
    throw new Error(`A feature column reads one value a row; this tensor has the shape [${value.shape.join(', ')}].`)
  }
  const type = value.dtype === 'int32' || value.dtype === 'bool' ? 'integer' : 'number'
  return { type, values: [...hostValues(value)], offsets: null }
}

/** A tensor that remembers its numbers, for lookups. `values` may be reused by the caller. */
export function tensorOf(values: Float32Array | Int32Array, shape: number[]): Tensor {
  const own = values.slice()
  return withHostValues(tensor(own, shape, own instanceof Int32Array ? 'int32' : 'float32'), own)
}
