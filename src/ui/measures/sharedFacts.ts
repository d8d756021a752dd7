import { kilometresBetween, type Place, stepsOnCircle } from '../../geometry/truth'
import { formatCount } from '../../lib/formatNumber'
import type { Attribute, PointsInfo } from '../../protocol/trainer'

/** Years that are told as close. */
const NEAR_YEARS = 2

/**
 * What two points are known to have in common: how far apart two airports lie, which hour is how near the other, the categories that two
 * films share. Empty where they have nothing in common, null where nothing is known that could be shared.
 */
export function sharedFacts({ attributes }: PointsInfo, row: number, other: number): string[] | null {
  const week = weekOf(attributes)
  if (week) return week(row, other)
  const place = placeOf(attributes)
  const categories = attributes.filter((attribute) => attribute.kind === 'category')
  const year = attributes.find(({ kind, name }) => kind === 'number' && name === 'year')
  if (!place && categories.length === 0 && !year) return null
  return [
    ...(place ? [`${formatCount(Math.round(kilometresBetween(place(row), place(other))))} km`] : []),
    ...namesInCommon(categories, row, other),
    ...(year?.kind === 'number' ? yearsInCommon(year.values[row]!, year.values[other]!) : []),
  ]
}

type Category = Extract<Attribute, { kind: 'category' }>

/** Of all categories together: one film's first genre may be the other's second. */
function namesInCommon(categories: Category[], row: number, other: number): string[] {
  const namesOf = (of: number) => categories.flatMap(({ categories: names, codes }) => names[codes[of]!] ?? [])
  const known = new Set(namesOf(other))
  return [...new Set(namesOf(row))].filter((name) => known.has(name))
}

function yearsInCommon(year: number, other: number): string[] {
  if (year === other) return [String(year)]
  return Math.abs(year - other) <= NEAR_YEARS ? [`${year}, ${other}`] : []
}

function placeOf(attributes: Attribute[]): ((row: number) => Place) | null {
  const inDegrees = (direction: string) =>
    attributes.find((attribute) => attribute.kind === 'number' && attribute.unit === `degrees ${direction}`)
  const [north, east] = [inDegrees('north'), inDegrees('east')]
  if (north?.kind !== 'number' || east?.kind !== 'number') return null
  return (row) => ({ latitude: north.values[row]!, longitude: east.values[row]! })
}

/** For points that are hours of a week, hours, or days. */
function weekOf(attributes: Attribute[]): ((row: number, other: number) => string[]) | null {
  const circle = (length: number) => {
    const found = attributes.find((attribute) => attribute.kind === 'cyclic' && attribute.period === length)
    return found?.kind === 'cyclic' ? found.values : null
  }
  const [hours, days] = [circle(24), circle(7)]
  if (hours && days) return (row, other) => hourOfWeekWords(days, hours, row, other)
  if (hours) return (row, other) => stepWords(hours[row]!, hours[other]!, 24, 'hour')
  if (days) return (row, other) => [...stepWords(days[row]!, days[other]!, 7, 'day'), ...kindOfDay(days, row, other)]
  return null
}

type Values = Float32Array

function hourOfWeekWords(days: Values, hours: Values, row: number, other: number): string[] {
  const at = (of: number) => days[of]! * 24 + hours[of]!
  const near = stepWords(at(row), at(other), 7 * 24, 'hour')
  if (near.length > 0) return near
  if (hours[row] === hours[other]) {
    const day = stepWords(days[row]!, days[other]!, 7, 'day')
    return [day.length > 0 ? `same hour, ${day[0]}` : 'same hour', ...kindOfDay(days, row, other)]
  }
  const beside = stepWords(hours[row]!, hours[other]!, 24, 'hour')
  const kind = kindOfDay(days, row, other)
  return beside.length > 0 && kind.length > 0 ? [`${beside[0]}, another day`, ...kind] : kind
}

/** `the next hour`, `the day before`; nothing where the two are more than one step apart. */
function stepWords(a: number, b: number, period: number, what: string): string[] {
  if (stepsOnCircle(a, b, period) !== 1) return []
  return [stepsOnCircle(a + 1, b, period) === 0 ? `the next ${what}` : `the ${what} before`]
}

function kindOfDay(days: Values, row: number, other: number): string[] {
  const isWeekend = (of: number) => days[of]! >= 5
  if (isWeekend(row) !== isWeekend(other)) return []
  return [isWeekend(row) ? 'weekend' : 'weekdays']
}
