import { memoizeLast } from '../../lib/memoizeLast'
import type { PointsInfo } from '../../protocol/trainer'

/** [rows] 1 = several values share the row, so that they are one point; null where no row is shared. */
export const sharedPoints = memoizeLast((points: PointsInfo): Uint8Array | null => {
  const shared = Uint8Array.from(points.keys, (key) => Number(key.includes(' · ')))
  return shared.includes(1) ? shared : null
})
