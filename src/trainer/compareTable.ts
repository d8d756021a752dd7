import type { DataSet, Likeness } from '../data/table'
import type { CategoricalColumn } from '../experiment/experiment'
import { distanceRankCorrelation, neighborOverlap, tripletAccuracy } from '../geometry/compareWithTruth'
import type { Similarity } from '../geometry/nearest'
import { adjacentOnCircle, hoursOfWeek, sameCategory, type Truth, withinDistance } from '../geometry/truth'
import type { Attribute, Comparison, PointsInfo } from '../protocol/trainer'
import { keysOf } from './columnParts'

/** What the rows of a table are compared by. */
export type Comparable = Likeness | { kind: 'hour' }

export interface Nearness {
  neighbors: number
  /** null: distance up to 2 dimensions, which the picture shows; the cosine above. */
  similarity: Similarity | null
}

/** Multiplications that looking up neighbours may take, about a twentieth of a second; fewer rows are asked in a larger table. */
const NEIGHBOR_WORK = 3e7
const MOST_ASKED = 400
const LEAST_ASKED = 20

/** What two rows of a table of this column can have in common; empty where nothing is known of them. */
export function comparablesOf(categorical: CategoricalColumn, { entities, summary }: DataSet): Comparable[] {
  const keys = keysOf(categorical)
  const hour = summary.columns.some(({ name, meaning }) => meaning === 'hourOfDay' && keys.includes(name))
  if (hour && !hasRanges(categorical)) return [{ kind: 'hour' }]
  if (categorical.type === 'crossed') return []
  return entities.find(({ column }) => column === categorical.key)?.likeness ?? []
}

/** Hours in ranges are no places on a clock. */
function hasRanges(categorical: CategoricalColumn): boolean {
  if (categorical.type !== 'crossed') return categorical.type === 'bucketized'
  return categorical.keys.some((key) => typeof key !== 'string' && key.type === 'bucketized')
}

/** Only rows that training examples look up, and of which the fact is known; a comparison needs three of them. */
export function compareTable(
  points: PointsInfo,
  comparables: Comparable[],
  vectors: Float32Array,
  dimension: number,
  { neighbors, similarity }: Nearness,
): Comparison[] {
  return comparables.flatMap((comparable) => {
    const known = knownTruth(comparable, points)
    if (!known) return []
    const rows = usableRows(points.counts, vectors, dimension, known.unknown)
    if (rows.length < 3) return []
    const space = {
      vectors: vectorsOf(rows, vectors, dimension),
      rows: rows.length,
      dimension,
      similarity: similarity ?? (dimension <= 2 ? 'euclidean' : 'cosine'),
    }
    const truth = known.of(rows)
    const affordable = Math.floor(NEIGHBOR_WORK / (rows.length * (dimension + 4)))
    const askedRows = Math.min(rows.length, Math.max(LEAST_ASKED, Math.min(MOST_ASKED, affordable)))
    return [
      {
        truth: known.info,
        neighbors: Math.min(neighbors, rows.length - 1),
        askedRows,
        rows: rows.length,
        overlap: neighborOverlap(space, truth, neighbors, { samples: askedRows }),
        triplets: tripletAccuracy(space, truth),
        ranks: distanceRankCorrelation(space, truth),
      },
    ]
  })
}

interface KnownTruth {
  info: Comparison['truth']
  unknown: (row: number) => boolean
  /** Of these rows of the table. */
  of: (rows: Uint32Array) => Truth
}

function knownTruth(comparable: Comparable, { attributes }: PointsInfo): KnownTruth | null {
  if (comparable.kind === 'hour') return hourTruth(attributes)
  if (comparable.kind === 'category') return categoryTruth(attributes, comparable.attribute)
  const latitude = numbers(attributes, comparable.latitude)
  const longitude = numbers(attributes, comparable.longitude)
  if (!latitude || !longitude) return null
  return {
    info: { kind: 'place', km: comparable.km },
    unknown: (row) => Number.isNaN(latitude[row]! + longitude[row]!),
    of: (rows) => withinDistance(pick(latitude, rows), pick(longitude, rows), comparable.km),
  }
}

function categoryTruth(attributes: Attribute[], name: string): KnownTruth | null {
  const attribute = attributes.find((candidate) => candidate.name === name)
  if (attribute?.kind !== 'category') return null
  const { title, ordered, codes } = attribute
  return {
    info: { kind: 'category', title, ordered },
    unknown: (row) => codes[row]! < 0,
    of: (rows) => sameCategory(pick(codes, rows), ordered),
  }
}

function hourTruth(attributes: Attribute[]): KnownTruth | null {
  const hours = cycle(attributes, 24)
  if (!hours) return null
  const days = cycle(attributes, 7)
  return {
    info: { kind: 'hour', week: days !== null },
    unknown: (row) => Number.isNaN(hours[row]! + (days?.[row] ?? 0)),
    of: (rows) => (days ? hoursOfWeek(pick(days, rows), pick(hours, rows)) : adjacentOnCircle(pick(hours, rows), 24)),
  }
}

function numbers(attributes: Attribute[], name: string): Float32Array | null {
  const attribute = attributes.find((candidate) => candidate.name === name)
  return attribute?.kind === 'number' ? attribute.values : null
}

function cycle(attributes: Attribute[], period: number): Float32Array | null {
  return attributes.flatMap((a) => (a.kind === 'cyclic' && a.period === period ? [a.values] : []))[0] ?? null
}

const pick = (values: ArrayLike<number>, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row]!)

function usableRows(counts: Uint32Array, vectors: Float32Array, dimension: number, unknown: (row: number) => boolean) {
  const used: number[] = []
  counts.forEach((count, row) => {
    const finite = vectors.subarray(row * dimension, (row + 1) * dimension).every(Number.isFinite)
    if (count > 0 && finite && !unknown(row)) used.push(row)
  })
  return Uint32Array.from(used)
}

function vectorsOf(rows: Uint32Array, vectors: Float32Array, dimension: number): Float32Array {
  const picked = new Float32Array(rows.length * dimension)
  rows.forEach((row, i) => {
    picked.set(vectors.subarray(row * dimension, (row + 1) * dimension), i * dimension)
  })
  return picked
}
