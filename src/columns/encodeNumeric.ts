import type { Table } from '../data/table'
import type { NumericColumn } from '../experiment/experiment'
import { findColumn } from './columnValues'
import { measure, type Scaling, transformNumbers } from './scaling'

export interface EncodedNumeric {
  name: string
  values: Float32Array
  /** `fill` is what a missing number becomes: the mean of the training rows, as the model reads it. */
  scaling: Scaling & { fill: number }
  /** Rows whose number is missing. */
  missing: number
}

/** A numeric column after its normalizer; mean and deviation come from the training rows alone. */
export function encodeNumeric(column: NumericColumn, table: Table, trainRows: Uint32Array): EncodedNumeric {
  const transform = column.normalizer === 'log1p' ? 'log1p' : 'none'
  const numbers = transformNumbers(findColumn(table, column.key), transform)
  const measured = measure(numbers, trainRows)
  const { mean, deviation } = column.normalizer === 'standardize' ? measured : { mean: 0, deviation: 1 }
  const fill = (measured.mean - mean) / deviation
  const values = new Float32Array(numbers.length)
  let missing = 0
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    if (Number.isNaN(value)) missing++
    values[row] = Number.isNaN(value) ? fill : (value - mean) / deviation
  }
  return { name: column.key, values, scaling: { transform, mean, deviation, fill }, missing }
}
