import type { Plot } from './plot'
import { type PlotTheme, readTheme, watchTheme } from './plotTheme'

/** A one-hot (or multi-hot) matrix [rows × buckets], given by where its ones are. */
export interface OneHotProps {
  rows: number
  buckets: number
  /** Row i holds ids[offsets[i]] … ids[offsets[i + 1] - 1]; one that occurs twice counts 2. */
  ids: Int32Array
  offsets: Int32Array
  ariaLabel: string
  /** The cell under the pointer; null = none. */
  onHover(cell: { row: number; bucket: number; value: number } | null): void
}

/** Room for the numbers of the rows and of the buckets, CSS pixels. */
const LEFT = 44
const TOP = 18
const CELL = 14
/** Browsers make no element longer than some 16 million pixels. */
const LONGEST = 12_000_000

/** Side of a cell, CSS pixels: the largest at which the whole matrix can be scrolled over. */
export function cellSize({ rows, buckets }: Pick<OneHotProps, 'rows' | 'buckets'>): number {
  return Math.max(3, Math.min(CELL, Math.floor(LONGEST / Math.max(rows, buckets, 1))))
}

interface State {
  props: OneHotProps | null
  theme: PlotTheme
  width: number
  height: number
}

/**
 * Every number of the matrix as a cell, none left out: the container scrolls over all of it, and only what is seen is drawn, from the ids. The
 * matrix itself is never made.
 */
export function createOneHotPicture(container: HTMLElement): Plot<OneHotProps> {
  const area = document.createElement('div')
  const canvas = document.createElement('canvas')
  // The canvas stays in sight while the area behind it scrolls.
  canvas.style.cssText = 'position: sticky; left: 0; top: 0; display: block;'
  area.append(canvas)
  container.append(area)
  container.tabIndex = 0
  container.setAttribute('role', 'img')
  const state: State = { props: null, theme: readTheme(container), width: 0, height: 0 }
  let request = 0
  const ask = () => {
    if (request === 0) request = requestAnimationFrame(frame)
  }
  function frame(): void {
    request = 0
    const { props, width, height } = state
    if (!props || width === 0) return
    const cell = cellSize(props)
    area.style.width = `${LEFT + props.buckets * cell}px`
    area.style.height = `${TOP + props.rows * cell}px`
    container.setAttribute('aria-label', props.ariaLabel)
    const ratio = devicePixelRatio
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
    const context = canvas.getContext('2d')!
    context.scale(ratio, ratio)
    paint(context, state, props, cell, container.scrollLeft, container.scrollTop)
  }
  const listeners = new AbortController()
  const { signal } = listeners
  container.addEventListener('scroll', ask, { signal, passive: true })
  container.addEventListener('pointermove', (event) => hover(event, container, state), { signal })
  container.addEventListener('pointerleave', () => state.props?.onHover(null), { signal })
  const observer = new ResizeObserver(() => {
    state.width = container.clientWidth
    state.height = container.clientHeight
    ask()
  })
  observer.observe(container)
  const stopTheme = watchTheme(() => {
    state.theme = readTheme(container)
    ask()
  })
  return {
    update(props) {
      state.props = props
      ask()
    },
    destroy() {
      cancelAnimationFrame(request)
      listeners.abort()
      observer.disconnect()
      stopTheme()
      area.remove()
    },
  }
}

function hover(event: PointerEvent, container: HTMLElement, { props }: State): void {
  if (!props) return
  const box = container.getBoundingClientRect()
  const cell = cellSize(props)
  const [x, y] = [event.clientX - box.left - LEFT, event.clientY - box.top - TOP]
  const bucket = Math.floor((x + container.scrollLeft) / cell)
  const row = Math.floor((y + container.scrollTop) / cell)
  const inside = x >= 0 && y >= 0 && bucket < props.buckets && row < props.rows
  props.onHover(inside ? { row, bucket, value: valueAt(props, row, bucket) } : null)
}

/** The number in a cell: how often the row holds the bucket. */
export function valueAt({ ids, offsets }: Pick<OneHotProps, 'ids' | 'offsets'>, row: number, bucket: number): number {
  let count = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) if (ids[at] === bucket) count++
  return count
}

function paint(
  context: CanvasRenderingContext2D,
  { theme, width, height }: State,
  { rows, buckets, ids, offsets }: OneHotProps,
  cell: number,
  left: number,
  top: number,
): void {
  context.clearRect(0, 0, width, height)
  const firstRow = Math.floor(top / cell)
  const lastRow = Math.min(rows - 1, Math.floor((top + height - TOP) / cell))
  const firstBucket = Math.floor(left / cell)
  const lastBucket = Math.min(buckets - 1, Math.floor((left + width - LEFT) / cell))
  const x = (bucket: number) => LEFT + bucket * cell - left
  const y = (row: number) => TOP + row * cell - top
  const gap = cell >= 6 ? 1 : 0
  context.save()
  context.beginPath()
  context.rect(LEFT, TOP, width - LEFT, height - TOP)
  context.clip()
  context.fillStyle = theme.grid
  for (let row = firstRow; row <= lastRow; row++)
    for (let bucket = firstBucket; bucket <= lastBucket; bucket++)
      context.fillRect(x(bucket), y(row), cell - gap, cell - gap)
  context.fillStyle = theme.accent
  for (let row = firstRow; row <= lastRow; row++)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++)
      context.fillRect(x(ids[at]!), y(row), cell - gap, cell - gap)
  context.restore()
  writeNumbers(context, theme, cell, { firstRow, lastRow, firstBucket, lastBucket }, x, y)
}

interface Range {
  firstRow: number
  lastRow: number
  firstBucket: number
  lastBucket: number
}

/** Buckets along the top, rows of the batch down the side; as many as do not touch. */
function writeNumbers(
  context: CanvasRenderingContext2D,
  theme: PlotTheme,
  cell: number,
  { firstRow, lastRow, firstBucket, lastBucket }: Range,
  x: (bucket: number) => number,
  y: (row: number) => number,
): void {
  context.fillStyle = theme.muted
  context.font = `10px ${theme.fontFamily}`
  context.textBaseline = 'middle'
  const perBucket = Math.ceil((7 * String(lastBucket).length + 10) / cell)
  context.textAlign = 'center'
  for (let bucket = Math.ceil(firstBucket / perBucket) * perBucket; bucket <= lastBucket; bucket += perBucket)
    if (x(bucket) >= LEFT) context.fillText(String(bucket), Math.max(x(bucket) + cell / 2, LEFT + 6), TOP / 2)
  const perRow = Math.ceil(14 / cell)
  context.textAlign = 'right'
  for (let row = Math.ceil(firstRow / perRow) * perRow; row <= lastRow; row += perRow)
    if (y(row) >= TOP) context.fillText(String(row), LEFT - 6, y(row) + cell / 2)
}
