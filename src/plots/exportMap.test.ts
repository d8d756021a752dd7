import { describe, expect, it } from 'vitest'
import { buildMapScene, rowsByPopularity, shorten } from './buildMapScene'
import { estimatedWidth, legendShapes, wrapText } from './exportLegend'
import { mapToSvg } from './exportMap'
import { cyclicGradient } from './legend'
import type { EmbeddingMapProps } from './mapProps'
import { overlaps } from './placeLabels'

const ignore = () => {}
const labels = ['Tom & "Jerry" <3', 'Alien', 'Heat', 'Hidden film', 'Far away']
const props: EmbeddingMapProps = {
  vectors: null,
  rows: 5,
  dimension: 2,
  step: 1,
  source: 'films',
  view: { kind: 'plane', x: 0, y: 1 },
  labels,
  counts: Uint32Array.of(5, 9, 7, 50, 1),
  colorBy: null,
  visible: Uint8Array.of(1, 1, 1, 0, 1),
  hits: null,
  selected: 0,
  hovered: null,
  neighbours: [2, 3],
  shared: null,
  trails: 0,
  ariaLabel: 'Map',
  onHover: ignore,
  onSelect: ignore,
}
const x = Float32Array.of(100, 200, 300, 150, -900)
const y = Float32Array.of(100, 120, 250, 150, 50)

function build(change: Partial<EmbeddingMapProps> = {}) {
  return buildMapScene({
    width: 480,
    height: 400,
    props: { ...props, ...change },
    x,
    y,
    colors: new Uint32Array(5).fill(0xffd15533),
    radiusOf: () => 4,
    transform: { xScale: 100, xOffset: 216, yScale: -100, yOffset: 176 },
    titles: { x: 'dimension 1', y: 'dimension 2' },
    hovered: null,
    popular: rowsByPopularity(5, props.counts),
    previous: new Map(),
    measure: (text) => 6 * text.length,
  })
}

describe('the scene of the map', () => {
  it('marks the selected point and its visible neighbours, joined by lines', () => {
    const { scene } = build()
    expect(scene.marks.map(({ row, role }) => [row, role])).toEqual([
      [0, 'selected'],
      [2, 'neighbour'],
    ])
    expect(scene.links).toEqual([{ x1: 100, y1: 100, x2: 300, y2: 250 }])
  })

  it('rings the points that stand for several values, unless they are hidden or outside', () => {
    expect(build({ shared: Uint8Array.of(0, 1, 1, 1, 1) }).scene.rings).toEqual([
      { x: 200, y: 120, radius: 7 },
      { x: 300, y: 250, radius: 7 },
    ])
    expect(build().scene.rings).toEqual([])
  })

  it('names the selected point, neighbours and popular ones, not hidden ones nor those outside', () => {
    const { scene, placed } = build()
    expect(scene.labels.map((label) => label.row).sort()).toEqual([0, 1, 2])
    expect(scene.labels.find((label) => label.row === 0)!.strong).toBe(true)
    placed.forEach((a, i) => {
      for (const b of placed.slice(i + 1)) expect(overlaps(a, b, 0)).toBe(false)
    })
  })

  it('has round ticks where their values are', () => {
    const { scene } = build()
    expect(scene.ticksX.find((tick) => tick.label === '0')!.at).toBe(216)
    expect(scene.ticksY.find((tick) => tick.label === '1')!.at).toBe(76)
  })

  it('orders rows by count and scatters equal ones', () => {
    expect([...rowsByPopularity(5, props.counts)]).toEqual([3, 1, 2, 0, 4])
    const first = [...rowsByPopularity(168, null)].slice(0, 12)
    expect(new Set(first.map((row) => Math.floor(row / 24))).size).toBeGreaterThan(4)
  })

  it('cuts long titles at a word', () => {
    expect(shorten('The Lord of the Rings: The Fellowship of the Ring', 800)).toBe('The Lord of the Rings: The…')
    expect(shorten('Alien', 800)).toBe('Alien')
  })
})

describe('the SVG of the map', () => {
  const theme = { ink: '#111', grid: '#eee', accent: '#33f', surface: '#fff', muted: '#777', fontFamily: 'Inter' }
  const dots = [{ x: 100, y: 100.123, radius: 4, color: 'rgb(51, 85, 209)', opacity: 0.85 }]
  const trails = [{ points: [90, 90, 95, 96.004, 100, 100], color: 'rgb(51, 85, 209)' }]
  const options = { title: 'Films', caption: 'simulated viewers', legend: [{ label: 'PG-13', color: '#0a8' }] }

  it('holds points, labels, axes, legend and title as shapes and text', () => {
    const svg = mapToSvg({ scene: build().scene, dots, trails, theme }, options)
    expect(svg).toContain('<circle cx="100" cy="100.12" r="4" fill="rgb(51, 85, 209)" fill-opacity="0.85"/>')
    for (const text of [
      '>Films<',
      '>simulated viewers<',
      '>PG-13<',
      '>dimension 1<',
      '>dimension 2<',
      '>Alien<',
      '>0<',
    ]) {
      expect(svg).toContain(text)
    }
    expect(svg).toContain('<polyline points="90 90 95 96 100 100"')
    expect(svg).not.toContain('<image')
  })

  it('is well-formed: names with markup are escaped, every element is closed', () => {
    const svg = mapToSvg({ scene: build().scene, dots, trails, theme }, options)
    expect(svg).toContain('Tom &amp; &quot;Jerry&quot; &lt;3')
    const open = svg.match(/<[a-z]+[^>]*[^/]>/g)!.length
    expect(svg.match(/<\/[a-z]+>/g)).toHaveLength(open)
  })
})

describe('what stands around an exported map', () => {
  it('breaks a long caption between words, none lost, none too long', () => {
    const text =
      'Real films from the vega-datasets package, simulated viewers whose taste lies on two axes · epoch 12.0'
    const lines = wrapText(text, 12, 240)
    expect(lines.join(' ')).toBe(text)
    for (const line of lines) expect(estimatedWidth(line, 12)).toBeLessThanOrEqual(240)
    expect(wrapText('', 12, 240)).toEqual([])
  })

  it('has a scale with its title, unit and what is grey, inside the picture', () => {
    const band = { gradient: cyclicGradient(24, 'light'), unit: 'h' }
    const legend = [{ label: 'unused buckets', color: '#aaa' }]
    const { texts, bars, dots, height } = legendShapes(
      360,
      { ink: '#111', muted: '#777' },
      { legendTitle: 'hour', legend, band },
    )
    for (const wanted of ['hour', '0', '12', '24', 'h', 'unused buckets']) {
      expect(texts.map(({ text }) => text)).toContain(wanted)
    }
    expect(Math.max(...bars.map(({ x, width }) => x + width))).toBeLessThanOrEqual(360)
    expect(Math.max(...dots.map(({ y }) => y), ...texts.map(({ y }) => y))).toBeLessThanOrEqual(height)
  })
})
