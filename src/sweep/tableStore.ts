import type { LearntTable, PointsInfo } from '../protocol/trainer'

/** Bytes of vectors that one sweep may keep. */
const MOST_BYTES = 256 * 2 ** 20

/** Keeps the tables that runs end with: within a bound, and with the names of their points once, not once a run. */
export function createTableStore(mostBytes = MOST_BYTES) {
  const known: PointsInfo[] = []
  let bytes = 0
  return (table: LearntTable): LearntTable | null => {
    const { byteLength } = table.vectors
    if (bytes + byteLength > mostBytes) return null
    bytes += byteLength
    const same = known.find((points) => namesTheSame(points, table.points))
    if (!same) known.push(table.points)
    return { ...table, points: same ?? table.points }
  }
}

function namesTheSame(a: PointsInfo, b: PointsInfo): boolean {
  return a.table === b.table && a.keys.length === b.keys.length && a.keys.every((key, row) => key === b.keys[row])
}
