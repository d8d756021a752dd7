import { memoizeLast } from '../../lib/memoizeLast'
import type { HeatMapProps } from '../../plots/heatMap'
import type { ObservedGrid } from '../../protocol/trainer'
import {
  askCell,
  CELLS,
  selectCellRows,
  selectGrid,
  selectHoveredCells,
  selectSelectedCells,
} from '../../store/gridSelectors'
import type { Store } from '../../store/slice'
import type { AppStore } from '../../store/store'

const EMPTY = new Float32Array(CELLS).fill(Number.NaN)

/** One target of data, prediction, or prediction − data. */
function cellValues(
  grid: ObservedGrid | null,
  predicted: Float32Array | null,
  shows: Store['gridShows'],
  target: number,
): Float32Array {
  const part = (values: Float32Array) => values.subarray(target * CELLS, (target + 1) * CELLS)
  if (!grid) return EMPTY
  if (shows === 'observed') return part(grid.values)
  if (!predicted) return EMPTY
  const expected = part(predicted)
  return shows === 'predicted'
    ? expected
    : expected.map((value, cell) => value - (part(grid.values)[cell] ?? Number.NaN))
}

/** Data and prediction share it, so that their colours can be compared; an error spans the same width around 0. */
function cellDomain(grid: ObservedGrid | null, shows: Store['gridShows'], target: number): [number, number] | null {
  const known = grid?.values.subarray(target * CELLS, (target + 1) * CELLS).filter((value) => Number.isFinite(value))
  if (!known || known.length === 0) return null
  const low = known.reduce((a, b) => Math.min(a, b))
  const high = known.reduce((a, b) => Math.max(a, b))
  return shows === 'error' ? [(low - high) / 2, (high - low) / 2] : [low, high]
}

/** The cells, and all others that share their points: with an hour alone the seven of its column. */
export function withSharers(cells: readonly number[], rows: Int32Array | null): readonly number[] {
  const wanted = new Set(cells.flatMap((cell) => ((rows?.[cell] ?? -1) >= 0 ? [rows?.[cell]] : [])))
  if (!rows || wanted.size === 0) return cells
  return Array.from(rows.keys()).filter((cell) => wanted.has(rows[cell]))
}

const titles: Record<Store['gridShows'], string> = {
  observed: 'mean of the training rows',
  predicted: 'what the model expects',
  error: 'prediction − data',
}

/** What the sheet draws, from the store; made once, so that a plot keeps its identity. */
export function createSheetSelect(store: AppStore): (state: Store) => HeatMapProps {
  const valuesOf = memoizeLast(cellValues)
  const domainOf = memoizeLast(cellDomain)
  const outlined = memoizeLast((hovered: readonly number[], selected: readonly number[]) => [...selected, ...hovered])
  const hovered = memoizeLast(withSharers)
  const onHoverCell = (cell: number | null) => store.getState().setView({ hoveredCell: cell })
  const onSelectCell = (cell: number | null) => {
    if (cell !== null) askCell(store.getState(), cell)
  }
  return (state) => {
    const grid = selectGrid(state)
    const { gridShows: shows } = state
    const target = Math.min(state.gridTarget, (grid?.targets.length ?? 1) - 1)
    const { name = '', unit = null } = grid?.targets[target] ?? {}
    const isKnown = shows === 'observed' || grid?.readsOnlyTheWeek
    const title = isKnown ? titles[shows] : 'the model reads more than day and hour'
    return {
      values: valuesOf(grid, state.gridPredicted?.values ?? null, shows, target),
      scale: shows === 'error' ? 'diverging' : 'sequential',
      domain: domainOf(grid, shows, target),
      title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
      unit,
      highlighted: outlined(hovered(selectHoveredCells(state), selectCellRows(state)), selectSelectedCells(state)),
      selected: state.askedCell,
      ariaLabel: `${name.replaceAll('_', ' ')} by day and hour: ${title}. Arrows move from cell to cell, Enter asks.`,
      onHoverCell,
      onSelectCell,
    }
  }
}
