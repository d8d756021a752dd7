import type { Task } from '../experiment/experiment'
import type { EncodedColumn } from './encodedColumn'
import type { WatchLists } from './watchLists'

/** A whole data set as the model reads it: ids per categorical column, dense numbers, labels. Rows keep their order. */
export interface EncodedData {
  rowCount: number
  /** One per distinct categorical column of the experiment, sorted by name. */
  categorical: EncodedColumn[]
  /** Numeric columns after their normalizer, sorted by name. */
  numeric: { name: string; values: Float32Array }[]
  label: EncodedLabel
  /** Row numbers, ascending. Rows without a label are in neither. */
  trainRows: Uint32Array
  validationRows: Uint32Array
  /** Of a watch list: what each row's list held before it. */
  lists?: WatchLists
}

export interface EncodedLabel {
  task: Task
  /** Width of the model's output: targets, 1 (binary), or classes. */
  outputs: number
  /** Target names, [column], or the class names. */
  names: string[]
  units: (string | null)[]
  /** regression [rows × outputs] transformed and standardized with the mean and deviation of the training rows; binary [rows] 0 or 1; multiclass [rows] class number. */
  values: Float32Array
  /** regression: value in units = inverse transform of (output · deviation + mean). */
  scaling: { mean: number; deviation: number; transform: 'none' | 'log1p' }[]
}

/** B rows of an `EncodedData`. Arrays may be views of buffers that the next batch overwrites. */
export interface SparseBatch {
  size: number
  /** In the order of `EncodedData.categorical`; `offsets` [B + 1], null = one id a row; `weights` of each id, where it has them. */
  categorical: { ids: Int32Array; offsets: Int32Array | null; weights?: Float32Array }[]
  /** [B × numeric columns], row-major. */
  dense: Float32Array
  /** regression [B × outputs]; otherwise [B]. */
  labels: Float32Array
}
