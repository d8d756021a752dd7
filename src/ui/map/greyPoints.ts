import type { Attribute, PointsInfo } from '../../protocol/trainer'

/** Points without a colour of their own, in words. */
export interface GreyPoints {
  /** `unused buckets`, `shared buckets`, `unknown`; several joined by a comma. */
  label: string
  count: number
}

/** Which points are grey, and why: nobody's bucket, a hash bucket of several values, or a value that is not known. null: none. */
export function greyPoints(points: PointsInfo, attribute: Attribute): GreyPoints | null {
  const counts = { 'unused buckets': 0, 'shared buckets': 0, unknown: 0 }
  points.keys.forEach((key, row) => {
    const known =
      attribute.kind === 'category' ? (attribute.codes[row] ?? -1) >= 0 : Number.isFinite(attribute.values[row])
    if (known) return
    if (key === '') counts['unused buckets']++
    else if (points.shared?.[row]) counts['shared buckets']++
    else counts.unknown++
  })
  const reasons = Object.entries(counts).filter(([, count]) => count > 0)
  if (reasons.length === 0) return null
  return {
    label: reasons.map(([reason]) => reason).join(', '),
    count: reasons.reduce((sum, [, count]) => sum + count, 0),
  }
}
