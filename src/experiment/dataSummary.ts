/** What the main thread knows of a data set: the card, the columns to choose from, never the rows. */
export interface DataSummary {
  name: string
  title: string
  /** Of the content: `sha256-…` for a file, `builtin-movies-1` style for a built-in. */
  fingerprint: string
  rowCount: number
  columns: ColumnSummary[]
  /** Five rows, as text, in the order of `columns`. */
  sampleRows: string[][]
  /** In plain words: measured, simulated, or the person's own. */
  nature: 'measured' | 'simulated' | 'yours'
  natureText: string
  source: string
  licence: string
  /** `ratings`: MovieLens or a table that looks like it (user, item, rating). */
  kind: 'ratings' | 'table'
  /** What was skipped or repaired while reading, in words. */
  warnings: string[]
}

export interface ColumnSummary {
  name: string
  type: 'integer' | 'number' | 'string' | 'date'
  /** Distinct values; for numbers counted up to 100,000. */
  distinct: number
  missing: number
  min: number | null
  max: number | null
  samples: string[]
  /** Unit in words where it is known (`vehicles per hour`, `stars`). */
  unit: string | null
  /** For `day`, `hour`, `month` taken from a date: the name of that column. */
  derivedFrom: string | null
  /** What a derived or well-known integer means; decides cyclic colours and labels. Monday = 0. */
  meaning: 'dayOfWeek' | 'hourOfDay' | 'month' | null
  /** A date whose order of day and month its values do not settle; the person is asked. */
  ambiguousDate: boolean
}
