import { quickselect } from 'd3-array'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import type { MapData } from '../../store/selectors'
import type { Similarity } from '../../store/viewSlice'

/** What the table of points is sorted by: a name, a count, an attribute by its name, a coordinate, the nearness to the selected point. */
export type SortBy =
  | { by: 'label' }
  | { by: 'count' }
  | { by: 'attribute'; name: string }
  | { by: 'coordinate'; dimension: number }
  | { by: 'nearness' }

export interface Sorting {
  column: SortBy
  descending: boolean
}

export interface PageOfRows {
  rows: number[]
  /** Rows that legend and search let through. */
  total: number
}

/** A number to sort each row by; NaN comes last either way. Labels sort by their rank in `labelOrder`. */
export function sortValues(
  { points, snapshot }: MapData,
  column: SortBy,
  nearness: Float32Array | null,
): ArrayLike<number> {
  switch (column.by) {
    case 'label':
      return labelRanks(points)
    case 'count':
      return points.counts
    case 'coordinate': {
      const values = new Float32Array(snapshot.rows)
      for (let row = 0; row < snapshot.rows; row++) {
        values[row] = snapshot.vectors[row * snapshot.dimension + column.dimension] ?? Number.NaN
      }
      return values
    }
    case 'nearness':
      return nearness ?? new Float32Array(snapshot.rows).fill(Number.NaN)
    case 'attribute': {
      const attribute = points.attributes.find(({ name }) => name === column.name)
      if (!attribute) return labelRanks(points)
      return attribute.kind === 'category' ? categoryRanks(attribute) : attribute.values
    }
  }
}

const knownRanks = new WeakMap<PointsInfo, Uint32Array>()

function labelRanks(points: PointsInfo): Uint32Array {
  let ranks = knownRanks.get(points)
  if (!ranks) {
    const collator = new Intl.Collator('en', { numeric: true })
    const order = points.labels.map((_, row) => row)
    order.sort((a, b) => collator.compare(points.labels[a] ?? '', points.labels[b] ?? ''))
    ranks = new Uint32Array(order.length)
    for (const [rank, row] of order.entries()) ranks[row] = rank
    knownRanks.set(points, ranks)
  }
  return ranks
}

function categoryRanks(attribute: Extract<Attribute, { kind: 'category' }>): Float32Array {
  const names = attribute.categories.map((name, code) => ({ name, code }))
  if (!attribute.ordered) names.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const ranks = new Map(names.map(({ code }, rank) => [code, rank]))
  return Float32Array.from(attribute.codes, (code) => ranks.get(code) ?? Number.NaN)
}

/** The rows of one page in order. Only the part of the order that the page shows is sorted; ties go to the lower row. */
export function pageOfRows(
  values: ArrayLike<number>,
  visible: Uint8Array | null,
  descending: boolean,
  page: number,
  pageSize: number,
): PageOfRows {
  const rows: number[] = []
  for (let row = 0; row < values.length; row++) if (!visible || visible[row] === 1) rows.push(row)
  const total = rows.length
  const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1)
  const start = Math.min(page, lastPage) * pageSize
  const end = Math.min(start + pageSize, total)
  const ranked = (a: number, b: number) => compareValues(values[a], values[b], descending) || a - b
  const compare = (a: unknown, b: unknown) => ranked(Number(a), Number(b))
  if (start > 0) quickselect(rows, start, 0, total - 1, compare)
  if (end < total) quickselect(rows, end, start, total - 1, compare)
  return { rows: rows.slice(start, end).sort(ranked), total }
}

function compareValues(a = Number.NaN, b = Number.NaN, descending: boolean): number {
  const unknownA = Number.isNaN(a)
  const unknownB = Number.isNaN(b)
  if (unknownA || unknownB) return Number(unknownA) - Number(unknownB)
  return descending ? b - a : a - b
}

/** Nearness of every row to one row: the cosine, the distance or the dot product, as in the list of neighbours. */
export function nearnessTo({ snapshot }: MapData, row: number, similarity: Similarity): Float32Array | null {
  const { vectors, rows, dimension } = snapshot
  if (row < 0) return null
  const at = row * dimension
  const norm = Math.hypot(...vectors.subarray(at, at + dimension))
  const nearness = new Float32Array(rows)
  for (let other = 0; other < rows; other++) {
    let dot = 0
    let squares = 0
    let differences = 0
    for (let d = 0; d < dimension; d++) {
      const a = vectors[at + d] ?? 0
      const b = vectors[other * dimension + d] ?? 0
      dot += a * b
      squares += b * b
      differences += (a - b) ** 2
    }
    if (similarity === 'dot') nearness[other] = dot
    else if (similarity === 'euclidean') nearness[other] = Math.sqrt(differences)
    else nearness[other] = norm > 0 && squares > 0 ? dot / (norm * Math.sqrt(squares)) : 0
  }
  return nearness
}
