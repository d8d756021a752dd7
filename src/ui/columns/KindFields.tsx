import { SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { CategoricalColumn, DenseColumn } from '../../experiment/experiment'
import { limits } from '../../experiment/limits'
import { NumberField } from '../controls/NumberField'
import { VocabularyField } from './VocabularyField'

interface Props {
  column: DenseColumn
  onChange(column: DenseColumn): void
}

/** What a kind needs: words, buckets of a hash, of an identity, boundaries, a cross's exactness. What cannot be is passed on: the card says why. */
export function KindFields({ column, onChange }: Props) {
  if (column.type === 'numeric') return null
  const { categorical } = column
  const change = (next: CategoricalColumn) => onChange({ ...column, categorical: next })
  switch (categorical.type) {
    case 'vocabularyList':
      return (
        <>
          <VocabularyField column={categorical} onChange={change} />
          <NumberField
            label="Buckets for values out of the vocabulary"
            value={categorical.numOovBuckets}
            min={0}
            max={1_000_000}
            takesFaults
            onCommit={(numOovBuckets) => numOovBuckets !== null && change({ ...categorical, numOovBuckets })}
          />
        </>
      )
    case 'identity':
      return (
        <NumberField
          label="Number of buckets"
          description="One more than the largest id"
          value={categorical.numBuckets}
          min={1}
          max={limits.buckets}
          takesFaults
          onCommit={(numBuckets) => numBuckets !== null && change({ ...categorical, numBuckets })}
        />
      )
    case 'hashBucket':
      return (
        <HashSize
          value={categorical.hashBucketSize}
          onCommit={(hashBucketSize) => change({ ...categorical, hashBucketSize })}
        />
      )
    case 'bucketized':
      return (
        <Boundaries value={categorical.boundaries} onCommit={(boundaries) => change({ ...categorical, boundaries })} />
      )
    case 'crossed':
      return (
        <>
          <SegmentedControl
            aria-label="Kind of the cross"
            value={categorical.exact ? 'exact' : 'hashed'}
            data={[
              { value: 'exact', label: 'Exact: no collisions' },
              { value: 'hashed', label: 'Hashed, as in TensorFlow' },
            ]}
            onChange={(kind) => change({ ...categorical, exact: kind === 'exact' })}
          />
          {!categorical.exact && (
            <HashSize
              value={categorical.hashBucketSize}
              onCommit={(hashBucketSize) => change({ ...categorical, hashBucketSize })}
            />
          )}
        </>
      )
  }
}

export function HashSize({ value, onCommit }: { value: number; onCommit(size: number): void }) {
  return (
    <NumberField
      label="Hash bucket size"
      description="More buckets, fewer collisions, more parameters"
      value={value}
      min={1}
      max={limits.buckets}
      takesFaults
      onCommit={(size) => size !== null && onCommit(size)}
    />
  )
}

function Boundaries({ value, onCommit }: { value: number[]; onCommit(boundaries: number[]): void }) {
  const [text, setText] = useState(value.join(', '))
  return (
    <Textarea
      size="xs"
      autosize
      minRows={1}
      label="Boundaries"
      description="n boundaries make n + 1 ranges; a range includes its lower boundary"
      value={text}
      error={ascends(parseBoundaries(text)) ? null : 'Ascending numbers, separated by commas'}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const boundaries = parseBoundaries(event.currentTarget.value)
        if (boundaries) onCommit(boundaries)
      }}
    />
  )
}

/** Null when the text is not a list of numbers. */
function parseBoundaries(text: string): number[] | null {
  const numbers = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : null
}

function ascends(numbers: number[] | null): boolean {
  return numbers?.every((value, i) => i === 0 || value > numbers[i - 1]!) ?? false
}
