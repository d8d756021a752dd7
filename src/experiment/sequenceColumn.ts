import type { SimpleCategoricalColumn } from './experiment'
import {
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
} from './featureColumn'

/** A categorical column whose values keep their order: one step for each value of a row, none combined with another. */
export interface SequenceCategoricalColumn {
  type: 'sequence'
  categorical: Exclude<SimpleCategoricalColumn, { type: 'bucketized' }>
}

/** Numbers in their order. */
export interface SequenceNumericColumn {
  type: 'sequenceNumeric'
  key: string
  /** What stands after the end of a shorter row. */
  defaultValue: number
}

function sequenceOf(categorical: SimpleCategoricalColumn): SequenceCategoricalColumn {
  if (categorical.type === 'bucketized') throw new RangeError('A sequence holds categories or numbers, not ranges')
  return { type: 'sequence', categorical }
}

export function sequenceCategoricalColumnWithVocabularyList(
  ...column: Parameters<typeof categoricalColumnWithVocabularyList>
): SequenceCategoricalColumn {
  return sequenceOf(categoricalColumnWithVocabularyList(...column))
}

export function sequenceCategoricalColumnWithIdentity(
  ...column: Parameters<typeof categoricalColumnWithIdentity>
): SequenceCategoricalColumn {
  return sequenceOf(categoricalColumnWithIdentity(...column))
}

export function sequenceCategoricalColumnWithHashBucket(
  ...column: Parameters<typeof categoricalColumnWithHashBucket>
): SequenceCategoricalColumn {
  return sequenceOf(categoricalColumnWithHashBucket(...column))
}

export function sequenceNumericColumn(
  key: string,
  { defaultValue = 0 }: { defaultValue?: number } = {},
): SequenceNumericColumn {
  return { type: 'sequenceNumeric', key, defaultValue }
}
