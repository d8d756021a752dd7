import { type Column, DataError, type Table } from '../data/table'
import { categoricalName } from '../experiment/columnName'
import type { CategoricalColumn, CrossedColumn, SimpleCategoricalColumn } from '../experiment/experiment'
import { categoricalColumnWithVocabularyList } from '../experiment/featureColumn'
import { limits } from '../experiment/limits'
import { formatCount } from '../lib/formatNumber'
import { type BucketKeys, nameBuckets } from './bucketKeys'
import { findColumn } from './columnValues'
import { type CrossInput, combine, hashCombinations, placeCombinations } from './crossInputs'
import { columnInput, plainInput } from './crossKeys'
import { dropNegative, type RowValues } from './dropNegative'
import type { EncodedColumn } from './encodedColumn'
import { encodeSimple, encodeValues, MISSING } from './simpleColumn'
import { type SplitWords, splitWords } from './splitWords'

/** Applies a categorical column to every row, as TensorFlow's feature columns do. Throws a DataError for data that it cannot hold. */
export function encodeCategorical(column: CategoricalColumn, table: Table): EncodedColumn {
  const encoded = column.type === 'crossed' ? encodeCrossed(column, table) : encodeUncrossed(column, table)
  const { weightKey } = column
  if (weightKey !== undefined) encoded.weights = weightsOf(encoded, findColumn(table, weightKey))
  return encoded
}

/** The number of each id's row; a missing one weighs nothing. Throws a DataError for text. */
function weightsOf({ ids, offsets }: EncodedColumn, column: Column): Float32Array {
  if (column.type === 'string') {
    const message = `The weights '${column.name}' are text: they must be numbers.`
    throw new DataError(message, { column: column.name })
  }
  const weights = new Float32Array(ids.length)
  for (let row = 0; row < column.values.length; row++) {
    const weight = column.values[row]!
    weights.fill(
      Number.isNaN(weight) ? 0 : weight,
      offsets ? offsets[row]! : row,
      offsets ? offsets[row + 1]! : row + 1,
    )
  }
  return weights
}

function encodeUncrossed(column: SimpleCategoricalColumn, table: Table): EncodedColumn {
  const split = wordsOfColumn(column, table)
  const { buckets, codes, ids, label, isSeen, ownKeys } = split
    ? encodeValues(column, split.words, { dense: false })
    : encodeSimple(column, table)
  refuseTooMany(buckets, column.key)
  const rowIds = new Int32Array(codes.length)
  for (let row = 0; row < codes.length; row++) rowIds[row] = codes[row]! < 0 ? MISSING : ids[codes[row]!]!
  const kept = dropNegative({ values: rowIds, offsets: split?.offsets ?? null })
  const named = nameBuckets(buckets, ids, label, isSeen, ownKeys)
  return encodedColumn(categoricalName(column), buckets, kept, named, kept.droppedRows)
}

/** null: the column reads its values as they are. Throws a DataError for numbers. */
export function wordsOfColumn(column: SimpleCategoricalColumn, table: Table): SplitWords | null {
  if (column.type !== 'vocabularyList' || !column.split) return null
  const source = findColumn(table, column.key)
  if (source.type === 'string') return splitWords(source)
  throw new DataError(`Column '${column.key}' holds numbers; only texts can be split into words.`, {
    column: column.key,
  })
}

/** `checkExperiment` knows the least that it can be; this is what it is. */
function refuseTooMany(buckets: number, column: string): void {
  if (buckets <= limits.buckets) return
  const most = formatCount(limits.buckets)
  throw new DataError(
    `${column} would have ${formatCount(buckets)} buckets, and the page stops at ${most}: hash it into fewer.`,
    { column },
  )
}

function encodeCrossed(column: CrossedColumn, table: Table): EncodedColumn {
  return encodeCross(column, crossInputs(column, table), table.rowCount)
}

/** The keys of a cross as they enter it. */
export function crossInputs(column: CrossedColumn, table: Table): CrossInput[] {
  const keys = column.exact ? ownPlaces(column) : column.keys
  return keys.map((key) =>
    typeof key === 'string' ? plainInput(findColumn(table, key)) : columnInput(key, findColumn(table, key.key)),
  )
}

/** The keys of an exact cross: a plain key means every value of the data, each a place of its own. */
export function ownPlaces({ keys }: CrossedColumn): SimpleCategoricalColumn[] {
  return keys.map((key) => (typeof key === 'string' ? categoricalColumnWithVocabularyList(key, 'data') : key))
}

/** Crosses inputs that are at hand, multi-valued rows included. `column.keys` only give the name. */
export function encodeCross(column: CrossedColumn, inputs: readonly CrossInput[], rowCount: number): EncodedColumn {
  const name = categoricalName(column)
  const buckets = column.exact
    ? inputs.reduce((product, input) => product * input.placeCount, 1)
    : column.hashBucketSize
  refuseTooMany(buckets, name)
  const combinations = combine(inputs)
  const { rows, parts } = combinations
  const ids = column.exact
    ? placeCombinations(inputs, combinations)
    : hashCombinations(inputs, combinations, buckets, column.hashKey)
  const kept = dropNegative({ values: rows.values.map((code) => ids[code]!), offsets: rows.offsets })
  const label = (code: number) => {
    let text = inputs[0]!.label(parts[0]![code]!)
    for (let i = 1; i < inputs.length; i++) text += ` × ${inputs[i]!.label(parts[i]![code]!)}`
    return text
  }
  const named = nameBuckets(buckets, ids, label, () => true)
  return encodedColumn(name, buckets, kept, named, kept.droppedRows + rowsWithout(inputs, rowCount))
}

function encodedColumn(
  name: string,
  buckets: number,
  { values: ids, offsets }: RowValues,
  { keys, shared, distinct, colliding }: BucketKeys,
  droppedRows: number,
): EncodedColumn {
  return {
    name,
    buckets,
    ids,
    offsets,
    get bucketKeys() {
      return keys()
    },
    get shared() {
      return shared()
    },
    distinct,
    colliding,
    droppedRows,
  }
}

/** Rows that hold no value of some key: they make no combination at all. */
function rowsWithout(inputs: readonly CrossInput[], rowCount: number): number {
  let count = 0
  for (let row = 0; row < rowCount; row++) {
    for (const { rows } of inputs) {
      if (rows.offsets && rows.offsets[row] === rows.offsets[row + 1]) {
        count++
        break
      }
    }
  }
  return count
}
