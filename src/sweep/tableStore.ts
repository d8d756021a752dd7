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
    const { points } = table
    const same = known.find((other) => namesTheSame(other, points))
    if (same) return { ...table, points: withCounts(same, points.counts) }
    known.push(points)
    return table
  }
}

function namesTheSame(a: PointsInfo, b: PointsInfo): boolean {
  return a.table === b.table && a.keys.length === b.keys.length && a.keys.every((key, row) => key === b.keys[row])
}

/** Runs that learn from other rows, as in a transfer, have counts of their own. */
function withCounts(points: PointsInfo, counts: PointsInfo['counts']): PointsInfo {
  return counts.every((count, row) => count === points.counts[row]) ? points : { ...points, counts }
}
