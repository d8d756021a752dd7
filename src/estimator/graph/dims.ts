/** A number that follows the rows of a batch: slope · rows + offset. */
export interface Affine {
  readonly slope: number
  readonly offset: number
}

/** A number of a shape or an attribute. */
export type Dim = number | Affine

/** The number that was `values[t]` in a batch of `rows[t]` rows, three or more; null: it follows the rows in no such way. */
export function dimOf(values: readonly number[], rows: readonly number[]): Dim | null {
  const [first = 0, second = 0] = values
  if (values.every((value) => Object.is(value, first))) return first
  const slope = (second - first) / (rows[1]! - rows[0]!)
  const offset = first - slope * rows[0]!
  const isWhole = Number.isInteger(slope) && Number.isInteger(offset)
  return isWhole && values.every((value, t) => value === slope * rows[t]! + offset) ? { slope, offset } : null
}

export function isFixed(dim: Dim): dim is number {
  return typeof dim === 'number'
}

export function sameDim(a: Dim, b: Dim): boolean {
  if (isFixed(a) || isFixed(b)) return a === b
  return a.slope === b.slope && a.offset === b.offset
}

/** `a − b` of a fixed `b`. */
export function minus(a: Dim, b: number): Dim {
  return isFixed(a) ? a - b : { slope: a.slope, offset: a.offset - b }
}
