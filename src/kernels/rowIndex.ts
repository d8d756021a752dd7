/**
 * The lookups of a batch sorted by the table row that they touch: what turns a gradient per looked-up vector into one per row.
 *
 * B bags (rows of the batch), N lookups, V rows of the table, U rows touched. Rows are numbered in the order of their first
 * touch; the lookups of a row keep the order of the batch, so sums are the same every time. Counting sort over first-touch
 * stamps: the cost is O(N) a batch, whatever V is.
 */
export interface RowIndex {
  /** U. */
  touched: number
  /** [U] table row. */
  rows: Int32Array
  /** [U + 1] first position in `bags` of each row's lookups. */
  starts: Int32Array
  /** [N] bag of each lookup, sorted by row. */
  bags: Int32Array
  /** [N] the same lookups by their position in `ids`. */
  lookups: Int32Array
  /** [U] lookups of the row, each counted as often as its bag stands for an example. */
  counts: Int32Array
}

export interface RowIndexer {
  /**
   * `offsets` [B + 1], null = one id a bag; `multiplicity` [B], null = every bag stands for one example.
   * The arrays returned are views that the next call overwrites. Throws when an id is not a row of the table.
   */
  index(ids: Int32Array, offsets: Int32Array | null, multiplicity: Int32Array | null): RowIndex
}

/** `tableRows` = V; `name` of the column, for the message of an id out of range. */
export function createRowIndexer(tableRows: number, name: string): RowIndexer {
  const stamps = new Int32Array(tableRows)
  const places = new Int32Array(tableRows)
  let step = 0
  let scratch = allocate(0)

  return {
    index(ids, offsets, multiplicity) {
      const bagCount = offsets ? offsets.length - 1 : ids.length
      const lookups = offsets ? offsets[bagCount]! : ids.length
      if (scratch.bags.length < lookups) scratch = allocate(2 * lookups)
      const { rows, starts, bags, positions, counts, next } = scratch
      step++
      let touched = 0
      // next[u + 1] counts the lookups of row u, and then walks through its places.
      next[0] = 0
      for (let b = 0; b < bagCount; b++) {
        const end = offsets ? offsets[b + 1]! : b + 1
        const weight = multiplicity ? multiplicity[b]! : 1
        for (let i = offsets ? offsets[b]! : b; i < end; i++) {
          const row = ids[i]!
          if (row < 0 || row >= tableRows) throw new Error(outOfRange(name, row, tableRows))
          if (stamps[row] !== step) {
            stamps[row] = step
            places[row] = touched
            rows[touched] = row
            counts[touched] = 0
            next[++touched] = 0
          }
          const u = places[row]!
          next[u + 1]!++
          counts[u]! += weight
        }
      }
      for (let u = 0; u < touched; u++) next[u + 1]! += next[u]!
      starts.set(next.subarray(0, touched + 1))
      for (let b = 0; b < bagCount; b++) {
        const end = offsets ? offsets[b + 1]! : b + 1
        for (let i = offsets ? offsets[b]! : b; i < end; i++) {
          const at = next[places[ids[i]!]!]!++
          bags[at] = b
          positions[at] = i
        }
      }
      return {
        touched,
        rows: rows.subarray(0, touched),
        starts: starts.subarray(0, touched + 1),
        bags: bags.subarray(0, lookups),
        lookups: positions.subarray(0, lookups),
        counts: counts.subarray(0, touched),
      }
    },
  }
}

function allocate(lookups: number) {
  return {
    rows: new Int32Array(lookups),
    starts: new Int32Array(lookups + 1),
    bags: new Int32Array(lookups),
    positions: new Int32Array(lookups),
    counts: new Int32Array(lookups),
    next: new Int32Array(lookups + 1),
  }
}

/** What an id that is not a row says. */
export function outOfRange(name: string, row: number, tableRows: number): string {
  return `Column ${name}: bucket ${row} was looked up, but the table has rows 0 to ${tableRows - 1}.`
}
