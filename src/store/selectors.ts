import { columnName } from '../experiment/columnName'
import type { Task } from '../experiment/experiment'
import { nearestRows } from '../geometry/nearest'
import { memoizeLast } from '../lib/memoizeLast'
import type { Attribute, MetricName, PointsInfo } from '../protocol/trainer'
import type { Snapshot } from './runSlice'
import type { Store } from './slice'
import type { Projection, Similarity } from './viewSlice'

/** Values derived from the store, remembered for the last arguments: safe to call in every subscription. */

/** A table's points and its newest vectors, when both are there and belong together. */
export interface MapData {
  points: PointsInfo
  snapshot: Snapshot
}

const pair = memoizeLast((points: PointsInfo | null, snapshot: Snapshot | null): MapData | null =>
  points && snapshot && points.table === snapshot.table && points.keys.length === snapshot.rows
    ? { points, snapshot }
    : null,
)

/** Null until the worker (or the first picture's file) has sent both, and for the moment between two tables. */
export function selectMapData(state: Store): MapData | null {
  return pair(state.points, state.snapshot)
}

/** What the person chose where the table has such dimensions; else a line for 1, the plane for 2, PCA for more. */
export function suitableProjection(chosen: Projection | null, dimension: number): Projection {
  if (chosen?.kind === 'plane' && chosen.x < dimension && chosen.y < dimension && chosen.x !== chosen.y) return chosen
  if (chosen?.kind === 'line' && chosen.axis < dimension) return chosen
  if (chosen?.kind === 'pca' && dimension > 2) return chosen
  if (chosen?.kind === 'axes' && chosen.axes.dimension === dimension) return chosen
  if (dimension === 1) return line
  return dimension === 2 ? plane : pca
}
const line: Projection = { kind: 'line', axis: 0 }
const plane: Projection = { kind: 'plane', x: 0, y: 1 }
const pca: Projection = { kind: 'pca' }

export function selectProjection(state: Store): Projection {
  return suitableProjection(state.projection, state.snapshot?.dimension ?? 2)
}

/** The attribute that colours the points: the chosen one, the table's own, or its first; null when there is none. */
export function selectColorAttribute(state: Store): Attribute | null {
  const { points, colorBy } = state
  if (!points) return null
  const named = (name: string | null) => points.attributes.find((attribute) => attribute.name === name)
  return named(colorBy) ?? named(points.colorBy) ?? points.attributes[0] ?? null
}

const rowsByKey = new WeakMap<PointsInfo, Map<string, number>>()

/** Row of a key in the table of these points, -1 when it has none. */
function rowOfKey(points: PointsInfo | null, key: string | null): number {
  if (!points || key === null) return -1
  let rows = rowsByKey.get(points)
  if (!rows) {
    rows = new Map(points.keys.map((known, row) => [known, row]))
    // A shared bucket is named for all the values in it: each of them finds it.
    for (const [row, known] of points.keys.entries()) {
      if (!points.shared?.[row]) continue
      for (const value of known.split(' · ')) if (!rows.has(value)) rows.set(value, row)
    }
    rows.delete('')
    rowsByKey.set(points, rows)
  }
  return rows.get(key) ?? -1
}

export function selectSelectedRow(state: Store): number {
  return rowOfKey(state.points, state.selectedKey)
}

const foldedLabels = new WeakMap<PointsInfo, string[]>()

/** Lower case without accents, so that `amelie` finds `Amélie`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

function labelsFolded(points: PointsInfo): string[] {
  let labels = foldedLabels.get(points)
  if (!labels) {
    labels = points.labels.map(fold)
    foldedLabels.set(points, labels)
  }
  return labels
}

/** Rows whose label holds the text, those that begin with it first; at most `limit`. */
export function searchRows(points: PointsInfo, text: string, limit: number): number[] {
  const wanted = fold(text.trim())
  if (wanted === '') return []
  const starting: number[] = []
  const holding: number[] = []
  labelsFolded(points).forEach((label, row) => {
    const at = label.indexOf(wanted)
    if (at === 0) starting.push(row)
    else if (at > 0) holding.push(row)
  })
  return [...starting, ...holding].slice(0, limit)
}

/** At most eight points to choose from; names that occur twice carry their key. */
export function suggestionsFor(points: PointsInfo | null, text: string): { key: string; label: string }[] {
  if (!points) return []
  const found = searchRows(points, text, 8).map((row) => ({
    key: points.keys[row] ?? '',
    label: points.labels[row] ?? '',
  }))
  const isTwice = (label: string) => found.filter((other) => other.label === label).length > 1
  return found.map(({ key, label }) => ({ key, label: isTwice(label) ? `${label} (${key})` : label }))
}

const legendMask = memoizeLast(
  (points: PointsInfo | null, attribute: Attribute | null, hidden: string[]): Uint8Array | null => {
    if (!points || attribute?.kind !== 'category' || hidden.length === 0) return null
    // A name that is no category is the legend's entry for unknown values, whose code is -1.
    const off = new Set(hidden.map((category) => attribute.categories.indexOf(category)))
    return Uint8Array.from(attribute.codes, (code) => (off.has(code) ? 0 : 1))
  },
)

/** [rows] 0 where the legend hides a point; null = it hides none. */
export function selectLegendMask(state: Store): Uint8Array | null {
  return legendMask(state.points, selectColorAttribute(state), state.hiddenCategories)
}

const searchHits = memoizeLast((points: PointsInfo | null, text: string): Uint8Array | null => {
  const wanted = fold(text.trim())
  if (!points || wanted === '') return null
  return Uint8Array.from(labelsFolded(points), (label) => (label.includes(wanted) ? 1 : 0))
})

/** [rows] 1 where the label holds the searched text; null = no search. */
export function selectSearchHits(state: Store): Uint8Array | null {
  return searchHits(state.points, state.search)
}

const both = memoizeLast((mask: Uint8Array | null, hits: Uint8Array | null): Uint8Array | null => {
  if (!mask || !hits) return mask ?? hits
  return mask.map((shown, row) => shown & (hits[row] ?? 0))
})

/** [rows] 1 where legend and search let a point through; null = all of them. */
export function selectVisible(state: Store): Uint8Array | null {
  return both(selectLegendMask(state), selectSearchHits(state))
}

export interface Neighbor {
  row: number
  key: string
  label: string
  /** The cosine, the distance or the dot product. */
  score: number
}

/** Vectors beyond this many numbers are searched at most ten times a second while training goes on. */
const CHEAP_SEARCH = 40_000
const SEARCH_INTERVAL_MS = 100

const NO_NEIGHBORS: Neighbor[] = []

const knownBuckets = new WeakMap<PointsInfo, Uint8Array>()

/** [rows] 0 for the buckets of a hash that no value fell into: nothing ever moved their vectors. */
function usedBuckets(points: PointsInfo): Uint8Array {
  let used = knownBuckets.get(points)
  if (!used) {
    used = Uint8Array.from(points.keys, (key) => (key === '' ? 0 : 1))
    knownBuckets.set(points, used)
  }
  return used
}

function findNeighbors(data: MapData, row: number, k: number, similarity: Similarity): Neighbor[] {
  const { points, snapshot } = data
  const { vectors, rows, dimension } = snapshot
  const found = nearestRows(vectors, rows, dimension, row, k, similarity, usedBuckets(points))
  return Array.from(found.rows, (near, i) => ({
    row: near,
    key: points.keys[near] ?? '',
    label: points.labels[near] ?? '',
    score: found.scores[i] ?? Number.NaN,
  }))
}

function neighborSearch() {
  let asked: readonly unknown[] = []
  let snapshot: Snapshot | null = null
  let foundAtMs = 0
  let found = NO_NEIGHBORS
  return (data: MapData | null, row: number, k: number, similarity: Similarity, moving: boolean): Neighbor[] => {
    if (!data || row < 0) return NO_NEIGHBORS
    const question = [data.points, row, k, similarity]
    const same = question.every((part, i) => part === asked[i])
    if (same && data.snapshot === snapshot) return found
    const costly = data.snapshot.rows * data.snapshot.dimension > CHEAP_SEARCH
    const nowMs = performance.now()
    if (same && costly && moving && nowMs - foundAtMs < SEARCH_INTERVAL_MS) return found
    asked = question
    snapshot = data.snapshot
    foundAtMs = nowMs
    found = findNeighbors(data, row, k, similarity)
    return found
  }
}
const search = neighborSearch()

export function selectSimilarity(state: Store): Similarity {
  return state.similarity ?? ((state.snapshot?.dimension ?? 2) <= 2 ? 'euclidean' : 'cosine')
}

/** Of the selected point in the whole space of the table, not in its projection; nearest first. */
export function selectNeighbors(state: Store): Neighbor[] {
  const moving = state.status === 'playing'
  return search(selectMapData(state), selectSelectedRow(state), state.neighborCount, selectSimilarity(state), moving)
}

const metricsOfTask: Record<Task, MetricName[]> = {
  regression: ['loss', 'rmse', 'r2'],
  binary: ['loss', 'auc', 'accuracy'],
  multiclass: ['loss', 'accuracy'],
}

/** The run's metrics; before the run has started those that its task will have, so that nothing moves when it does. */
export function selectMetricNames({ run, experiment }: Store): MetricName[] {
  if (run) return run.metricNames
  return experiment.model.type === 'watchList' ? ['loss', 'recall10'] : metricsOfTask[experiment.label.task]
}

/** Names of the embedding tables, of the run or of the experiment that is about to start. */
export function selectTableNames({ run, experiment }: Store): string[] {
  if (run) return run.tables.map(({ name }) => name)
  return experiment.columns.filter((column) => column.type === 'embedding').map(columnName)
}

/** What the metric curve shows when nobody has chosen. */
export function selectMetric(state: Store): MetricName {
  const names = selectMetricNames(state)
  if (state.metric && names.includes(state.metric)) return state.metric
  const preferred: MetricName[] =
    state.experiment.model.type === 'dotProduct' ? ['rmse', 'auc'] : ['r2', 'auc', 'recall10', 'accuracy', 'rmse']
  return preferred.find((name) => names.includes(name)) ?? names[0] ?? preferred[0] ?? 'loss'
}

/** Name of the brought file that the run failed for want of; null when it is open or not needed. */
export function selectAwaitedFile({ experiment, status, failure }: Store): string | null {
  const { dataset } = experiment
  return dataset.source === 'file' && status === 'failed' && failure?.field === 'dataset' ? dataset.name : null
}
