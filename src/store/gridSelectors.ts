import { memoizeLast } from '../lib/memoizeLast'
import type { Attribute, ObservedGrid, PointsInfo } from '../protocol/trainer'
import { selectMapData, selectSelectedRow } from './selectors'
import type { Store } from './slice'

/** The day × hour sheet and the map: which points belong to which of its 7 × 24 cells. */

export const CELLS = 7 * 24
const NO_ROWS: readonly number[] = []

function cyclicValues(points: PointsInfo, column: string): Float32Array | null {
  const found = points.attributes.find(
    (attribute): attribute is Extract<Attribute, { kind: 'cyclic' }> =>
      attribute.kind === 'cyclic' && attribute.name === column,
  )
  return found?.values ?? null
}

const linkCells = memoizeLast((points: PointsInfo | null, grid: ObservedGrid | null): Int32Array | null => {
  if (!points || !grid) return null
  const known = grid.tableRows[points.table]
  if (known?.some((row) => row >= 0)) return known
  const days = cyclicValues(points, grid.dayColumn)
  const hours = cyclicValues(points, grid.hourColumn)
  if (!days && !hours) return null
  const link = new Int32Array(CELLS).fill(-1)
  for (let row = 0; row < points.keys.length; row++) {
    for (let cell = 0; cell < CELLS; cell++) {
      const sameDay = !days || days[row] === Math.floor(cell / 24)
      const sameHour = !hours || hours[row] === cell % 24
      if (sameDay && sameHour) link[cell] = row
    }
  }
  return link
})

/**
 * [7 × 24] row of the table on the map that a cell looks up, -1 for none; null when the table knows neither day nor hour.
 * A table of days (or hours) alone has one point for a whole line of cells.
 */
export function selectCellRows(state: Store): Int32Array | null {
  return linkCells(state.points, state.gridObserved)
}

const cellsOf = memoizeLast((link: Int32Array | null, row: number): readonly number[] => {
  if (!link || row < 0) return NO_ROWS
  const cells: number[] = []
  link.forEach((linked, cell) => {
    if (linked === row) cells.push(cell)
  })
  return cells
})
const hoveredCells = memoizeLast(cellsOfAny)
const selectedCells = memoizeLast(cellsOfAny)
function cellsOfAny(link: Int32Array | null, row: number, cell: number | null): readonly number[] {
  return cell !== null ? [cell] : [...cellsOf(link, row)]
}

/** The sheet of the data that is asked for; null where it has no day and hour, and while another data set is on its way. */
export function selectGrid({ gridObserved, run, experiment }: Store): ObservedGrid | null {
  const isOfRun = !run || run.experiment.dataset.name === experiment.dataset.name
  return isOfRun ? gridObserved : null
}

/** Cells to light up for what the pointer is over: the cell itself, or all cells of the hovered point. */
export function selectHoveredCells(state: Store): readonly number[] {
  return hoveredCells(selectCellRows(state), state.hoveredRow ?? -1, state.hoveredCell)
}

/** Cells of the selected point. */
export function selectSelectedCells(state: Store): readonly number[] {
  return selectedCells(selectCellRows(state), selectSelectedRow(state), null)
}

/** The point under the pointer, whether the pointer is on the map or on a cell of the sheet; null for none. */
export function selectHoveredRow(state: Store): number | null {
  if (state.hoveredCell === null) return state.hoveredRow
  const row = selectCellRows(state)?.[state.hoveredCell] ?? -1
  return row < 0 ? null : row
}

/** Selects the hour asked about, and its point where the table on the map has one. */
export function askCell(state: Store, cell: number): void {
  state.setView({ askedCell: cell })
  const row = selectCellRows(state)?.[cell] ?? -1
  const key = selectMapData(state)?.points.keys[row]
  if (key !== undefined) state.select(key)
}

/** Selects a point, and asks about its hour where the table is keyed by both day and hour. */
export function selectPoint(state: Store, key: string | null): void {
  state.select(key)
  const row = key === null ? -1 : (selectMapData(state)?.points.keys.indexOf(key) ?? -1)
  const cells = cellsOf(selectCellRows(state), row)
  const [cell] = cells
  if (cells.length === 1 && cell !== undefined) state.setView({ askedCell: cell })
}
