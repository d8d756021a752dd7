import { createRandom } from '../../src/lib/random'
import { createEmbeddingMap } from '../../src/plots/embeddingMap'
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
  Object.assign(window, { map, frameMs })
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

const plots: Record<string, () => void> = { map: showMap }
plots[asked.get('plot') ?? 'map']?.()
