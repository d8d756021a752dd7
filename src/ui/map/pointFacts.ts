import { formatNumber } from '../../plots/legend'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { dayNames } from '../lab/weekWords'
import { valueText } from './valueText'

/** An attribute of one point as text; null where it is unknown. */
export function attributeText(attribute: Attribute, row: number): string | null {
  if (attribute.kind === 'category') return attribute.categories[attribute.codes[row] ?? -1] ?? null
  const value = attribute.values[row] ?? Number.NaN
  if (!Number.isFinite(value)) return null
  if (attribute.kind === 'cyclic') return cyclicText(value, attribute.period)
  return valueText(value, attribute.unit)
}

/** Days and hours as they are said; other circles as numbers. */
function cyclicText(value: number, period: number): string {
  if (period === 7) return dayNames[value] ?? formatNumber(value)
  return period === 24 ? `${formatNumber(value)} h` : formatNumber(value)
}

/** What is known of a point, by title, in the order of the attributes. */
export function pointFacts(points: PointsInfo, row: number): { title: string; text: string }[] {
  return points.attributes.flatMap((attribute) => {
    const text = attributeText(attribute, row)
    return text === null ? [] : [{ title: attribute.title, text }]
  })
}
