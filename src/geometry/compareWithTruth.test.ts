import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { distanceRankCorrelation, neighborOverlap, tripletAccuracy, type VectorSpace } from './compareWithTruth'
import { adjacentOnCircle, sameCategory } from './truth'

const space = (vectors: Float32Array, dimension: number): VectorSpace => ({
  vectors,
  rows: vectors.length / dimension,
  dimension,
  similarity: 'euclidean',
})
const line = space(Float32Array.of(0, 1, 2, 10, 11, 12), 1)
const clock = space(
  Float32Array.from({ length: 48 }, (_, i) =>
    i % 2 === 0 ? Math.cos((Math.floor(i / 2) * Math.PI) / 12) : Math.sin((Math.floor(i / 2) * Math.PI) / 12),
  ),
  2,
)
const hours = adjacentOnCircle(
  Array.from({ length: 24 }, (_, hour) => hour),
  24,
)
const random = createRandom(5)
const noise = space(
  Float32Array.from({ length: 600 }, () => random.normal()),
  2,
)
const thirds = sameCategory(
  Array.from({ length: 300 }, (_, row) => row % 3),
  true,
)

describe('neighbour overlap', () => {
  it('is the share of the nearest that are related, and what could be reached', () => {
    const halves = sameCategory([0, 0, 0, 1, 1, 1], false)
    expect(neighborOverlap(line, halves, 2)).toMatchObject({ learnt: 1, reachable: 1 })
    expect(neighborOverlap(line, halves, 4)).toMatchObject({ learnt: 0.5, reachable: 0.5 })
    // Of the two nearest of each row: 1,2 | 0,2 | 1,0 | 4,5 | 3,5 | 4,3.
    expect(neighborOverlap(line, sameCategory([0, 1, 0, 1, 0, 1], false), 2).learnt).toBeCloseTo(4 / 12)
  })

  it('finds both neighbours of every hour on a clock, and few of them in shuffled rows', () => {
    const { learnt, shuffled } = neighborOverlap(clock, hours, 2)
    expect(learnt).toBe(1)
    expect(shuffled).toBeLessThan(0.25)
  })

  it('asks a sample of rows where told to, the same for a seed', () => {
    const whole = neighborOverlap(noise, thirds, 8).learnt
    const some = neighborOverlap(noise, thirds, 8, { samples: 40, seed: 1 })
    expect(some).toEqual(neighborOverlap(noise, thirds, 8, { samples: 40, seed: 1 }))
    expect(some.learnt).not.toBe(whole)
    expect(Math.abs(some.learnt - whole)).toBeLessThan(0.15)
  })

  it('cannot be told of fewer than two rows', () => {
    expect(neighborOverlap(space(Float32Array.of(1), 1), sameCategory([0], false), 8).learnt).toBeNaN()
  })
})

describe('triplets and rank correlation', () => {
  it('are perfect where distances have the order of the truth', () => {
    expect(tripletAccuracy(clock, hours).learnt).toBeGreaterThan(0.999)
    // Hours equally far apart differ by rounding in the vectors, so that their ranks are not quite shared.
    expect(distanceRankCorrelation(clock, hours).learnt).toBeGreaterThan(0.99)
    expect(Math.abs(tripletAccuracy(clock, hours).shuffled - 0.5)).toBeLessThan(0.15)
    expect(Math.abs(distanceRankCorrelation(clock, hours).shuffled)).toBeLessThan(0.2)
  })

  it('find nothing in noise, nor in vectors that are all alike', () => {
    expect(Math.abs(tripletAccuracy(noise, thirds).learnt - 0.5)).toBeLessThan(0.03)
    expect(Math.abs(distanceRankCorrelation(noise, thirds).learnt)).toBeLessThan(0.05)
    expect(tripletAccuracy(space(new Float32Array(24), 1), hours).learnt).toBe(0.5)
    expect(distanceRankCorrelation(space(new Float32Array(24), 1), hours).learnt).toBeNaN()
  })

  it('cannot be told where the truth says the same of all', () => {
    const alike = sameCategory([2, 2, 2, 2, 2, 2], true)
    expect(tripletAccuracy(line, alike).learnt).toBeNaN()
    expect(distanceRankCorrelation(line, alike).learnt).toBeNaN()
  })

  it('go by the cosine where asked: length plays no part', () => {
    const rays = Float32Array.of(1, 0, 5, 0.1, 0, 1, 0.2, 9)
    const pairs = sameCategory([0, 0, 1, 1], false)
    const cosine: VectorSpace = { vectors: rays, rows: 4, dimension: 2, similarity: 'cosine' }
    expect(tripletAccuracy(cosine, pairs).learnt).toBe(1)
    expect(tripletAccuracy({ ...cosine, similarity: 'euclidean' }, pairs).learnt).toBeLessThan(1)
  })
})
