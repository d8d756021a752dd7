import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { countDots, type LabelCandidate, overlaps, type PlacedLabel, placeLabels } from './placeLabels'

const [WIDTH, HEIGHT] = [600, 400]
const noDots = { within: () => 0 }
const space = { width: WIDTH, height: HEIGHT, dots: noDots, obstacles: [], limit: 100 }

function crowd(rows: number, seed: number): LabelCandidate[] {
  const random = createRandom(seed)
  return Array.from({ length: rows }, (_, row) => ({
    row,
    x: random.uniform() * WIDTH,
    y: random.uniform() * HEIGHT,
    radius: 3,
    width: 30 + random.integer(90),
    height: 14,
    important: row < 3,
    tolerance: row < 3 ? Number.POSITIVE_INFINITY : 2,
  }))
}
const byRow = (labels: PlacedLabel[]) => new Map(labels.map((label) => [label.row, label]))

describe('placed labels', () => {
  it('never overlap and never leave the plane, frame after frame', () => {
    const random = createRandom(6)
    const candidates = crowd(200, 1)
    let previous = new Map<number, PlacedLabel>()
    for (let frame = 0; frame < 40; frame++) {
      for (const candidate of candidates) {
        candidate.x += 2 * random.normal()
        candidate.y += 2 * random.normal()
      }
      const labels = placeLabels(candidates, space, previous)
      expect(labels.length).toBeGreaterThan(25)
      const isOutside = (a: PlacedLabel) =>
        a.left < 0 || a.top < 0 || a.left + a.width > WIDTH || a.top + a.height > HEIGHT
      expect(labels.filter(isOutside)).toEqual([])
      expect(labels.filter((a, i) => labels.slice(i + 1).some((b) => overlaps(a, b, 0)))).toEqual([])
      previous = byRow(labels)
    }
  })

  it('stay the same ones at the same place while points tremble', () => {
    const candidates = crowd(150, 2)
    const first = placeLabels(candidates, space, new Map())
    const trembling = candidates.map((c) => ({ ...c, x: c.x + 0.3 * (c.row % 2 ? 1 : -1), y: c.y + 0.2 }))
    const kept = byRow(placeLabels(trembling, space, byRow(first)))
    const same = first.filter((label) => kept.get(label.row)?.place === label.place)
    expect(same.length).toBeGreaterThan(0.95 * first.length)
  })

  it('give way to the selected one', () => {
    const two = crowd(2, 3).map((c, row) => ({ ...c, row, x: 300, y: 200, width: 580, important: false }))
    const before = byRow(placeLabels([two[0]!], space, new Map()))
    const selected = { ...two[1]!, important: true, y: 202 }
    const labels = placeLabels([selected, two[0]!], { ...space, height: 214 }, before)
    expect(labels[0]!.row).toBe(1)
  })

  it('choose the side with fewer dots, and none where all sides are crowded', () => {
    const candidate = { ...crowd(1, 1)[0]!, x: 300, y: 200, width: 60, important: false, tolerance: 2 }
    const right = { within: (box: { left: number }) => (box.left > 290 ? 9 : 0) }
    expect(placeLabels([candidate], { ...space, dots: right }, new Map())[0]!.left).toBeLessThan(300 - 60)
    expect(placeLabels([candidate], { ...space, dots: { within: () => 9 } }, new Map())).toEqual([])
    const important = { ...candidate, important: true, tolerance: Number.POSITIVE_INFINITY }
    expect(placeLabels([important], { ...space, dots: { within: () => 9 } }, new Map())).toHaveLength(1)
  })

  it('keep clear of marked dots, and keep to the limit', () => {
    const candidate = { ...crowd(1, 1)[0]!, x: 300, y: 200, width: 60, important: false }
    const obstacle = { row: 9, x: 330, y: 200, radius: 6 }
    const [label] = placeLabels([candidate], { ...space, obstacles: [obstacle] }, new Map())
    expect(label!.left + label!.width < 324 || label!.top > 206 || label!.top + label!.height < 194).toBe(true)
    const around = Array.from({ length: 16 }, (_, i) => ({
      row: 9,
      x: 300 + 24 * Math.cos(i / 2.5),
      y: 200 + 14 * Math.sin(i / 2.5),
      radius: 5,
    }))
    expect(placeLabels([candidate], { ...space, obstacles: around }, new Map())).toEqual([])
    expect(placeLabels([{ ...candidate, important: true }], { ...space, obstacles: around }, new Map())).toHaveLength(1)
    expect(placeLabels(crowd(200, 1), { ...space, limit: 5 }, new Map())).toHaveLength(5)
  })
})

describe('dot counts', () => {
  it('are those of the cells that the box touches', () => {
    const x = Float32Array.of(3, 9, 21, 300, -5)
    const y = Float32Array.of(3, 3, 3, 200, 3)
    const dots = countDots(x, y, 5, WIDTH, HEIGHT, null)
    expect(dots.within({ left: 0, top: 0, width: 12, height: 6 })).toBe(2)
    expect(dots.within({ left: 0, top: 0, width: WIDTH, height: HEIGHT })).toBe(4)
    const hidden = countDots(x, y, 5, WIDTH, HEIGHT, Uint8Array.of(0, 1, 1, 1, 1))
    expect(hidden.within({ left: 0, top: 0, width: 12, height: 6 })).toBe(1)
  })
})
