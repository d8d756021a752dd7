import type { DataSummary } from '../experiment/dataSummary'

/**
 * Rows, column by column. Strings are dictionary-encoded; the order of `values` is the order of first occurrence in the file
 * (for the built-ins the order of the entity list). -1 = missing. Numbers: NaN = missing.
 */
export type Column =
  | { name: string; type: 'string'; codes: Int32Array; values: string[] }
  /** Whole numbers (ids, counts, day of week). Missing values are NaN; exact to 2^53. */
  | { name: string; type: 'integer'; values: Float64Array | Int32Array }
  | { name: string; type: 'number'; values: Float32Array | Float64Array }

/** Facts about the things that a column's values name: film titles, airport places. */
export interface Entity {
  /** Column whose values are the keys. */
  column: string
  /** Value as text → position in `labels` and in every attribute. */
  index: Map<string, number>
  labels: string[]
  attributes: EntityAttribute[]
  /** Attribute to colour by at first. */
  colorBy: string | null
  /** What makes two of them alike, by the names of attributes: vectors are compared with it. */
  likeness?: Likeness[]
}

export type Likeness =
  /** The same category. */
  | { kind: 'category'; attribute: string }
  /** Not more than `km` apart; both attributes in degrees. */
  | { kind: 'place'; latitude: string; longitude: string; km: number }

export type EntityAttribute =
  | { kind: 'category'; name: string; title: string; categories: string[]; ordered: boolean; codes: Int16Array }
  | {
      kind: 'number'
      name: string
      title: string
      unit: string | null
      values: Float32Array /** Ground truth that the map is probed for. */
      probe: boolean
    }

export interface Table {
  name: string
  rowCount: number
  columns: Column[]
}

export interface DataSet {
  table: Table
  summary: DataSummary
  entities: Entity[]
}

/** A fault of the data, told to the person: file, row and column where known. */
export class DataError extends Error {
  constructor(
    message: string,
    readonly where: { file?: string | null; row?: number | null; column?: string | null } = {},
  ) {
    super(message)
    this.name = 'DataError'
  }
}
