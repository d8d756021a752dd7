export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const HOURS = 24
export const CELLS = DAYS.length * HOURS

/** Where the cells of a week lie, CSS pixels. Whole pixels, so that all cells are the same and sharp. */
export interface HeatMapLayout {
  left: number
  right: number
  bottom: number
  cellWidth: number
  cellHeight: number
  gap: number
  x(hour: number): number
  y(day: number): number
  /** 24 · day + hour, or null outside. */
  cellAt(x: number, y: number): number | null
}

const LEFT = 36
const TOP = 24
/** Hours below the cells, then the legend with its ticks. */
const BELOW = 20 + 32

export function heatMapLayout(width: number, height: number): HeatMapLayout {
  const cellWidth = Math.max(4, Math.floor((width - LEFT) / 24))
  const cellHeight = Math.max(4, Math.min(2 * cellWidth, Math.floor((height - TOP - BELOW) / 7)))
  return {
    left: LEFT,
    right: LEFT + 24 * cellWidth,
    bottom: TOP + 7 * cellHeight,
    cellWidth,
    cellHeight,
    gap: cellWidth >= 8 ? 2 : 1,
    x: (hour) => LEFT + hour * cellWidth,
    y: (day) => TOP + day * cellHeight,
    cellAt(x, y) {
      const hour = Math.floor((x - LEFT) / cellWidth)
      const day = Math.floor((y - TOP) / cellHeight)
      return hour >= 0 && hour < 24 && day >= 0 && day < 7 ? 24 * day + hour : null
    },
  }
}
