import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import type { Comparison, PointsInfo } from '../protocol/trainer'
import { compareTable } from './compareTable'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

// Real runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let driver: TrainerDriver
afterEach(() => driver.destroy())

/** What the comparisons say where the run ends. */
async function trained(experiment: Experiment, epochs: number): Promise<{ table: string; comparisons: Comparison[] }> {
  driver = createTrainerDriver()
  const stop = { epochs, patience: null }
  driver.send({ type: 'start', runId: 1, experiment: { ...experiment, backend: 'wasm', stop }, play: true })
  const { step } = await driver.next('paused')
  const atEnd = (event: { step: number }) => event.step === step
  return driver.of('probed').find(atEnd) ?? (await driver.next('probed', atEnd))
}

describe('what near vectors have in common', () => {
  it('films: the age rating, at least two and a half times as often as chance', async () => {
    const { table, comparisons } = await trained(labDefaults.movies, 30)
    expect(table).toBe('film_embedding')
    expect(comparisons).toHaveLength(1)
    const { truth, neighbors, rows, overlap, triplets, ranks } = comparisons[0]!
    expect(truth).toEqual({ kind: 'category', title: 'MPAA rating', ordered: true })
    expect([neighbors, rows]).toEqual([8, 400])
    expect(overlap.learnt).toBeGreaterThan(2.5 * overlap.shuffled)
    // Four ratings of 125, 125, 100 and 50 films.
    expect(overlap.shuffled).toBeCloseTo(0.27, 1)
    expect(triplets.learnt).toBeGreaterThan(0.75)
    expect(Math.abs(triplets.shuffled - 0.5)).toBeLessThan(0.05)
    expect(ranks.learnt).toBeGreaterThan(0.5)
    expect(Math.abs(ranks.shuffled)).toBeLessThan(0.1)
  })

  it('airports: a place within 500 km, at least two and a half times as often as chance', async () => {
    const { table, comparisons } = await trained(labDefaults.airports, 8)
    expect(table).toBe('origin_embedding')
    const { truth, overlap } = comparisons[0]!
    expect(truth).toEqual({ kind: 'place', km: 500 })
    expect(overlap.learnt).toBeGreaterThan(2.5 * overlap.shuffled)
    expect(overlap.reachable).toBeLessThan(1)
  })

  it('hours of the week: the hour before or after, or the same on a like day', async () => {
    const { comparisons } = await trained(labDefaults.dayHour, 25)
    const { truth, overlap } = comparisons[0]!
    expect(truth).toEqual({ kind: 'hour', week: true })
    // Of 8 neighbours 6 can be related from Monday to Friday, and 3 on the weekend.
    expect(overlap.reachable).toBeCloseTo((5 * 6 + 2 * 3) / 7 / 8)
    expect(overlap.learnt).toBeGreaterThan(2.5 * overlap.shuffled)
  })

  it('nothing yet before the first step, and by as many neighbours as are asked for', async () => {
    driver = createTrainerDriver()
    driver.send({ type: 'watch', table: null, grid: false, neighbors: 20, similarity: 'cosine' })
    driver.send({ type: 'start', runId: 1, experiment: { ...labDefaults.movies, backend: 'wasm' }, play: false })
    const before = (await driver.next('probed')).comparisons[0]!
    expect(before.neighbors).toBe(20)
    expect(Math.abs(before.overlap.learnt - before.overlap.shuffled)).toBeLessThan(0.05)
    const again = driver.next('probed')
    driver.send({ type: 'watch', table: null, grid: false, neighbors: 5, similarity: 'cosine' })
    expect((await again).comparisons[0]!.neighbors).toBe(5)
  })
})

describe('a comparison', () => {
  const category = { kind: 'category', attribute: 'kind' } as const
  const points = (counts: number[], codes: number[]): PointsInfo => ({
    table: 't',
    keys: counts.map(String),
    labels: counts.map(String),
    counts: Uint32Array.from(counts),
    attributes: [
      {
        kind: 'category',
        name: 'kind',
        title: 'kind',
        categories: ['a', 'b'],
        ordered: false,
        codes: Int16Array.from(codes),
      },
    ],
    colorBy: null,
  })
  const nearness = { neighbors: 1, similarity: null }

  it('leaves out rows that were never trained, are unknown, or have left the finite numbers', () => {
    const vectors = Float32Array.of(0, 0.1, 0.05, 5, 5.1, 0.02, Number.NaN)
    const known = points([1, 1, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, -1, 1])
    const [comparison] = compareTable(known, [category], vectors, 1, nearness)
    expect(comparison).toMatchObject({ rows: 4, askedRows: 4, overlap: { learnt: 1 } })
  })

  it('is not made of fewer than three rows, nor where the fact is missing', () => {
    expect(compareTable(points([1, 1, 0], [0, 0, 1]), [category], Float32Array.of(0, 1, 2), 1, nearness)).toEqual([])
    const other = { kind: 'category', attribute: 'other' } as const
    expect(compareTable(points([1, 1, 1], [0, 0, 1]), [other], Float32Array.of(0, 1, 2), 1, nearness)).toEqual([])
  })

  it('asks fewer rows of a large table, so that its cost stays bounded', () => {
    const rows = 20_000
    const all = points(
      Array(rows).fill(1),
      Array.from({ length: rows }, (_, row) => row % 2),
    )
    const vectors = Float32Array.from({ length: rows * 32 }, (_, i) => Math.sin(i))
    const [comparison] = compareTable(all, [category], vectors, 32, nearness)
    expect(comparison!.askedRows).toBeLessThan(60)
    expect(comparison!.rows).toBe(rows)
  })
})
