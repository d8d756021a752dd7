import type { EncodedData } from '../columns/sparseBatch'
import { columnName } from '../experiment/columnName'
import type { DenseColumn, EmbeddingColumn, Experiment } from '../experiment/experiment'
import { categoricalPosition } from './categoricalPosition'
import { ModelError } from './modelError'

/** A dense column, and the `rows` rows of the first kernel, from `kernelRow` on, that it multiplies. */
export type InputPart = { rows: number; kernelRow: number } & Source

type Source =
  | { kind: 'embedding'; column: EmbeddingColumn }
  /** `place` in `EncodedData.numeric`. */
  | { kind: 'numeric'; place: number }
  /** `position` in `EncodedData.categorical`. */
  | { kind: 'indicator'; position: number }

/** The dense columns as TensorFlow concatenates them: sorted by name. Throws a `ModelError` when two have the same one. */
export function inputParts(encoded: EncodedData, { columns }: Experiment): InputPart[] {
  const sorted = columns.map((column, i) => ({ column, i, name: columnName(column) }))
  sorted.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  let kernelRow = 0
  return sorted.map(({ column, i, name }, at) => {
    if (sorted[at - 1]?.name === name) {
      throw new ModelError(`Two columns are called ${name}: remove one of them.`, `columns.${i}`)
    }
    const part = { ...partOf(encoded, column), kernelRow }
    kernelRow += part.rows
    return part
  })
}

function partOf(encoded: EncodedData, column: DenseColumn): Source & { rows: number } {
  if (column.type === 'embedding') return { kind: 'embedding', rows: column.dimension, column }
  if (column.type === 'indicator') {
    const position = categoricalPosition(encoded, column.categorical)
    return { kind: 'indicator', rows: encoded.categorical[position]!.buckets, position }
  }
  const place = encoded.numeric.findIndex(({ name }) => name === column.key)
  if (place < 0) throw new Error(`Column ${column.key} is in the experiment but was not encoded.`)
  return { kind: 'numeric', rows: 1, place }
}
