import { type Column, DataError } from '../data/table'
import { fileRow } from './columnValues'

/** How a number becomes what the model reads or predicts: (transform(value) - mean) / deviation. */
export interface Scaling {
  transform: 'none' | 'log1p'
  mean: number
  deviation: number
}

/** The column's numbers after the transform, NaN where missing. Throws a DataError for text, and for a number of -1 or less under log1p. */
export function transformNumbers(column: Column, transform: Scaling['transform']): Float64Array {
  if (column.type === 'string') {
    throw new DataError(`Column '${column.name}' holds text where numbers are needed.`, { column: column.name })
  }
  const numbers = Float64Array.from(column.values)
  if (transform === 'none') return numbers
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    if (value <= -1) {
      throw new DataError(
        `Value ${value} in row ${fileRow(row)} of column '${column.name}' has no logarithm: log1p needs numbers above -1.`,
        { column: column.name, row: fileRow(row) },
      )
    }
    numbers[row] = Math.log1p(value)
  }
  return numbers
}

/** Mean and population deviation over `rows`, missing numbers left out. A column that does not vary gets deviation 1. */
export function measure(numbers: Float64Array, rows: Uint32Array): { mean: number; deviation: number } {
  let count = 0
  let sum = 0
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i]!]!
    if (Number.isNaN(value)) continue
    count++
    sum += value
  }
  if (count === 0) return { mean: 0, deviation: 1 }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i]!]!
    if (!Number.isNaN(value)) squares += (value - mean) ** 2
  }
  const deviation = Math.sqrt(squares / count)
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 }
}
