import type { PointsInfo } from '../../protocol/trainer'

/** [rows] 1 = several values share the row, so that they are one point; null where no row is shared. */
export function sharedPoints({ shared }: PointsInfo): Uint8Array | null {
  return shared?.includes(1) ? shared : null
}
