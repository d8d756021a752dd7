import { type Tensor2D, tensor, tensor2d, tidy, type Variable, variable } from '@tensorflow/tfjs-core'
import type { SparseBatch } from '../columns/sparseBatch'

/** A weight as TensorFlow.js keeps one, with its optimizer slots. */
export interface StockVariable {
  readonly name: string
  readonly shape: number[]
  readonly rows: number
  readonly trainable: boolean
  readonly tensor: Variable
  readonly slots: Map<string, Variable>
  readonly pieces: readonly StockPiece[]
}

/** Rows of a variable that lie together. `column`: where the ids that look them up are in a batch; null = every batch touches them. */
export interface StockPiece {
  column: number | null
  rows: number
}

let created = 0

/** Vectors count as one row. `pieces`: in the order of the rows, and all of them; default: all rows are touched by every batch. */
export function createStockVariable(
  name: string,
  shape: number[],
  values: Float32Array,
  { trainable = true, pieces }: { trainable?: boolean; pieces?: StockPiece[] },
): StockVariable {
  const rows = shape.length === 1 ? 1 : shape[0]!
  // TensorFlow.js knows a variable by its name, and several models may live at once.
  const ownName = `${name} ${++created}`
  const weights = tidy(() => variable(tensor(values.slice(), shape, 'float32'), trainable, ownName))
  return { name, shape, rows, trainable, tensor: weights, slots: new Map(), pieces: pieces ?? [{ column: null, rows }] }
}

/** [rows, 1] bool: which rows the batch looks up. null: all. */
export function touchedRows({ pieces, rows }: StockVariable, { categorical }: SparseBatch): Tensor2D | null {
  if (pieces.every(({ column }) => column === null)) return null
  const touched = new Uint8Array(rows)
  let first = 0
  for (const piece of pieces) {
    if (piece.column === null) touched.fill(1, first, first + piece.rows)
    else for (const id of categorical[piece.column]!.ids) touched[first + id] = 1
    first += piece.rows
  }
  return tensor2d(touched, [rows, 1], 'bool')
}
