import { type Column, DataError } from '../data/table'

/** What the rows hold of one key, as TensorFlow is given it; without a Table, for one value or several a row. */
export interface Feature {
  type: 'string' | 'integer' | 'number'
  /** Row after row; `integer`: whole numbers, exact to 2^53. */
  values: readonly (string | number)[]
  /** Row r holds values[offsets[r]] … values[offsets[r + 1] - 1]: a SparseTensor. null = a dense feature, one value in every row; '' and -1 in it are missing. */
  offsets: Int32Array | null
}

export type Features = Readonly<Record<string, Feature>>

export function denseFeature(type: Feature['type'], values: readonly (string | number)[]): Feature {
  return { type, values, offsets: null }
}

/** `lengths`: how many of the values each row holds. */
export function sparseFeature(
  type: Feature['type'],
  values: readonly (string | number)[],
  lengths: readonly number[],
): Feature {
  const offsets = new Int32Array(lengths.length + 1)
  lengths.forEach((length, row) => {
    offsets[row + 1] = offsets[row]! + length
  })
  return { type, values, offsets }
}

/** Throws a DataError where there is no such key. */
export function findFeature(features: Features, key: string): Feature {
  const feature = Object.hasOwn(features, key) ? features[key] : undefined
  if (feature) return feature
  const message = `There is no feature '${key}'. There are: ${Object.keys(features).join(', ')}.`
  throw new DataError(message, { column: key })
}

export function rowCount({ values, offsets }: Feature): number {
  return offsets ? offsets.length - 1 : values.length
}

/** The values as a column of a table, one row a value. */
export function columnOf(name: string, { type, values }: Feature): Column {
  if (type !== 'string') return { name, type, values: Float64Array.from(values, Number) }
  const codeOf = new Map<string, number>()
  const codes = Int32Array.from(values, (value) => {
    const text = String(value)
    const code = codeOf.get(text) ?? codeOf.size
    codeOf.set(text, code)
    return code
  })
  return { name, type, codes, values: [...codeOf.keys()] }
}
