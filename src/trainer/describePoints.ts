import type { EncodedColumn } from '../columns/encodedColumn'
import type { DataSet } from '../data/table'
import type { CategoricalColumn } from '../experiment/experiment'
import type { Attribute, PointsInfo } from '../protocol/trainer'
import { type ColumnPart, columnParts } from './columnParts'
import { describePart } from './describePart'
import { labelOfValue } from './labelOfValue'

/** No row, or rows with different values, fall into the bucket. */
const UNKNOWN = -1

/**
 * The points of an embedding table: a label for each bucket and what it can be coloured by, from the data set's entities, from the meaning of
 * its keys (day, hour, month), from ranges, from the parts of a cross. A hashed bucket that several values share has an attribute only where they agree.
 */
export function describePoints(
  table: string,
  categorical: CategoricalColumn,
  encoded: EncodedColumn,
  dataSet: DataSet,
  trainRows: Uint32Array,
): PointsInfo {
  const parts = columnParts(categorical, dataSet)
  const held = encoded.own ?? encoded
  const attributes = parts.flatMap((part) => describePart(part, codesByBucket(part, held), parts.length > 1))
  return {
    table,
    keys: encoded.bucketKeys,
    shared: encoded.shared ?? null,
    labels: labelBuckets(encoded, parts, categorical),
    counts: countRows(held, trainRows),
    attributes,
    colorBy: chooseColor(parts, attributes),
  }
}

/** By bucket: the one code that its rows hold. */
function codesByBucket(part: ColumnPart, { buckets, ids, offsets }: EncodedColumn): Int32Array {
  const codes = new Int32Array(buckets).fill(UNKNOWN)
  const mixed = new Uint8Array(buckets)
  part.codes.forEach((code, row) => {
    const end = offsets ? offsets[row + 1]! : row + 1
    for (let i = offsets ? offsets[row]! : row; i < end; i++) {
      const id = ids[i]!
      if (codes[id] === UNKNOWN) codes[id] = code
      else if (codes[id] !== code) mixed[id] = 1
    }
  })
  return codes.map((code, id) => (mixed[id] === 1 ? UNKNOWN : code))
}

function countRows({ buckets, ids, offsets }: EncodedColumn, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(buckets)
  for (const row of rows) {
    const end = offsets ? offsets[row + 1]! : row + 1
    for (let i = offsets ? offsets[row]! : row; i < end; i++) counts[ids[i]!]!++
  }
  return counts
}

function labelBuckets({ bucketKeys }: EncodedColumn, parts: ColumnPart[], categorical: CategoricalColumn): string[] {
  const hashed = isHashed(categorical)
  return bucketKeys.map((key, id) => {
    if (key === '') return `bucket ${id}, unused`
    return labelKey(key, parts, hashed)
  })
}

/** Values share buckets, whose keys list them. */
export function isHashed(categorical: CategoricalColumn): boolean {
  return categorical.type === 'hashBucket' || (categorical.type === 'crossed' && !categorical.exact)
}

/** What a person calls a bucket in use, by its key. */
export function labelKey(key: string, parts: ColumnPart[], hashed: boolean): string {
  const values = hashed ? key.split(' · ') : [key]
  return values.map((value) => labelText(value, parts)).join(' · ')
}

/** Day before month before hour, whatever the order of the keys: `Fri 17 h`. */
const READING_ORDER = { dayOfWeek: 0, month: 1, hourOfDay: 2 } as const

function labelText(value: string, parts: ColumnPart[]): string {
  const texts = parts.length > 1 ? value.split(' × ') : [value]
  // '+3 more', or a value that holds the separator itself.
  return texts.length === parts.length ? labelCombination(texts, parts) : value
}

/** What a person calls a value of a column, or a combination: `Fri 17 h`. `texts`: one for each part. */
export function labelCombination(texts: string[], parts: ColumnPart[]): string {
  const labels = parts.map((part, i) => ({ part, label: labelOfValue(part, texts[i]!) }))
  if (!parts.every((part) => part.meaning)) return labels.map(({ label }) => label).join(' × ')
  return labels
    .sort((a, b) => READING_ORDER[a.part.meaning!] - READING_ORDER[b.part.meaning!])
    .map(({ label }) => label)
    .join(' ')
}

function chooseColor(parts: ColumnPart[], attributes: Attribute[]): string | null {
  const hour = parts.find((part) => part.meaning === 'hourOfDay')
  const chosen = hour?.key ?? (parts.length === 1 ? parts[0]!.entity?.colorBy : null)
  return attributes.find(({ name }) => name === chosen)?.name ?? attributes[0]?.name ?? null
}
