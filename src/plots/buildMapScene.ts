import { scaleLinear } from 'd3-scale'
import type { MapTransform } from './mapFrame'
import { type EmbeddingMapProps, isLine } from './mapProps'
import {
  LABEL_BASELINE,
  LABEL_HEIGHT,
  MAP_MARGIN,
  type MapScene,
  type SceneMark,
  type SceneRing,
  type SceneTick,
} from './mapScene'
import { type Rgb, toCss } from './oklch'
import { countDots, type LabelCandidate, type PlacedLabel, placeLabels } from './placeLabels'

export interface SceneInput {
  /** Of the container, CSS pixels. */
  width: number
  height: number
  props: EmbeddingMapProps
  /** Positions in CSS pixels of the plane. */
  x: Float32Array
  y: Float32Array
  colors: Uint32Array
  /** Radius of a row's dot, CSS pixels. */
  radiusOf(row: number): number
  transform: MapTransform
  titles: { x: string; y: string }
  hovered: number | null
  /** Rows by falling claim to a label. */
  popular: Int32Array
  /** Labels of the last frame. */
  previous: ReadonlyMap<number, PlacedLabel>
  measure(text: string, strong: boolean): number
}

/** Ticks, marks, lines and labels of one frame. Also returns the labels' boxes, for the next frame. */
export function buildMapScene(input: SceneInput): { scene: MapScene; placed: PlacedLabel[] } {
  const { width, height, transform, titles, props } = input
  const plane = planeOf(width, height)
  const marks = marksOf(input, plane)
  const selected = marks.find((mark) => mark.role === 'selected')
  const links = props.paths
    ? props.paths.map(([a, b]) => ({ x1: input.x[a]!, y1: input.y[a]!, x2: input.x[b]!, y2: input.y[b]! }))
    : marks
        .filter((mark) => selected && mark.role === 'neighbour')
        .map((mark) => ({ x1: selected!.x, y1: selected!.y, x2: mark.x, y2: mark.y }))
  const placed = labelsOf(input, plane, marks)
  const strongRows = new Set(marks.filter((mark) => mark.role !== 'neighbour').map((mark) => mark.row))
  return {
    placed,
    scene: {
      width,
      height,
      plane,
      ticksX: ticksOf(transform.xScale, transform.xOffset, plane.width, 96),
      ticksY: isLine(props.view) ? [] : ticksOf(transform.yScale, transform.yOffset, plane.height, 88),
      titles,
      links,
      rings: ringsOf(input, plane),
      marks,
      labels: placed.map((label) => ({
        row: label.row,
        text: shorten(props.labels[label.row] ?? '', plane.width),
        x: label.left,
        y: label.top + LABEL_BASELINE,
        strong: strongRows.has(label.row),
      })),
    },
  }
}

export function planeOf(width: number, height: number): MapScene['plane'] {
  const { left, right, top, bottom } = MAP_MARGIN
  return { left, top, width: Math.max(1, width - left - right), height: Math.max(1, height - top - bottom) }
}

/** Round numbers along an axis, one every `spacing` pixels or so. */
function ticksOf(scale: number, offset: number, length: number, spacing: number): SceneTick[] {
  const values = [-offset / scale, (length - offset) / scale].sort((a, b) => a - b)
  const axis = scaleLinear().domain(values)
  const count = Math.max(2, Math.round(length / spacing))
  const label = axis.tickFormat(count)
  return axis
    .ticks(count)
    .map((value) => ({ at: value * scale + offset, label: label(value) }))
    .filter((tick) => tick.at >= 4 && tick.at <= length - 4)
}

function marksOf(input: SceneInput, plane: MapScene['plane']): SceneMark[] {
  const { props, x, y, colors, hovered } = input
  const marks: SceneMark[] = []
  const add = (row: number | null, role: SceneMark['role']) => {
    if (row === null || row < 0 || row >= x.length || props.visible?.[row] === 0) return
    if (marks.some((mark) => mark.row === row) || !isInside(x[row]!, y[row]!, plane, 12)) return
    const radius = Math.max(input.radiusOf(row) + 1, { neighbour: 3.5, hovered: 4.5, selected: 6 }[role])
    marks.push({ row, x: x[row]!, y: y[row]!, radius, color: toCss(fromPixel(colors[row]!)), role })
  }
  add(props.selected, 'selected')
  add(hovered, 'hovered')
  for (let i = 0; i < props.neighbours.length; i++) add(props.neighbours[i]!, 'neighbour')
  return marks
}

/** More rings than this would be a pattern, not marks. */
const MOST_RINGS = 500

function ringsOf({ props, x, y, radiusOf }: SceneInput, plane: MapScene['plane']): SceneRing[] {
  const rings: SceneRing[] = []
  if (!props.shared) return rings
  for (let row = 0; row < x.length && rings.length < MOST_RINGS; row++) {
    if (props.shared[row] !== 1 || props.visible?.[row] === 0 || props.hits?.[row] === 0) continue
    if (isInside(x[row]!, y[row]!, plane, 12)) rings.push({ x: x[row]!, y: y[row]!, radius: radiusOf(row) + 3 })
  }
  return rings
}

function labelsOf(input: SceneInput, plane: MapScene['plane'], marks: readonly SceneMark[]): PlacedLabel[] {
  const { props, x, y, popular, previous } = input
  const limit = Math.min(32, Math.max(6, Math.round((plane.width * plane.height) / 20_000)))
  const candidates: LabelCandidate[] = []
  const seen = new Set<number>()
  const add = (row: number, radius: number, important: boolean, tolerance: number) => {
    const text = shorten(props.labels[row] ?? '', plane.width)
    if (text === '' || seen.has(row) || !isInside(x[row]!, y[row]!, plane, 0)) return
    seen.add(row)
    const width = Math.ceil(input.measure(text, important))
    candidates.push({ row, x: x[row]!, y: y[row]!, radius, width, height: LABEL_HEIGHT, important, tolerance })
  }
  for (const { row, radius, role } of marks) {
    if (role === 'neighbour') add(row, radius, false, 8)
    else add(row, radius, true, Number.POSITIVE_INFINITY)
  }
  const wantedRows = limit / 3
  for (const row of popular) {
    if (candidates.length >= 3 * limit) break
    if (props.visible?.[row] === 0 || props.hits?.[row] === 0) continue
    // In a dense cloud every place covers dots: there the best known points are named all the same.
    add(
      row,
      input.radiusOf(row),
      false,
      x.length > DENSE_ROWS && candidates.length < wantedRows ? Number.POSITIVE_INFINITY : 1,
    )
  }
  for (const row of previous.keys()) {
    if (row < x.length && props.visible?.[row] !== 0 && props.hits?.[row] !== 0) add(row, input.radiusOf(row), false, 1)
  }
  const dots = countDots(x, y, x.length, plane.width, plane.height, props.visible)
  return placeLabels(candidates, { width: plane.width, height: plane.height, dots, obstacles: marks, limit }, previous)
}

/** From this many rows on a map is a cloud. */
const DENSE_ROWS = 2000

/** Rows by falling count; equal ones in a scattered order, so that labels don't all come from one end of the table. */
export function rowsByPopularity(rows: number, counts: Uint32Array | null): Int32Array {
  const scattered = (row: number) => Math.imul(row + 1, 0x9e3779b1) >>> 0
  return Int32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => (counts ? counts[b]! - counts[a]! : 0) || scattered(a) - scattered(b),
  )
}

function isInside(x: number, y: number, plane: MapScene['plane'], slack: number): boolean {
  return x >= -slack && x <= plane.width + slack && y >= -slack && y <= plane.height + slack
}

/** At most 32 characters (22 on a narrow plane), cut at the end of a word where there is one. */
export function shorten(text: string, planeWidth: number): string {
  const longest = planeWidth < 480 ? 22 : 32
  if (text.length <= longest) return text
  const cut = text.slice(0, longest - 1)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > longest / 2 ? space : cut.length).trimEnd()}…`
}

export function fromPixel(pixel: number): Rgb {
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
}
