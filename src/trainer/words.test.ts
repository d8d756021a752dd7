import { readFileSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { checkExperiment } from '../experiment/checkExperiment'
import type { Experiment } from '../experiment/experiment'
import { suggestExperiment } from '../experiment/suggestExperiment'
import { createTrainerDriver } from './trainerDriver'

vi.setConfig({ testTimeout: 60_000 })

const driver = createTrainerDriver()
afterAll(() => driver.destroy())

async function openTitles(): Promise<Experiment> {
  const loaded = driver.next('dataLoaded')
  const file = new File([readFileSync('public/data/film-titles.csv')], 'film-titles.csv')
  driver.send({ type: 'openFiles', requestId: 1, files: [file], dateOrders: {} })
  const { summary } = await loaded
  const experiment = suggestExperiment(summary)
  expect(checkExperiment(experiment, summary)).toEqual([])
  return experiment
}

async function bestAuc(runId: number, experiment: Experiment): Promise<number> {
  const paused = driver.next('paused', (event) => event.runId === runId)
  driver.send({ type: 'start', runId, experiment, play: true })
  await paused
  const evaluations = driver.of('evaluated').filter((event) => event.runId === runId)
  const best = evaluations.flatMap((event) => event.evaluations).findLast(({ isBest, step }) => isBest && step > 0)
  return best!.validation.auc!
}

it('learns from the words of film titles a little about their rating: above chance, far from certain', async () => {
  const experiment = await openTitles()
  expect(experiment.columns).toMatchObject([
    { type: 'embedding', dimension: 3, combiner: 'mean', categorical: { key: 'title', split: 'words' } },
  ])
  const aucs: number[] = []
  for (let seed = 1; seed <= 5; seed++) {
    const split = { validationShare: 0.2, seed }
    aucs.push(await bestAuc(seed, { ...experiment, backend: 'wasm', split }))
  }
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length
  console.log(`AUC of five splits: ${aucs.map((auc) => auc.toFixed(3)).join(', ')}`)
  // Measured: 0.5 is what guessing gives.
  expect(mean).toBeGreaterThan(0.58)
  expect(mean).toBeLessThan(0.66)
})
