import type { DenseColumn } from '../experiment/experiment'
import { kerasCode } from './kerasCode'
import type { DataColumns } from './pythonText'
import { tensorflowCode } from './tensorflowCode'

export interface ColumnCode {
  /** Statements with `tf` and `fc = tf.feature_column`. */
  tensorflow: string
  /** Statements with `keras` (and `tf` where Keras has no layer) on a dict `features` of one value a row. */
  keras: string
  /** What Keras's id of a known value is above TensorFlow's, whose rows an embedding's weights have; null: the column has no ids. */
  shift: number | null
  /** What differs beside the shift, in words. */
  notes: string[]
}

/** A column as TensorFlow's feature column and as Keras layers of the same ids. `columns`: what the data hold. */
export function columnCode(column: DenseColumn, columns: DataColumns = []): ColumnCode {
  const { lines, shift, notes } = kerasCode(column, columns)
  return { tensorflow: tensorflowCode(column, columns).join('\n'), keras: lines.join('\n'), shift, notes }
}
