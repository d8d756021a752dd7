import type { Projection } from '../geometry/pca'
import type { Attribute } from '../protocol/trainer'

/**
 * What the axes are. Dimensions count from 0. A `line` spreads the points sideways, by how crowded their place is, only to be seen. `axes`: two
 * directions of one's own (of a line one), which may move while they keep their `name`.
 */
export type MapView =
  | { kind: 'plane'; x: number; y: number }
  | { kind: 'line'; axis: number }
  | { kind: 'pca' }
  | { kind: 'axes'; name: string; axes: Projection; titles: { x: string; y: string } }

/** Points spread out along x alone. */
export function isLine(view: MapView): boolean {
  return view.kind === 'line' || (view.kind === 'axes' && view.axes.k === 1)
}

export interface EmbeddingMapProps {
  /** [rows × dimension]; null before the first snapshot. Read at the next frame, never kept. */
  vectors: Float32Array | null
  rows: number
  dimension: number
  /** Names the snapshot: positions are computed again, and a trail grows, when it changes. */
  step: number
  /** Names table and run: trails, frame and zoom start afresh when it changes. */
  source: string
  view: MapView
  /** [rows × dimension] the same points in another run, laid over these: a faint dot each, and a line to it. Read with `vectors`. */
  other?: Float32Array | null
  /** One a row. */
  labels: readonly string[]
  /** [rows] training rows that look this row up; sizes the dots. null: all the same. */
  counts: Uint32Array | null
  colorBy: Attribute | null
  /** [rows] 0 = not drawn, not picked (legend filter). null: all drawn. */
  visible: Uint8Array | null
  /** [rows] 1 = found by the search; the others step back. null: no search. */
  hits: Uint8Array | null
  /** [rows] 1 = the point stands for several values, and has a ring. null: none does. */
  shared: Uint8Array | null
  selected: number | null
  /** Highlighted from elsewhere (a heat map cell); a pointer on the map goes before it. */
  hovered: number | null
  /** Rows that are marked. */
  neighbours: ArrayLike<number>
  /** Pairs of marked rows that are joined by lines. Absent: the selected one and each other. */
  paths?: readonly (readonly [number, number])[] | null
  /** Snapshots that a trail shows, at most ten a second; 0 = none. */
  trails: number
  ariaLabel: string
  onHover(row: number | null): void
  onSelect(row: number | null): void
}
