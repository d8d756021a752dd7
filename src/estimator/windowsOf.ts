export interface Windows {
  /** [windows × inputs], row-major: numbers of the series that follow one another. */
  x: number[][]
  /** The number after each. */
  y: number[]
  /** Its place in the series. */
  at: Int32Array
}

/** A series cut into windows of `inputs` numbers, each with the number to forecast. Windows that hold a gap (NaN) are left out. */
export function windowsOf(series: ArrayLike<number>, inputs: number): Windows {
  if (!(Number.isInteger(inputs) && inputs > 0))
    throw new RangeError(`A window of ${inputs} numbers: it must be a whole number from 1.`)
  const values = Array.from(series)
  const windows: Windows = { x: [], y: [], at: new Int32Array() }
  const places: number[] = []
  let whole = 0
  for (const [i, value] of values.entries()) {
    whole = Number.isFinite(value) ? whole + 1 : 0
    if (whole <= inputs) continue
    windows.x.push(values.slice(i - inputs, i))
    windows.y.push(value)
    places.push(i)
  }
  windows.at = Int32Array.from(places)
  return windows
}
