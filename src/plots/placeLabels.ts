/** A text that would like to stand beside its point. All in pixels. */
export interface LabelCandidate {
  row: number
  x: number
  y: number
  /** Of the dot, from its centre. */
  radius: number
  width: number
  height: number
  /** Placed before all others and, when new, without more air around it. */
  important: boolean
  /** Most dots that it may cover. It never covers another label. */
  tolerance: number
}

export interface PlacedLabel {
  row: number
  /** Top left corner of the text's box. */
  left: number
  top: number
  width: number
  height: number
  /** Which of the eight places around the point. */
  place: number
}

/** A dot that stands out. */
export interface LabelObstacle {
  row: number
  x: number
  y: number
  radius: number
}

export interface LabelSpace {
  width: number
  height: number
  /** Dots to be kept free where possible: centres of all visible points. */
  dots: DotCounts
  /** Kept free by labels of other rows; an important one may cover them where there is no other place. */
  obstacles: readonly LabelObstacle[]
  /** Most labels at once. */
  limit: number
}

/** Places around a point as (horizontal, vertical) in half boxes: right, left, above, below, then the corners. */
const places: readonly (readonly [number, number])[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
]

const GAP = 3
/** A new label needs this much air; one that stood there before needs none. That, and keeping its place, is what stops flicker. */
const NEW_LABEL_AIR = 6

/**
 * Chooses which labels to show and where: greedy, in the order of `candidates` (most important first), never overlapping.
 * `previous` = the labels of the frame before, by row: they keep their place while it is free.
 */
export function placeLabels(
  candidates: readonly LabelCandidate[],
  space: LabelSpace,
  previous: ReadonlyMap<number, PlacedLabel>,
): PlacedLabel[] {
  const placed: PlacedLabel[] = []
  const place = (wanted: (candidate: LabelCandidate) => boolean) => {
    for (const candidate of candidates) {
      if (placed.length >= space.limit && !candidate.important) return
      if (!wanted(candidate)) continue
      const label = bestPlace(candidate, previous.get(candidate.row), placed, space)
      if (label) placed.push(label)
    }
  }
  place((candidate) => candidate.important)
  place((candidate) => !candidate.important && previous.has(candidate.row))
  place((candidate) => !candidate.important && !previous.has(candidate.row))
  return placed
}

function bestPlace(
  candidate: LabelCandidate,
  before: PlacedLabel | undefined,
  placed: readonly PlacedLabel[],
  space: LabelSpace,
): PlacedLabel | null {
  const tolerated = candidate.tolerance + (before ? 3 : 0)
  const air = before || candidate.important ? 0 : NEW_LABEL_AIR
  let best: PlacedLabel | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (let place = 0; place < places.length; place++) {
    const label = boxAt(candidate, place)
    if (label.left < 0 || label.top < 0) continue
    if (label.left + label.width > space.width || label.top + label.height > space.height) continue
    if (placed.some((other) => overlaps(label, other, air))) continue
    const hidden = space.obstacles.filter((obstacle) => hides(label, obstacle)).length
    if (hidden > 0 && !candidate.important) continue
    const covered = space.dots.within(label)
    if (covered > tolerated) continue
    const cost = covered + 6 * hidden + place * 0.25 - (before?.place === place ? 4 : 0)
    if (cost < bestCost) {
      best = label
      bestCost = cost
    }
  }
  return best
}

function boxAt({ row, x, y, radius, width, height }: LabelCandidate, place: number): PlacedLabel {
  const [across, down] = places[place]!
  const diagonal = across !== 0 && down !== 0 ? 0.7 : 1
  const left = x - width / 2 + across * (width / 2 + diagonal * (radius + GAP))
  const top = y - height / 2 + down * (height / 2 + diagonal * radius + (across === 0 ? 1 : -2))
  return { row, left, top, width, height, place }
}

/** Whether two boxes come nearer to each other than `air`. */
export function overlaps(a: PlacedLabel, b: PlacedLabel, air: number): boolean {
  return (
    a.left < b.left + b.width + air &&
    b.left < a.left + a.width + air &&
    a.top < b.top + b.height + air &&
    b.top < a.top + a.height + air
  )
}

function hides(label: PlacedLabel, { row, x, y, radius }: LabelObstacle): boolean {
  if (row === label.row) return false
  const dx = Math.max(label.left - x, x - label.left - label.width, 0)
  const dy = Math.max(label.top - y, y - label.top - label.height, 0)
  return dx * dx + dy * dy < radius * radius
}

/** How many dots lie in a box, to the nearest cell of 6 pixels. */
export interface DotCounts {
  within(box: { left: number; top: number; width: number; height: number }): number
}

const CELL = 6

/** Counts by a summed-area table, so that each question costs four look-ups. */
export function countDots(
  x: Float32Array,
  y: Float32Array,
  rows: number,
  width: number,
  height: number,
  visible: Uint8Array | null,
): DotCounts {
  const columns = Math.ceil(width / CELL) + 1
  const lines = Math.ceil(height / CELL) + 1
  const sums = new Int32Array((columns + 1) * (lines + 1))
  for (let row = 0; row < rows; row++) {
    if (visible?.[row] === 0 || !(x[row]! >= 0 && x[row]! <= width && y[row]! >= 0 && y[row]! <= height)) continue
    sums[(Math.floor(y[row]! / CELL) + 1) * (columns + 1) + Math.floor(x[row]! / CELL) + 1]! += 1
  }
  for (let line = 1; line <= lines; line++) {
    let along = 0
    for (let column = 1; column <= columns; column++) {
      along += sums[line * (columns + 1) + column]!
      sums[line * (columns + 1) + column] = along + sums[(line - 1) * (columns + 1) + column]!
    }
  }
  const at = (column: number, line: number) =>
    sums[Math.min(lines, Math.max(0, line)) * (columns + 1) + Math.min(columns, Math.max(0, column))]!
  return {
    within(box) {
      const c0 = Math.floor(box.left / CELL)
      const c1 = Math.ceil((box.left + box.width) / CELL)
      const l0 = Math.floor(box.top / CELL)
      const l1 = Math.ceil((box.top + box.height) / CELL)
      return at(c1, l1) - at(c0, l1) - at(c1, l0) + at(c0, l0)
    },
  }
}
