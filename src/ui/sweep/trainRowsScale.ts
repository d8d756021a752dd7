/** Fewer rows than this tell nothing. */
const FEWEST = 100

/** Stops of the slider for rows to learn from: 100, 200, 500, 1,000, … and all of them last. */
export function trainRowsStops(all: number): number[] {
  const stops: number[] = []
  for (let decade = FEWEST; decade < all; decade *= 10) {
    for (const factor of [1, 2, 5]) if (factor * decade < all) stops.push(factor * decade)
  }
  return [...stops, all]
}

/** As many epochs of `rows` as take the steps of `epochs` epochs of all rows, within what a sweep may ask for. */
export function sameSteps(epochs: number, all: number, rows: number, batchSize: number, most: number): number {
  const steps = (count: number) => Math.ceil(count / batchSize)
  return Math.min(most, Math.round((epochs * steps(all)) / steps(rows)))
}
