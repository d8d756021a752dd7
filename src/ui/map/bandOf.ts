import type { Scheme } from '../../plots/colorScale'
import { cyclicGradient, type LegendGradient, numberGradient } from '../../plots/legend'
import type { Attribute } from '../../protocol/trainer'
import { dayNames } from '../lab/weekWords'

/** The scale of a number or a circle. Days are named where they lie on it; other circles keep their numbers. */
export function bandOf(attribute: Exclude<Attribute, { kind: 'category' }>, scheme: Scheme): LegendGradient {
  if (attribute.kind === 'number') return numberGradient(attribute.values, scheme)
  const gradient = cyclicGradient(attribute.period, scheme)
  if (attribute.period !== 7) return gradient
  return { ...gradient, ticks: dayNames.map((name, day) => ({ at: day / 7, label: name.slice(0, 3) })) }
}
