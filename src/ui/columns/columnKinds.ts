import { ticks } from 'd3-array'
import { labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { DenseColumn, Experiment, SimpleCategoricalColumn } from '../../experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  embeddingColumn,
  numericColumn,
} from '../../experiment/featureColumn'
import { isFreeText, vocabularyOfWords } from '../../experiment/words'

/** What a person may make of one column of the data: a categorical column, or a number as it is. */
export type ColumnKind = SimpleCategoricalColumn['type'] | 'words' | 'numeric'

export const kindTitles: Record<ColumnKind, { title: string; tensorflow: string; words: string }> = {
  vocabularyList: {
    title: 'Vocabulary',
    tensorflow: 'categorical_column_with_vocabulary_list',
    words: 'Each value has a bucket of its own.',
  },
  words: {
    title: 'Words',
    tensorflow: 'categorical_column_with_vocabulary_list',
    words: 'Each word of the text has a bucket: a row looks up several.',
  },
  identity: {
    title: 'Identity',
    tensorflow: 'categorical_column_with_identity',
    words: 'The number itself is the bucket: for ids from 0 upwards.',
  },
  hashBucket: {
    title: 'Hash bucket',
    tensorflow: 'categorical_column_with_hash_bucket',
    words: 'A hash of the value picks one of so many buckets; some values share one.',
  },
  bucketized: {
    title: 'Bucketized',
    tensorflow: 'bucketized_column',
    words: 'A number falls into one of the ranges between boundaries.',
  },
  numeric: { title: 'Numeric', tensorflow: 'numeric_column', words: 'The number itself goes into the network.' },
}

const MANY_VALUES = 20_000
const LARGEST_IDENTITY = 1_000_000

/** Kinds that suit a column, the suggested one first. None for a date: its day, hour and month are columns of their own. */
export function kindsFor(column: ColumnSummary): ColumnKind[] {
  const { type, distinct, min, max } = column
  if (type === 'date') return []
  if (type === 'string') {
    const whole: ColumnKind[] =
      distinct > MANY_VALUES ? ['hashBucket', 'vocabularyList'] : ['vocabularyList', 'hashBucket']
    return isFreeText(column) ? ['words', ...whole] : [...whole, 'words']
  }
  if (type === 'number') return ['numeric', 'bucketized']
  const isId = min !== null && max !== null && min >= 0 && max < LARGEST_IDENTITY
  const rest: ColumnKind[] = ['hashBucket', 'bucketized', 'numeric']
  const first: ColumnKind[] =
    distinct > MANY_VALUES ? ['hashBucket', 'vocabularyList'] : ['vocabularyList', 'hashBucket']
  return [...new Set([...first, ...(isId ? (['identity'] as const) : []), ...rest])]
}

/** Kinds in which a column can be added: none for what is predicted, none that the model reads the column as already. */
export function freeKinds({ label, columns }: Experiment, column: ColumnSummary): ColumnKind[] {
  if (labelColumns(label).includes(column.name)) return []
  const taken = columns.filter((feature) => soleKey(feature) === column.name).map(kindOf)
  if (taken.length === 0) return kindsFor(column)
  // A number may be read as it is and in ranges; each value as a category of its own tells all of it.
  const numbers: readonly (ColumnKind | null)[] = ['numeric', 'bucketized']
  if (taken.some((kind) => !numbers.includes(kind))) return []
  return kindsFor(column).filter((kind) => numbers.includes(kind) && !taken.includes(kind))
}

function soleKey(column: DenseColumn): string | null {
  if (column.type === 'numeric') return column.key
  return column.categorical.type === 'crossed' ? null : column.categorical.key
}

/** A categorical column of this kind with sizes that suit the values. */
export function makeCategorical(kind: Exclude<ColumnKind, 'numeric'>, column: ColumnSummary): SimpleCategoricalColumn {
  const key = column.name
  switch (kind) {
    case 'vocabularyList':
      return categoricalColumnWithVocabularyList(key, 'data')
    case 'words':
      return vocabularyOfWords(key)
    case 'identity':
      return categoricalColumnWithIdentity(key, Math.max(1, (column.max ?? 0) + 1))
    case 'hashBucket':
      return categoricalColumnWithHashBucket(key, Math.max(2, Math.min(column.distinct, 100_000)))
    case 'bucketized':
      return bucketizedColumn(numericColumn(key), evenBoundaries(column))
  }
}

/** About ten round boundaries between the smallest and the largest value. */
export function evenBoundaries({ min, max }: Pick<ColumnSummary, 'min' | 'max'>): number[] {
  if (min === null || max === null || min === max) return [min ?? 0]
  const inside = ticks(min, max, 10).filter((value) => value > min && value <= max)
  return inside.length > 0 ? inside : [(min + max) / 2]
}

/** A new feature column for a column of the data. `dimension`: of its embedding. */
export function makeColumn(kind: ColumnKind, column: ColumnSummary, dimension: number): DenseColumn {
  if (kind === 'numeric') return numericColumn(column.name, { normalizer: 'standardize' })
  return embeddingColumn(makeCategorical(kind, column), dimension)
}

/** The kind of a feature column made of one column of the data; null for a cross. */
export function kindOf(column: DenseColumn): ColumnKind | null {
  if (column.type === 'numeric') return 'numeric'
  const { categorical } = column
  if (categorical.type === 'crossed') return null
  return categorical.type === 'vocabularyList' && categorical.split ? 'words' : categorical.type
}
