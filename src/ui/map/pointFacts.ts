import { formatNumber } from '../../plots/legend'
import type { Attribute, PointsInfo } from '../../protocol/trainer'

/** An attribute of one point as text; null where it is unknown. */
export function attributeText(attribute: Attribute, row: number): string | null {
  if (attribute.kind === 'category') return attribute.categories[attribute.codes[row] ?? -1] ?? null
  const value = attribute.values[row] ?? Number.NaN
  if (!Number.isFinite(value)) return null
  const text = formatNumber(value)
  return attribute.kind === 'number' && attribute.unit ? `${text} ${attribute.unit}` : text
}

/** What is known of a point, by title, in the order of the attributes. */
export function pointFacts(points: PointsInfo, row: number): { title: string; text: string }[] {
  return points.attributes.flatMap((attribute) => {
    const text = attributeText(attribute, row)
    return text === null ? [] : [{ title: attribute.title, text }]
  })
}
