import { movieLensZip, noMovieLens } from '../tests/movielens'
import { airportProbes, type MovieLensOutcome, movieLensSplits, movieProbes, trafficByFeatures } from './claims'
import { openBench } from './trainExperiment'
import { tableOf, writeResults } from './writeResults'

/** What the models reach on real data: points 2 to 5 of docs/results.md. */
export async function bench(): Promise<void> {
  const trainer = openBench()
  const traffic = await trafficByFeatures(trainer, 'tests/data/i94-traffic.csv.gz')
  const probes = [...(await airportProbes(trainer)), ...(await movieProbes(trainer))]
  const movieLens = movieLensZip ? await movieLensSplits(trainer, movieLensZip) : null
  if (!movieLens) console.log(`MovieLens is left out: ${noMovieLens}`)
  await trainer.destroy()

  const parts = [
    '**I-94 traffic**, validation R² by the features for day and hour (dimension 2, linear head):',
    tableOf(
      ['exact cross', 'two separate columns', 'hour alone', "the course's hashed 24*7 cross"],
      [[traffic.exactCross, traffic.separate, traffic.hourOnly, traffic.hashedCross].map((r2) => r2.toFixed(3))],
    ),
    '**Read off the vectors** by a linear fit, 5-fold cross-validated R²:',
    tableOf(
      ['truth', 'learnt', 'rows shuffled'],
      probes.map(({ title, r2, shuffledR2 }) => [title, r2.toFixed(3), shuffledR2.toFixed(3)]),
    ),
  ]
  if (movieLens) {
    const mean = (pick: (split: MovieLensOutcome) => number) =>
      movieLens.reduce((sum, split) => sum + pick(split), 0) / movieLens.length
    const row = (name: string | number, of: (pick: (s: MovieLensOutcome) => number) => number) => [
      name,
      of((s) => s.biases).toFixed(4),
      of((s) => s.last).toFixed(4),
      of((s) => s.biases - s.last).toFixed(4),
      (of((s) => s.trainMs) / 1000).toFixed(1),
    ]
    parts.push(
      '**MovieLens latest-small**, validation RMSE after the last epoch, the recipe that the page suggests (k = 32, Adam 0.004, batch 2,048, L2 0.1, 20 epochs), WASM:',
      tableOf(
        ['split seed', 'biases only', 'dot product', 'better by', 'seconds'],
        [...movieLens.map((split) => row(split.splitSeed, (pick) => pick(split))), row('mean', mean)],
      ),
    )
  }
  await writeResults('learning', { traffic, probes, movieLens }, parts.join('\n\n'))
}
