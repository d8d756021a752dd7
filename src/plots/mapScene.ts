/** One picture of the map, as plain shapes in CSS pixels: what the overlay shows and what an export writes. */
export interface MapScene {
  width: number
  height: number
  /** The plane inside the margins; shapes below are relative to its top left corner. */
  plane: { left: number; top: number; width: number; height: number }
  ticksX: SceneTick[]
  ticksY: SceneTick[]
  titles: { x: string; y: string }
  links: SceneLink[]
  /** Around points that stand for several values. */
  rings: SceneRing[]
  /** Points that stand out, drawn above the others. */
  marks: SceneMark[]
  labels: SceneLabel[]
}

export interface SceneTick {
  at: number
  label: string
}

export interface SceneRing {
  x: number
  y: number
  radius: number
}

export interface SceneLink {
  x1: number
  y1: number
  x2: number
  y2: number
}

export interface SceneMark {
  row: number
  x: number
  y: number
  radius: number
  color: string
  role: MarkRole
}

export type MarkRole = 'selected' | 'hovered' | 'neighbour'

export interface SceneLabel {
  row: number
  text: string
  /** Left end of the base line. */
  x: number
  y: number
  strong: boolean
}

/** A dot of an export. */
export interface SceneDot {
  x: number
  y: number
  radius: number
  color: string
  opacity: number
}

/** Where a point came from: x and y by turns, oldest first, ending at the point. */
export interface SceneTrail {
  points: number[]
  color: string
}

/** Air between the plane and the container: room for ticks and titles. */
export const MAP_MARGIN = { left: 36, right: 12, top: 12, bottom: 36 } as const

/** Pixels of label text: base line from the top of its box, and height of the box. */
export const LABEL_BASELINE = 11
export const LABEL_HEIGHT = 14
