import { movieLensZip, noMovieLens } from '../tests/movielens'
import {
  airportProbes,
  likenesses,
  type MovieLensOutcome,
  movieLensSplits,
  movieProbes,
  trafficByFeatures,
  type WatchListOutcome,
  watchLists,
} from './claims'
import { openBench } from './trainExperiment'
import { tableOf, writeResults } from './writeResults'

/** What the models reach on real data: points 2 to 5 of docs/results.md. */
export async function bench(): Promise<void> {
  const trainer = openBench()
  const traffic = await trafficByFeatures(trainer, 'tests/data/i94-traffic.csv.gz')
  const probes = [...(await airportProbes(trainer)), ...(await movieProbes(trainer))]
  const alike = await likenesses(trainer, movieLensZip)
  const lists = {
    movies: await watchLists(trainer, null),
    movieLens: movieLensZip ? await watchLists(trainer, movieLensZip) : null,
  }
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
  parts.push(
    '**Near vectors**: of the 8 nearest of each point, the share that is alike, beside the same with the facts shuffled over the points, and the most that any vectors could reach; triples: of two points the one truly nearer to a third is nearer here (0.5 is chance). In MovieLens only the first genre listed counts, and the recipe is tuned for ratings:',
    tableOf(
      ['data', 'alike', 'learnt', 'shuffled', 'times', 'reachable', 'triples', 'triples shuffled'],
      alike.map(({ data, alike, comparison: { overlap, triplets } }) => [
        data,
        alike,
        overlap.learnt.toFixed(3),
        overlap.shuffled.toFixed(3),
        (overlap.learnt / overlap.shuffled).toFixed(1),
        overlap.reachable.toFixed(3),
        triplets.learnt.toFixed(3),
        triplets.shuffled.toFixed(3),
      ]),
    ),
  )
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
  parts.push(
    '**What to watch next**, validation Recall@10 of the watch list after the last epoch: a fifth of the viewers is held out whole, and the last ten films of each are predicted from those before; films on the list are not shown, neither by the model nor by popularity (how many training lists hold a film). The recipes that the page suggests; MovieLens was tuned on splits 11 and 12.',
    listTable(
      'Movies (simulated viewers, films rated 4 or more, in an order drawn from the seed; full softmax over 400)',
      lists.movies,
    ),
    ...(lists.movieLens
      ? [
          listTable(
            'MovieLens latest-small (all films watched, in the order of their times; sampled softmax over 9,724)',
            lists.movieLens,
          ),
        ]
      : []),
  )
  await writeResults('learning', { traffic, probes, alike, movieLens, lists }, parts.join('\n\n'))
}

function listTable(title: string, outcomes: WatchListOutcome[]): string {
  const mean = (pick: (outcome: WatchListOutcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + pick(outcome), 0) / outcomes.length
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const row = (name: string | number, of: (pick: (outcome: WatchListOutcome) => number) => number) => [
    name,
    of((outcome) => outcome.predicted).toFixed(0),
    percent(of((outcome) => outcome.popularity10)),
    percent(of((outcome) => outcome.recall10)),
    (of((outcome) => outcome.recall10) / of((outcome) => outcome.popularity10)).toFixed(2),
    (of((outcome) => outcome.trainMs) / 1000).toFixed(1),
  ]
  const head = ['seed', 'films predicted', 'most popular', 'watch list', 'times', 'seconds']
  const rows = [...outcomes.map((outcome) => row(outcome.seed, (pick) => pick(outcome))), row('mean', mean)]
  return `${title}:\n\n${tableOf(head, rows)}`
}
