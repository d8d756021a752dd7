import type { PointsInfo } from '../../protocol/trainer'
import { suggestionsFor } from '../../store/selectors'
import type { Suggestion } from '../controls/SuggestInput'

/** A part of a group: all points of a category, or one by its key. */
export type GroupPart = { kind: 'category'; attribute: string; category: string } | { kind: 'point'; key: string }

/** Rows of the group that training moves, each once, ascending. */
export function rowsOfGroup({ attributes, keys, counts }: PointsInfo, parts: readonly GroupPart[]): number[] {
  const rows = new Set<number>()
  for (const part of parts) {
    if (part.kind === 'point') rows.add(keys.indexOf(part.key))
    else {
      const attribute = attributes.find(({ name }) => name === part.attribute)
      if (attribute?.kind !== 'category') continue
      const code = attribute.categories.indexOf(part.category)
      attribute.codes.forEach((own, row) => {
        if (own === code) rows.add(row)
      })
    }
  }
  return [...rows].filter((row) => row >= 0 && counts[row]! > 0).sort((a, b) => a - b)
}

export function titleOfPart({ keys, labels }: PointsInfo, part: GroupPart): string {
  return part.kind === 'category' ? part.category : (labels[keys.indexOf(part.key)] ?? part.key)
}

/** `G + PG` */
export function titleOfGroup(points: PointsInfo, parts: readonly GroupPart[]): string {
  const titles = parts.map((part) => titleOfPart(points, part))
  return titles.length > 3 ? `${titles.slice(0, 2).join(' + ')} + ${titles.length - 2} more` : titles.join(' + ')
}

const MOST_SUGGESTED = 8

/** Categories and points whose name holds the text; `key` is the part as JSON. */
export function suggestParts(points: PointsInfo, text: string): Suggestion[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const categories = points.attributes.flatMap((attribute) => {
    if (attribute.kind !== 'category') return []
    const { name, title, categories } = attribute
    return categories
      .filter((category) => `${title}: ${category}`.toLowerCase().includes(wanted))
      .map((category) => suggestionOf({ kind: 'category', attribute: name, category }, `${title}: ${category}`))
  })
  const single = suggestionsFor(points, text).map(({ key, label }) => suggestionOf({ kind: 'point', key }, label))
  return [...categories.slice(0, MOST_SUGGESTED - Math.min(2, single.length)), ...single].slice(0, MOST_SUGGESTED)
}

function suggestionOf(part: GroupPart, label: string): Suggestion {
  return { key: JSON.stringify(part), label }
}

/** The ends of the first category that has an order, or the first two categories of the first one that has two. */
export function firstGroups(points: PointsInfo): [GroupPart[], GroupPart[]] {
  const used = points.attributes.flatMap((attribute) => {
    if (attribute.kind !== 'category') return []
    const { name, ordered, categories, codes } = attribute
    const present = categories.filter((_, code) => codes.some((own, row) => own === code && points.counts[row]! > 0))
    return present.length < 2 ? [] : [{ name, ordered, present }]
  })
  const chosen = used.find(({ ordered }) => ordered) ?? used[0]
  if (!chosen) return [[], []]
  const { name: attribute, ordered, present } = chosen
  const part = (category: string): GroupPart => ({ kind: 'category', attribute, category })
  return [[part(present[0]!)], [part(ordered ? present.at(-1)! : present[1]!)]]
}
