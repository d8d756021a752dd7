import { memoizeLast } from '../../lib/memoizeLast'
import type { EmbeddingMapProps } from '../../plots/mapProps'
import type { PointsInfo } from '../../protocol/trainer'
import { selectHoveredRow, selectPoint } from '../../store/gridSelectors'
import {
  type Neighbor,
  selectColorAttribute,
  selectLegendMask,
  selectMapData,
  selectNeighbors,
  selectProjection,
  selectSearchHits,
  selectSelectedRow,
} from '../../store/selectors'
import type { Store } from '../../store/slice'
import type { AppStore } from '../../store/store'
import { sharedPoints } from './sharedPoints'
import { tableTitle } from './tableTitle'

/** Snapshots in a trail: about a second of training. */
const TRAIL = 12
const NO_LABELS: readonly string[] = []

/** What a question about the vectors wants seen, as rows; points that the table lacks are left out. */
const rowsOfMarks = memoizeLast((points: PointsInfo | null, marks: Store['marks']) => {
  if (!points || !marks) return null
  const rowOf = new Map(marks.keys.map((key) => [key, points.keys.indexOf(key)]))
  const paths = marks.paths.map(([from, to]) => [rowOf.get(from) ?? -1, rowOf.get(to) ?? -1] as const)
  return {
    rows: [...rowOf.values()].filter((row) => row >= 0),
    paths: paths.filter(([from, to]) => from >= 0 && to >= 0),
  }
})

/** While a search goes on only what it found stands out. */
const rowsOf = memoizeLast((neighbors: Neighbor[], hits: Uint8Array | null) =>
  neighbors.map(({ row }) => row).filter((row) => hits?.[row] !== 0),
)

/** What the map draws, from the store; made once, so that a plot keeps its identity. */
export function createMapSelect(store: AppStore): (state: Store) => EmbeddingMapProps {
  const onHover = (row: number | null) => {
    if (store.getState().hoveredRow !== row) store.getState().setView({ hoveredRow: row })
  }
  const onSelect = (row: number | null) => {
    const state = store.getState()
    selectPoint(state, row === null ? null : (state.points?.keys[row] ?? null))
  }
  return (state) => {
    const data = selectMapData(state)
    const selected = selectSelectedRow(state)
    const marked = rowsOfMarks(data?.points ?? null, state.marks)
    return {
      vectors: data?.snapshot.vectors ?? null,
      rows: data?.snapshot.rows ?? 0,
      dimension: data?.snapshot.dimension ?? 2,
      step: data?.snapshot.step ?? -1,
      source: `${data?.points.table ?? ''} ${state.runId}`,
      view: selectProjection(state),
      labels: data?.points.labels ?? NO_LABELS,
      counts: state.sizeByCount ? (data?.points.counts ?? null) : null,
      colorBy: selectColorAttribute(state),
      visible: selectLegendMask(state),
      hits: selectSearchHits(state),
      shared: data ? sharedPoints(data.points) : null,
      selected: selected < 0 ? null : selected,
      hovered: selectHoveredRow(state),
      neighbours: marked?.rows ?? rowsOf(selectNeighbors(state), selectSearchHits(state)),
      paths: marked?.paths ?? null,
      trails: state.trails ? TRAIL : 0,
      ariaLabel: describeMap(state),
      onHover,
      onSelect,
    }
  }
}

function describeMap(state: Store): string {
  const data = selectMapData(state)
  if (!data) return 'Map of the embedding, before the first vectors.'
  const selected = data.points.labels[selectSelectedRow(state)]
  const what = `Map of ${data.snapshot.rows} points of ${tableTitle(data.points.table)}.`
  return `${what} ${selected === undefined ? 'Nothing selected.' : `${selected} selected.`} Arrows pan, Shift with an arrow goes from point to point, plus and minus zoom. The table shows the same points.`
}
