/** One comparison with TensorFlow or Keras. */
export interface ParityRow {
  part: 'Hashes' | 'Columns' | 'Crosses' | 'Lookups' | 'Dense input' | 'Sequences' | 'Keras layers' | 'Optimizers'
  /** What is compared, in TensorFlow's words. */
  what: string
  /** The name of the answers in tests/goldens. */
  golden: string
  /** Values compared. */
  count: number
  /** The largest difference, relative to values above 1; 1 where texts differ. */
  difference: number
  /** What is allowed; 0 = equal. */
  tolerance: number
}

/** What stands in a rectangle where a row holds nothing. */
const NOTHING = -2

/** Rows of ids as a rectangle [rows × width]. */
export function rectangle({ ids, offsets }: { ids: Int32Array; offsets: Int32Array }, width: number): number[] {
  const result = new Array<number>((offsets.length - 1) * width).fill(NOTHING)
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) result[row * width + i - offsets[row]!] = ids[i]!
  }
  return result
}

/** The largest |ours − theirs| / max(1, |theirs|); Infinity where their counts differ. NaN equals NaN. */
export function largestDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < ours.length; i++) {
    if (Object.is(ours[i], theirs[i])) continue
    const difference = Math.abs(ours[i]! - theirs[i]!) / Math.max(1, Math.abs(theirs[i]!))
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference)
  }
  return largest
}

/** A row about numbers, or texts where both sides hold texts. */
export function compare(
  row: Pick<ParityRow, 'part' | 'what' | 'golden'>,
  ours: ArrayLike<number> | readonly string[],
  theirs: ArrayLike<number> | readonly string[],
  tolerance = 0,
): ParityRow {
  const difference =
    typeof ours[0] === 'string'
      ? Number(JSON.stringify(ours) !== JSON.stringify(theirs))
      : largestDifference(ours as ArrayLike<number>, theirs as ArrayLike<number>)
  return { ...row, count: theirs.length, difference, tolerance }
}
