/** Throws a RangeError for a number that is no row of the data: kernels would read whatever lies there. */
export function checkRowNumbers(rows: Uint32Array, rowCount: number): void {
  for (const row of rows) if (row >= rowCount) throw new RangeError(`Row ${row} of ${rowCount} was asked for.`)
}
