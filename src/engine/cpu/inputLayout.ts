import type { InputPart } from '../../model/inputParts'

export type EmbeddingPart = Extract<InputPart, { kind: 'embedding' }>
export type IndicatorPart = Extract<InputPart, { kind: 'indicator' }>

/** Where the dense columns stand in x, the matrix that the first kernel multiplies: each from a multiple of 4 on, so that rows move as vectors. */
export interface InputLayout {
  /** Those that are trained first: only their part of dX is computed. */
  embeddings: EmbeddingPart[]
  indicators: IndicatorPart[]
  /** First column in x of all but the indicators. */
  columnOf: Map<InputPart, number>
  /** Columns of x before those of frozen tables and numbers. */
  trainedColumns: number
  /** Where the numbers begin. */
  numericColumn: number
  /** Columns of x that the kernel has rows for. */
  inputs: number
  /** Those of its rows that face columns of zeros. */
  gapRows: number[]
}

export function inputLayout(parts: readonly InputPart[]): InputLayout {
  const all = parts.filter((part) => part.kind === 'embedding')
  const embeddings = [...all.filter((part) => part.column.trainable), ...all.filter((part) => !part.column.trainable)]
  const columnOf = new Map<InputPart, number>()
  const gapRows: number[] = []
  let [inputs, end, trainedColumns] = [0, 0, 0]
  for (const part of embeddings) {
    for (let row = inputs; row < end; row++) gapRows.push(row)
    columnOf.set(part, end)
    inputs = end + part.rows
    end += 4 * Math.ceil(part.rows / 4)
    if (part.column.trainable) trainedColumns = end
  }
  const numeric = parts.filter((part) => part.kind === 'numeric')
  const numericColumn = end
  if (numeric.length > 0) for (let row = inputs; row < end; row++) gapRows.push(row)
  for (const part of numeric) {
    columnOf.set(part, numericColumn + part.place)
    inputs = numericColumn + numeric.length
  }
  const indicators = parts.filter((part) => part.kind === 'indicator')
  return {
    embeddings,
    indicators,
    columnOf,
    trainedColumns: Math.min(trainedColumns, inputs),
    numericColumn,
    inputs,
    gapRows,
  }
}
