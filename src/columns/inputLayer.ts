import { DataError } from '../data/table'
import { columnName, tableName } from '../experiment/columnName'
import type { EmbeddingColumn, IndicatorColumn } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { encodeFeature, type SparseIds } from './encodeFeature'
import { type Features, findFeature } from './feature'
import { safeEmbeddingLookupSparse } from './safeEmbeddingLookupSparse'

/** A dense column of TensorFlow's, its statistics given: what one row becomes follows from the column alone. */
export type InputColumn =
  | EmbeddingColumn
  | IndicatorColumn
  /** `normalizerFn`: TensorFlow's `normalizer_fn`; none = the number itself. */
  | { type: 'numeric'; key: string; normalizerFn?: (value: number) => number }

/** What one column puts into the input: `values` [rows × width]. */
export interface InputPart {
  name: string
  width: number
  values: Float32Array
}

/** Embedding tables [buckets × dimension] by TensorFlow's name of the column; shared ones by the name of their collection. */
export type InputTables = ReadonlyMap<string, Float32Array>

/** TensorFlow's name of a column, by which the parts of the input are sorted. */
export function inputName(column: InputColumn): string {
  if (column.type === 'numeric') return column.key
  return columnName(column)
}

/** Every column's part of the input, sorted by name, as TensorFlow concatenates them. */
export function inputParts(columns: readonly InputColumn[], features: Features, tables: InputTables): InputPart[] {
  return columns
    .map((column) => ({ name: inputName(column), ...partOf(column, features, tables) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** TensorFlow's `input_layer`: the parts side by side [rows × Σ widths]. */
export function inputLayer(columns: readonly InputColumn[], features: Features, tables: InputTables): Float32Array {
  const parts = inputParts(columns, features, tables)
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  const rows = parts[0] ? parts[0].values.length / parts[0].width : 0
  const layer = new Float32Array(rows * width)
  let from = 0
  for (const part of parts) {
    for (let row = 0; row < rows; row++) {
      layer.set(part.values.subarray(row * part.width, (row + 1) * part.width), row * width + from)
    }
    from += part.width
  }
  return layer
}

function partOf(column: InputColumn, features: Features, tables: InputTables): Omit<InputPart, 'name'> {
  switch (column.type) {
    case 'numeric':
      return { width: 1, values: numbersOf(column, features) }
    case 'indicator': {
      const encoded = encodeFeature(column.categorical, features)
      return { width: encoded.buckets, values: multiHot(encoded) }
    }
    case 'embedding': {
      const encoded = encodeFeature(column.categorical, features)
      const name = tableName(column)
      const table = tables.get(name)
      if (table?.length !== encoded.buckets * column.dimension) {
        const wanted = `[${encoded.buckets}, ${column.dimension}]`
        throw new RangeError(`${name} needs a table of the shape ${wanted}, not of ${table?.length ?? 'no'} numbers.`)
      }
      const { combiner, maxNorm = null, dimension } = column
      return { width: dimension, values: safeEmbeddingLookupSparse(table, dimension, encoded, { combiner, maxNorm }) }
    }
    default:
      return assertNever(column)
  }
}

function numbersOf({ key, normalizerFn }: Extract<InputColumn, { type: 'numeric' }>, features: Features): Float32Array {
  const { type, values, offsets } = findFeature(features, key)
  if (type === 'string' || offsets) {
    const held = type === 'string' ? 'text' : 'several values a row'
    throw new DataError(`'${key}' holds ${held}: a numeric column needs one number in every row.`, { column: key })
  }
  // TensorFlow casts to 32 bits before it normalizes.
  return Float32Array.from(values, (value) => {
    const number = Math.fround(Number(value))
    return normalizerFn ? normalizerFn(number) : number
  })
}

/** Counts, or sums of weights, by bucket [rows × buckets]. */
function multiHot({ ids, offsets, weights, buckets }: SparseIds): Float32Array {
  const rows = offsets.length - 1
  const result = new Float32Array(rows * buckets)
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      if (ids[i]! >= 0) result[row * buckets + ids[i]!]! += weights ? weights[i]! : 1
    }
  }
  return result
}
