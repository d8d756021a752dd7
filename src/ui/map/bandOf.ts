import type { Scheme } from '../../plots/colorScale'
import { cyclicGradient, type LegendGradient, numberGradient } from '../../plots/legend'
import type { Attribute } from '../../protocol/trainer'
import { dayNames } from '../lab/weekWords'
import { isSaidInValue, valueText } from './valueText'

/** The scale of a number or a circle. Days are named where they lie on it; other circles keep their numbers. */
export function bandOf(attribute: Exclude<Attribute, { kind: 'category' }>, scheme: Scheme): LegendGradient {
  if (attribute.kind === 'number') {
    const { unit } = attribute
    const plain = numberGradient(attribute.values, scheme)
    if (!isSaidInValue(unit)) return plain
    // The labels of the scale are rounded numbers with a true minus.
    const labelled = plain.ticks.map(({ at, label }) => ({
      at,
      label: valueText(Number(label.replace('−', '-')), unit),
    }))
    return { ...plain, ticks: labelled }
  }
  const gradient = cyclicGradient(attribute.period, scheme)
  if (attribute.period !== 7) return gradient
  return { ...gradient, ticks: dayNames.map((name, day) => ({ at: day / 7, label: name.slice(0, 3) })) }
}

/** What stands beside the scale; null: nothing. */
export function bandUnit(attribute: Exclude<Attribute, { kind: 'category' }>): string | null {
  return attribute.kind === 'number' && !isSaidInValue(attribute.unit) ? attribute.unit : null
}
