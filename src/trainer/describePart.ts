import type { Entity, EntityAttribute } from '../data/table'
import type { Attribute } from '../protocol/trainer'
import type { ColumnPart } from './columnParts'
import { labelOfValue } from './labelOfValue'

/** More categories than this tell nothing by colour. */
const MOST_CATEGORIES = 1000

/**
 * What the buckets of a table can be coloured by, as far as one key of its column goes. `codes` [buckets]: the part's value in each bucket,
 * -1 = unknown. `crossed`: the key is one of several, so that the bare value is worth a colour.
 */
export function describePart(part: ColumnPart, codes: Int32Array, crossed: boolean): Attribute[] {
  if (part.meaning === 'dayOfWeek') return [cyclic(part, codes, 7, 0), weekend(part, codes)]
  if (part.meaning === 'hourOfDay') return [cyclic(part, codes, 24, 0)]
  if (part.meaning === 'month') return [cyclic(part, codes, 12, 1)]
  if (part.column?.type === 'bucketized') return [rangeNumber(part, codes, part.column.boundaries)]
  if (crossed) return categoryOfValues(part, codes)
  if (part.entity) return entityAttributes(part, codes, part.entity)
  return numberOfValues(part, codes)
}

function numbersOf({ label }: ColumnPart, codes: Int32Array): Float32Array {
  return Float32Array.from(codes, (code) => (code < 0 ? Number.NaN : Number(label(code))))
}

function cyclic(part: ColumnPart, codes: Int32Array, period: number, first: number): Attribute {
  const values = numbersOf(part, codes).map((value) => value - first)
  return { kind: 'cyclic', name: part.key, title: part.key, period, values }
}

function weekend(part: ColumnPart, codes: Int32Array): Attribute {
  return {
    kind: 'category',
    name: `${part.key}_weekend`,
    title: 'weekend',
    categories: ['weekday', 'weekend'],
    ordered: false,
    codes: Int16Array.from(numbersOf(part, codes), (day) => (Number.isNaN(day) ? -1 : Number(day >= 5))),
  }
}

/** The middle of each range; of the open ends, their boundary. */
function rangeNumber(part: ColumnPart, codes: Int32Array, boundaries: number[]): Attribute {
  const last = boundaries.length - 1
  const values = Float32Array.from(codes, (code) =>
    code < 0 ? Number.NaN : (boundaries[Math.max(code - 1, 0)]! + boundaries[Math.min(code, last)]!) / 2,
  )
  return { kind: 'number', name: part.key, title: part.key, unit: part.unit, values }
}

function categoryOfValues(part: ColumnPart, codes: Int32Array): Attribute[] {
  const used = [...new Set(codes)].filter((code) => code >= 0).sort((a, b) => a - b)
  if (used.length > MOST_CATEGORIES) return []
  const place = new Map(used.map((code, i) => [code, i]))
  return [
    {
      kind: 'category',
      name: part.key,
      title: part.key,
      categories: used.map((code) => labelOfValue(part, part.label(code))),
      ordered: false,
      codes: Int16Array.from(codes, (code) => place.get(code) ?? -1),
    },
  ]
}

function entityAttributes(part: ColumnPart, codes: Int32Array, entity: Entity): Attribute[] {
  const positions = Int32Array.from(codes, (code) => (code < 0 ? -1 : (entity.index.get(part.label(code)) ?? -1)))
  return entity.attributes.map((attribute) => pick(attribute, positions))
}

/** The attribute of each bucket: of the entity at its position, unknown at -1. */
export function pick(attribute: EntityAttribute, positions: Int32Array): Attribute {
  const { name, title } = attribute
  if (attribute.kind === 'category') {
    const { categories, ordered } = attribute
    const codes = Int16Array.from(positions, (at) => (at < 0 ? -1 : attribute.codes[at]!))
    return { kind: 'category', name, title, categories, ordered, codes }
  }
  const values = Float32Array.from(positions, (at) => (at < 0 ? Number.NaN : attribute.values[at]!))
  return { kind: 'number', name, title, unit: attribute.unit, values }
}

/** A column of whole numbers: the number itself. Text tells nothing beyond the label. */
function numberOfValues(part: ColumnPart, codes: Int32Array): Attribute[] {
  const values = numbersOf(part, codes)
  if (!values.some((value) => Number.isFinite(value))) return []
  return [{ kind: 'number', name: part.key, title: part.key, unit: part.unit, values }]
}
