import type { EntityAttribute } from '../table'

/** An attribute of categories: in the given order, or the most frequent first. null = unknown. */
export function categoryAttribute(
  name: string,
  title: string,
  values: readonly (string | null)[],
  order: readonly string[] | null = null,
): EntityAttribute {
  const categories = order ? [...order] : byFrequency(values)
  const code = new Map(categories.map((category, i) => [category, i]))
  const codes = Int16Array.from(values, (value) => (value === null ? -1 : (code.get(value) ?? -1)))
  return { kind: 'category', name, title, categories, ordered: order !== null, codes }
}

function byFrequency(values: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, timesA], [b, timesB]) => timesB - timesA || (a < b ? -1 : 1)).map(([value]) => value)
}
