import type { Attribute } from '../protocol/trainer'

/** What the axes are. Dimensions count from 0. A `line` spreads the points sideways, by how crowded their place is, only to be seen. */
export type MapView = { kind: 'plane'; x: number; y: number } | { kind: 'line'; axis: number } | { kind: 'pca' }

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
  /** Rows joined to the selected point by lines. */
  neighbours: ArrayLike<number>
  /** Snapshots that a trail shows, at most ten a second; 0 = none. */
  trails: number
  ariaLabel: string
  onHover(row: number | null): void
  onSelect(row: number | null): void
}
