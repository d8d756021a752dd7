import { DataError } from '../data/table'
import type { DataProblem } from '../protocol/trainer'

/** What is wrong with a file, and where, as far as it is known. */
export function problemOf(error: unknown): DataProblem {
  const message = error instanceof Error ? error.message : String(error)
  const where = error instanceof DataError ? error.where : {}
  return { message, file: where.file ?? null, row: where.row ?? null, column: where.column ?? null }
}
