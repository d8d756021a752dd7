import { createRandom } from '../../src/lib/random'
import { createCurves } from '../../src/plots/curves'
import type { HeatMapProps } from '../../src/plots/drawHeatMap'
import { createEmbeddingMap } from '../../src/plots/embeddingMap'
import { mapToPng, mapToSvg } from '../../src/plots/exportMap'
import { createHeatMap } from '../../src/plots/heatMap'
import { legendItems } from '../../src/plots/legend'
import type { EmbeddingMapProps } from '../../src/plots/mapProps'
import { sampleAttribute, sampleLabels, sampleVectors } from './samples'

/**
 * Plots on their own, by address: ?plot=map&rows=400&dimension=2&view=plane&color=category&theme=dark&trails=12&selected=7&width=800&height=700&train=1.
 * For looking and for measuring; no part of the built page.
 */
const asked = new URLSearchParams(location.search)
const number = (name: string, otherwise: number) => Number(asked.get(name) ?? otherwise)
document.documentElement.setAttribute('data-mantine-color-scheme', asked.get('theme') ?? 'light')

const container = document.querySelector<HTMLElement>('#plot')!
container.style.width = asked.has('width') ? `${asked.get('width')}px` : '100vw'
container.style.height = asked.has('height') ? `${asked.get('height')}px` : '100vh'

/** Milliseconds of script in each animation frame. */
const frameMs: number[] = []
const requestFrame = window.requestAnimationFrame.bind(window)
window.requestAnimationFrame = (callback) =>
  requestFrame((time) => {
    const start = performance.now()
    callback(time)
    frameMs.push(performance.now() - start)
  })

function showMap(): void {
  const rows = number('rows', 400)
  const dimension = number('dimension', 2)
  const vectors = sampleVectors(rows, dimension)
  const view = asked.get('view') ?? 'plane'
  const selected = asked.has('selected') ? number('selected', 0) : null
  const random = createRandom(3)
  const map = createEmbeddingMap(container)
  const labels = sampleLabels(rows, asked.get('color') === 'hour')
  const hits = asked.has('search')
    ? Uint8Array.from(labels, (label) => (label.toLowerCase().includes(asked.get('search')!) ? 1 : 0))
    : null
  const props: EmbeddingMapProps = {
    vectors,
    rows,
    dimension,
    step: 0,
    source: 'gallery',
    view:
      view === 'pca' ? { kind: 'pca' } : view === 'line' ? { kind: 'line', axis: 0 } : { kind: 'plane', x: 0, y: 1 },
    labels,
    counts:
      asked.get('color') === 'hour' ? null : Uint32Array.from({ length: rows }, () => 4 + 200 * random.uniform() ** 3),
    colorBy: sampleAttribute(asked.get('color') ?? 'category', rows, vectors, dimension),
    visible: null,
    hits,
    selected,
    hovered: null,
    shared: null,
    neighbours: selected === null ? [] : nearest(vectors, rows, dimension, selected),
    trails: number('trails', 0),
    ariaLabel: `Map of ${rows} films`,
    onHover: (row) => {
      document.title = row === null ? 'Plots' : (labels[row] ?? '')
    },
    onSelect: (row) => show({ selected: row, neighbours: row === null ? [] : nearest(vectors, rows, dimension, row) }),
  }
  let current = props
  const show = (change: Partial<EmbeddingMapProps>) => {
    current = { ...current, ...change }
    map.update(current)
  }
  show({})
  if (asked.has('train')) {
    let step = 0
    const tick = () => {
      step++
      for (let i = 0; i < vectors.length; i++) vectors[i]! *= 1.004 - 0.002 * Math.sin(i)
      show({ step })
      if (step < number('train', 100)) requestFrame(tick)
      else document.body.dataset.done = '1'
    }
    requestFrame(tick)
  }
  const options = () => ({
    title: 'Films by taste',
    caption: 'simulated viewers, real films · epoch 12',
    legend: current.colorBy?.kind === 'category' ? legendItems(current.colorBy, 'light') : [],
  })
  Object.assign(window, {
    map,
    frameMs,
    svg: () => mapToSvg(map.picture()!, options()),
    png: () => mapToPng(map, options()),
  })
}

function nearest(vectors: Float32Array, rows: number, dimension: number, row: number): number[] {
  const distance = (other: number) =>
    Array.from({ length: dimension }, (_, d) => vectors[other * dimension + d]! - vectors[row * dimension + d]!).reduce(
      (sum, difference) => sum + difference ** 2,
      0,
    )
  return Array.from({ length: rows }, (_, other) => other)
    .filter((other) => other !== row)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 6)
}

function showHeatMap(): void {
  const plot = createHeatMap(container)
  const error = asked.get('scale') === 'diverging'
  const random = createRandom(2)
  const values = Float32Array.from({ length: 168 }, (_, cell) => {
    const [day, hour] = [Math.floor(cell / 24), cell % 24]
    const rush = Math.exp(-((hour - 8) ** 2) / 4) + 1.2 * Math.exp(-((hour - 17) ** 2) / 6)
    const level = day < 5 ? 700 + 4200 * rush : 700 + 2600 * Math.exp(-((hour - 14) ** 2) / 24)
    return error ? 300 * random.normal() : cell === 51 ? Number.NaN : level
  })
  let props: HeatMapProps = {
    values,
    scale: error ? 'diverging' : 'sequential',
    domain: null,
    title: error ? 'Error: prediction − data' : 'Cars on I-94, mean',
    unit: 'vehicles per hour',
    highlighted: [32, 56],
    selected: asked.has('selected') ? number('selected', 0) : null,
    ariaLabel: 'Cars by day and hour',
    onHoverCell: (cell) => {
      document.title = String(cell)
    },
    onSelectCell: (selected) => {
      props = { ...props, selected }
      plot.update(props)
    },
  }
  plot.update(props)
}

function showCurves(): void {
  const plot = createCurves(container)
  const points = number('points', 60)
  const random = createRandom(2)
  const x = Float64Array.from({ length: points }, (_, i) => (12 * (i + 1)) / points)
  const curve = (end: number, rise: number) =>
    Float64Array.from(x, (epoch) => end + 0.25 * Math.exp(-epoch / 1.6) + rise * epoch + 0.002 * random.normal())
  const train = curve(0.78, 0)
  if (asked.has('spike')) train[0] = 40
  plot.update({
    title: 'RMSE (stars)',
    xName: 'epoch',
    curves: [
      { name: 'train', role: 'quiet', x, y: train },
      { name: 'validation', role: 'main', x, y: curve(asked.has('near') ? 0.785 : 0.84, 0.002) },
    ],
    yScale: asked.get('y') === 'log' ? 'log' : 'linear',
    best: 7,
    ariaLabel: 'RMSE over epochs',
  })
}

const plots: Record<string, () => void> = { map: showMap, heat: showHeatMap, curves: showCurves }
plots[asked.get('plot') ?? 'map']?.()
