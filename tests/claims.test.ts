import { afterAll, describe, expect, it } from 'vitest'
import { airportProbes, movieLensSplits, movieProbes, trafficByFeatures, watchLists } from '../bench/claims'
import { openBench } from '../bench/trainExperiment'
import { movieLensZip, noMovieLens } from './movielens'

/** The figures of docs/results.md that need no browser, held to the bounds they were promised at. */
const bench = openBench()
afterAll(() => bench.destroy())
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const minutes = (count: number) => ({ timeout: count * 60_000 })

describe('the labs show what they say', () => {
  it('I-94: the exact cross is worth ten points, and collisions cost more than it is worth', minutes(3), async () => {
    const r2 = await trafficByFeatures(bench, 'tests/data/i94-traffic.csv.gz')
    expect(r2.exactCross).toBeGreaterThanOrEqual(0.92)
    expect(r2.separate).toBeGreaterThan(0.8)
    expect(r2.separate).toBeLessThan(0.86)
    expect(r2.hashedCross).toBeGreaterThan(0.52)
    expect(r2.hashedCross).toBeLessThan(0.62)
  })

  it('airports: longitude can be read off who flies where', minutes(3), async () => {
    const longitude = (await airportProbes(bench)).find((probe) => probe.attribute === 'longitude')
    expect(longitude?.r2).toBeGreaterThanOrEqual(0.55)
    expect(longitude?.shuffledR2).toBeLessThan(0.1)
  })

  it('movies: both taste axes can be read off a plane', minutes(3), async () => {
    const probes = await movieProbes(bench)
    expect(probes).toHaveLength(2)
    for (const probe of probes) {
      expect(probe.r2).toBeGreaterThanOrEqual(0.85)
      expect(probe.shuffledR2).toBeLessThan(0.1)
    }
  })

  it.skipIf(!movieLensZip)(`MovieLens: factors beat biases on five splits (${noMovieLens})`, minutes(5), async () => {
    const splits = await movieLensSplits(bench, movieLensZip!)
    expect(mean(splits.map(({ biases, last }) => biases - last))).toBeGreaterThanOrEqual(0.008)
  })

  it('Movies: the watch list beats popularity on viewers it has not seen', minutes(3), async () => {
    const lists = await watchLists(bench, null)
    for (const { recall10, popularity10 } of lists) expect(recall10).toBeGreaterThan(popularity10)
    expect(mean(lists.map(({ recall10, popularity10 }) => recall10 / popularity10))).toBeGreaterThanOrEqual(1.3)
  })

  it.skipIf(!movieLensZip)(`MovieLens: the watch list doubles popularity (${noMovieLens})`, minutes(10), async () => {
    const lists = await watchLists(bench, movieLensZip)
    for (const { recall10, popularity10 } of lists) expect(recall10).toBeGreaterThan(1.5 * popularity10)
    expect(mean(lists.map(({ recall10 }) => recall10))).toBeGreaterThanOrEqual(0.08)
  })
})
