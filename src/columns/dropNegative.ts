/** Values in CSR form: row r holds values[offsets[r]] … values[offsets[r + 1] - 1]; null offsets = one in every row. */
export interface RowValues {
  values: Int32Array
  offsets: Int32Array | null
}

/** Takes the negative values out of every row, or those below `lowest`. `droppedRows` counts the rows that lost one. Returns its input when there is none. */
export function dropNegative({ values, offsets }: RowValues, lowest = 0): RowValues & { droppedRows: number } {
  let dropped = 0
  for (let i = 0; i < values.length; i++) if (values[i]! < lowest) dropped++
  if (dropped === 0) return { values, offsets, droppedRows: 0 }
  const rowCount = offsets ? offsets.length - 1 : values.length
  const kept = new Int32Array(values.length - dropped)
  const starts = new Int32Array(rowCount + 1)
  let at = 0
  let droppedRows = 0
  for (let row = 0; row < rowCount; row++) {
    const start = offsets ? offsets[row]! : row
    const end = offsets ? offsets[row + 1]! : row + 1
    const before = at
    for (let i = start; i < end; i++) if (values[i]! >= lowest) kept[at++] = values[i]!
    starts[row + 1] = at
    if (at - before < end - start) droppedRows++
  }
  return { values: kept, offsets: starts, droppedRows }
}
