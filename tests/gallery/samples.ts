import moviesUrl from '../../node_modules/vega-datasets/data/movies.json?url'
import { createRandom } from '../../src/lib/random'
import type { Attribute } from '../../src/protocol/trainer'

const movies: { Title: unknown }[] = await (await fetch(moviesUrl)).json()

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function sampleLabels(rows: number, hours: boolean): string[] {
  if (hours) return Array.from({ length: rows }, (_, row) => `${days[Math.floor(row / 24) % 7]} ${row % 24} h`)
  return Array.from({ length: rows }, (_, row) => String(movies[(row * 7) % movies.length]?.Title ?? ''))
}

/** Group of a row, 0 … 3, as the ages of an audience. */
function groupOf(row: number): number {
  return [0, 1, 2, 1, 2, 3, 3, 2, 3, 2][row % 10]!
}

/** Four clouds that overlap, or a week of hours on a bent ring for 168 rows. */
export function sampleVectors(rows: number, dimension: number): Float32Array {
  const random = createRandom(7)
  const vectors = new Float32Array(rows * dimension)
  for (let row = 0; row < rows; row++) {
    const group = groupOf(row)
    const turn = (2 * Math.PI * (row % 24)) / 24
    for (let d = 0; d < dimension; d++) {
      const centre = d % 2 === 0 ? [-1.5, -0.75, 0.25, 1.05][group]! : [0.6, -0.4, 0.5, -0.2][group]!
      const ring = (d % 2 === 0 ? Math.cos(turn) : Math.sin(turn)) * (1 + 0.15 * Math.floor(row / 24))
      vectors[row * dimension + d] =
        rows === 168 ? ring + 0.06 * random.normal() : (centre + 0.45 * random.normal()) / (1 + Math.floor(d / 2))
    }
  }
  return vectors
}

export function sampleAttribute(
  color: string,
  rows: number,
  vectors: Float32Array,
  dimension: number,
): Attribute | null {
  const named = { name: color, title: color }
  if (color === 'category' || color === 'ordered') {
    const categories =
      color === 'ordered'
        ? ['G', 'PG', 'PG-13', 'R']
        : ['Action', 'Comedy', 'Drama', 'Thriller', 'Horror', 'Romance', 'Musical', 'Western']
    const codes = Int16Array.from({ length: rows }, (_, row) =>
      color === 'ordered' ? groupOf(row) : row % 23 === 0 ? -1 : (groupOf(row) + (row % 5 === 0 ? 4 : 0)) % 8,
    )
    return { kind: 'category', ...named, categories, ordered: color === 'ordered', codes }
  }
  if (color === 'hour') {
    return { kind: 'cyclic', ...named, period: 24, values: Float32Array.from({ length: rows }, (_, row) => row % 24) }
  }
  if (color === 'number') {
    const values = Float32Array.from({ length: rows }, (_, row) => vectors[row * dimension]! * 10)
    return { kind: 'number', ...named, unit: '°', values }
  }
  return null
}
