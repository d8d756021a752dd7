import { formatCount } from '../../lib/formatNumber'
import type { PointsInfo } from '../../protocol/trainer'
import type { MapData } from '../../store/selectors'
import type { Similarity } from '../../store/viewSlice'
import { formatMetric } from '../measures/metricTitles'
import { attributeText } from './pointFacts'
import { nearnessTo, pageOfRows, type SortBy, type Sorting, sortValues } from './pointRows'

export interface TableColumn {
  title: string
  sortBy: SortBy
  /** Numbers stand right. */
  numeric: boolean
  /** Largest first at the first click: numbers, but not a distance. */
  descendingFirst: boolean
  /** Of the name column there is one, the first. */
  text(data: MapData, row: number, nearness: Float32Array | null): string
}

const MOST_COORDINATES = 8

const nearnessTitles: Record<Similarity, string> = { cosine: 'cosine', euclidean: 'distance', dot: 'dot product' }

/** The columns of a table of points: name, nearness to the selected point, rows, attributes, coordinates. */
export function tableColumns(
  points: PointsInfo,
  dimension: number,
  similarity: Similarity,
  hasSelection: boolean,
): TableColumn[] {
  const columns: TableColumn[] = [
    {
      title: 'name',
      sortBy: { by: 'label' },
      numeric: false,
      descendingFirst: false,
      text: (d, row) => d.points.labels[row] ?? '',
    },
  ]
  if (hasSelection) {
    const title = nearnessTitles[similarity]
    columns.push({
      title,
      sortBy: { by: 'nearness' },
      numeric: true,
      descendingFirst: similarity !== 'euclidean',
      text: (_, row, near) => formatMetric(near?.[row]),
    })
  }
  columns.push({
    title: 'training rows',
    sortBy: { by: 'count' },
    numeric: true,
    descendingFirst: true,
    text: (d, row) => formatCount(d.points.counts[row] ?? 0),
  })
  for (let d = 0; d < Math.min(dimension, MOST_COORDINATES); d++) {
    columns.push({
      title: `dimension ${d + 1}`,
      sortBy: { by: 'coordinate', dimension: d },
      numeric: true,
      descendingFirst: true,
      text: ({ snapshot }, row) => formatMetric(snapshot.vectors[row * snapshot.dimension + d]),
    })
  }
  for (const attribute of points.attributes) {
    columns.push({
      title: attribute.title,
      sortBy: { by: 'attribute', name: attribute.name },
      numeric: attribute.kind !== 'category',
      descendingFirst: attribute.kind === 'number',
      text: (_, row) => attributeText(attribute, row) ?? '–',
    })
  }
  return columns
}

export interface TablePage {
  columns: Omit<TableColumn, 'text'>[]
  rows: { row: number; key: string; cells: string[] }[]
  total: number
}

/** One page as text: nothing of the snapshot's memory stays in it. */
export function tablePage(
  data: MapData | null,
  visible: Uint8Array | null,
  selected: number,
  similarity: Similarity,
  sorting: Sorting,
  page: number,
  pageSize: number,
): TablePage {
  if (!data) return { columns: [], rows: [], total: 0 }
  const columns = tableColumns(data.points, data.snapshot.dimension, similarity, selected >= 0)
  const nearness = nearnessTo(data, selected, similarity)
  const values = sortValues(data, sorting.column, nearness)
  const { rows, total } = pageOfRows(values, visible, sorting.descending, page, pageSize)
  return {
    columns: columns.map(({ text: _, ...column }) => column),
    rows: rows.map((row) => ({
      row,
      key: data.points.keys[row] ?? '',
      cells: columns.map((column) => column.text(data, row, nearness)),
    })),
    total,
  }
}
