import { type Column, DataError } from '../data/table'
import type { SimpleCategoricalColumn } from '../experiment/experiment'
import { nameBuckets } from './bucketKeys'
import { columnValues } from './columnValues'
import { type CrossInput, sequence } from './crossInputs'
import { dropNegative } from './dropNegative'
import { createUint64Array, fingerprints, writeInteger } from './fingerprint64'
import { encodeValues, MISSING } from './simpleColumn'

/** A key of the data, several values a row where there are `offsets`: strings enter the hash by fingerprint, whole numbers as they are, '' and -1 included. */
export function plainInput(source: Column, offsets: Int32Array | null = null): CrossInput {
  const { codes, texts, integers } = columnValues(source)
  const size = texts.length
  const hashes = integers ? integerHashes(integers) : fingerprints(texts)
  return {
    rows: dropNegative({ values: codes, offsets }),
    size,
    hashes,
    places: sequence(size),
    placeCount: size,
    label: (code) => texts[code]!,
    sparse: offsets !== null,
  }
}

/** A categorical column over the values of its key: its bucket ids are crossed, a value out of the vocabulary as -1. */
export function columnInput(
  column: SimpleCategoricalColumn,
  source: Column,
  offsets: Int32Array | null = null,
): CrossInput {
  const { buckets, codes, ids, label, isSeen, ownKeys } = encodeValues(column, source, {
    dense: offsets === null,
    width: rowWidth(column, offsets),
  })
  if (column.type === 'hashBucket') {
    throw new DataError(`A cross cannot hold the hashed column '${column.key}': cross the key itself.`, {
      column: column.key,
    })
  }
  const { keys } = nameBuckets(buckets, ids, label, isSeen, ownKeys)
  const compact = new Map<number, number>()
  const codeOf = ids.map((id) => {
    if (id === MISSING) return MISSING
    const code = compact.get(id) ?? compact.size
    compact.set(id, code)
    return code
  })
  const places = Int32Array.from(compact.keys())
  return {
    rows: dropNegative({ values: codes.map((code) => (code < 0 ? MISSING : codeOf[code]!)), offsets }),
    size: places.length,
    hashes: integerHashes(places),
    places,
    placeCount: buckets,
    label: (code) => (places[code]! < 0 ? '(other)' : keys()[places[code]!]!),
    sparse: true,
  }
}

function integerHashes(values: Float64Array | Int32Array) {
  const hashes = createUint64Array(values.length)
  for (let i = 0; i < values.length; i++) writeInteger(hashes, i, values[i]!)
  return hashes
}

/** Numbers that each row of a bucketized column holds. Throws a DataError where rows differ. */
export function rowWidth({ type, key }: SimpleCategoricalColumn, offsets: Int32Array | null): number {
  if (type !== 'bucketized' || offsets === null) return 1
  const width = offsets.length > 1 ? offsets[1]! : 1
  if (offsets.every((offset, row) => offset === row * width)) return width
  throw new DataError(`A bucketized column needs as many numbers in every row, and those of '${key}' differ.`, {
    column: key,
  })
}
