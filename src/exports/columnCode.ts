import type { DenseColumn } from '../experiment/experiment'
import { kerasCode } from './kerasCode'
import { type DataColumns, pythonString } from './pythonText'
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

/**
 * A column as TensorFlow's feature column and as Keras layers of the same ids. `columns`: what the data hold; `beside`: the columns of the experiment, of
 * which some may share its table.
 */
export function columnCode(
  column: DenseColumn,
  columns: DataColumns = [],
  beside: readonly DenseColumn[] = [],
): ColumnCode {
  const { words, reads } = splitFirst(column)
  const { lines, shift, notes: kerasNotes } = kerasCode(reads, columns)
  const notes = [...kerasNotes, ...firstVectors(column)]
  if (!words)
    return { tensorflow: tensorflowCode(reads, columns, beside).join('\n'), keras: lines.join('\n'), shift, notes }
  return {
    tensorflow: [`${words}.to_sparse()`, ...tensorflowCode(reads, columns, beside)].join('\n'),
    keras: [words, ...lines].join('\n'),
    shift,
    notes: [
      ...notes,
      'In Keras the words of a row stay apart, a ragged tensor: combine them over axis 1, with zeros for a row that has none.',
    ],
  }
}

function firstVectors(column: DenseColumn): string[] {
  if (column.type !== 'embedding' || !column.startFrom) return []
  const { ckptToLoadFrom, tensorNameInCkpt } = column.startFrom
  return [
    `Its first vectors are those of ${tensorNameInCkpt} in ${ckptToLoadFrom}, by key. TensorFlow’s ckpt_to_load_from and tensor_name_in_ckpt read a checkpoint by row: save the rows in the order of this column’s ids first.`,
  ]
}

/** Words are split before any column sees them: in the input pipeline, as TensorFlow has it. */
function splitFirst(column: DenseColumn): { words: string | null; reads: DenseColumn } {
  if (column.type === 'numeric' || column.categorical.type !== 'vocabularyList' || !column.categorical.split) {
    return { words: null, reads: column }
  }
  const { split: _, ...vocabulary } = column.categorical
  const key = `${vocabulary.key}_words`
  const text = `features[${pythonString(vocabulary.key)}]`
  const spaced = `tf.strings.regex_replace(tf.strings.lower(${text}, 'utf-8'), r"[^\\p{L}\\p{N}'’]+", ' ')`
  return {
    words: `features[${pythonString(key)}] = tf.strings.split(${spaced})`,
    reads: { ...column, categorical: { ...vocabulary, key } },
  }
}
