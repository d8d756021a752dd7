import type { ColumnSummary } from './dataSummary'
import type { SimpleCategoricalColumn } from './experiment'
import { categoricalColumnWithVocabularyList } from './featureColumn'

/** A bucket for each word of a column of texts. TensorFlow splits in the input pipeline: `tf.strings.split`, then a vocabulary list. */
export function vocabularyOfWords(key: string): SimpleCategoricalColumn {
  const column = categoricalColumnWithVocabularyList(key, 'data')
  return column.type === 'vocabularyList' ? { ...column, split: 'words' } : column
}

/** Texts of several words, hardly one of which comes twice: whole they say nothing about another row. */
export function isFreeText({ type, distinct, samples }: ColumnSummary, rowCount?: number): boolean {
  if (type !== 'string' || distinct < 20 || samples.length === 0) return false
  const several = samples.filter((sample) => /\S\s+\S/.test(sample)).length
  return 2 * several > samples.length && (rowCount === undefined || 2 * distinct > rowCount)
}
