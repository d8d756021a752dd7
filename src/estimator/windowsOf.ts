import type { Tensor2D } from '@tensorflow/tfjs-core'
import { tensorOf } from './features'

export interface Windows {
  /** [windows, inputs]: numbers of the series that follow one another. */
  x: Tensor2D
  /** [windows, 1]: the number after each. */
  y: Tensor2D
  /** Its place in the series. */
  at: Int32Array
}

/** A series cut into windows of `inputs` numbers, each with the number to forecast. Windows that hold a gap (NaN) are left out. The tensors are the caller's. */
export function windowsOf(series: ArrayLike<number>, inputs: number): Windows {
  if (!(Number.isInteger(inputs) && inputs > 0)) {
    throw new RangeError(`A window of ${inputs} numbers: it must be a whole number from 1.`)
  }
  const values = Float32Array.from(series)
  const places: number[] = []
  let whole = 0
  for (const [i, value] of values.entries()) {
    whole = Number.isFinite(value) ? whole + 1 : 0
    if (whole > inputs) places.push(i)
  }
  const x = new Float32Array(places.length * inputs)
  for (const [row, i] of places.entries()) x.set(values.subarray(i - inputs, i), row * inputs)
  const y = Float32Array.from(places, (i) => values[i]!)
  return {
    x: tensorOf(x, [places.length, inputs]) as Tensor2D,
    y: tensorOf(y, [places.length, 1]) as Tensor2D,
    at: Int32Array.from(places),
  }
}
