import { DataError } from '../data/table'
import type { CategoricalColumn, CrossedColumn, SimpleCategoricalColumn } from '../experiment/experiment'
import { combine, hashCombinations, placeCombinations } from './crossInputs'
import { columnInput, plainInput, rowWidth } from './crossKeys'
import { dropNegative, type RowValues } from './dropNegative'
import { ownPlaces } from './encodeColumn'
import { columnOf, type Feature, type Features, findFeature, rowCount } from './feature'
import { encodeValues, MISSING } from './simpleColumn'

/** What a categorical column makes of features: TensorFlow's id and weight tensors. */
export interface SparseIds {
  buckets: number
  /** In CSR form; -1 = out of the vocabulary, which a lookup drops. */
  ids: Int32Array
  /** [rows + 1] */
  offsets: Int32Array
  /** By id; null = every id counts the same. */
  weights: Float32Array | null
}

/** The ids of every row, as `transform_feature` of TensorFlow's columns gives them. Throws a DataError for values that the column cannot hold. */
export function encodeFeature(column: CategoricalColumn, features: Features): SparseIds {
  const { weightKey, ...plain } = column
  if (weightKey !== undefined) return encodeWeighted(plain, weightKey, features)
  const { buckets, rows } = column.type === 'crossed' ? encodeCross(column, features) : encodeKey(column, features)
  const offsets = rows.offsets ?? Int32Array.from({ length: rows.values.length + 1 }, (_, row) => row)
  return { buckets, ids: rows.values, offsets, weights: null }
}

interface EncodedRows {
  buckets: number
  rows: RowValues
}

function encodeKey(column: SimpleCategoricalColumn, features: Features): EncodedRows {
  const { rows, buckets } = idsOf(column, findFeature(features, column.key))
  return { rows: dropNegative(rows, -1), buckets }
}

/** The id of every value, MISSING included. */
function idsOf(column: SimpleCategoricalColumn, feature: Feature) {
  const { codes, ids, buckets } = encodeValues(column, columnOf(column.key, feature), {
    dense: feature.offsets === null,
    width: rowWidth(column, feature.offsets),
  })
  const values = codes.map((code) => (code < 0 ? MISSING : ids[code]!))
  return { buckets, rows: { values, offsets: feature.offsets } }
}

function encodeCross(column: CrossedColumn, features: Features): EncodedRows {
  const keys = column.exact ? ownPlaces(column) : column.keys
  const inputs = keys.map((key) => {
    if (typeof key !== 'string') {
      const feature = findFeature(features, key.key)
      return columnInput(key, columnOf(key.key, feature), feature.offsets)
    }
    const feature = findFeature(features, key)
    return plainInput(columnOf(key, feature), feature.offsets)
  })
  const combinations = combine(inputs)
  const buckets = column.exact
    ? inputs.reduce((product, input) => product * input.placeCount, 1)
    : column.hashBucketSize
  const ids = column.exact
    ? placeCombinations(inputs, combinations)
    : hashCombinations(inputs, combinations, buckets, column.hashKey)
  const { values, offsets } = combinations.rows
  return { buckets, rows: { values: values.map((code) => ids[code]!), offsets } }
}

/** The weight of a dense row's missing value is left out with it. */
function encodeWeighted(categorical: CategoricalColumn, weightKey: string, features: Features): SparseIds {
  const encoded = encodeFeature(categorical, features)
  const feature = findFeature(features, weightKey)
  if (feature.type === 'string') {
    throw new DataError(`The weights '${weightKey}' are text: they must be numbers.`, { column: weightKey })
  }
  const { ids, offsets } = encoded
  const rows = offsets.length - 1
  if (rowCount(feature) !== rows) {
    const message = `'${weightKey}' has weights for ${rowCount(feature)} rows, and there are ${rows}.`
    throw new DataError(message, { column: weightKey })
  }
  const weights = new Float32Array(ids.length)
  for (let row = 0; row < rows; row++) {
    const from = feature.offsets ? feature.offsets[row]! : row
    const given = feature.offsets ? feature.offsets[row + 1]! - from : 1
    const held = offsets[row + 1]! - offsets[row]!
    if (held !== given && !(feature.offsets === null && held === 0)) {
      const message = `Row ${row + 1} holds ${held} values and ${given} weights of '${weightKey}': each value needs its own.`
      throw new DataError(message, { column: weightKey })
    }
    for (let i = 0; i < held; i++) weights[offsets[row]! + i] = Number(feature.values[from + i])
  }
  return { ...encoded, weights }
}
