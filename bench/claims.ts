import { splitRows } from '../src/columns/splitRows'
import { openFiles } from '../src/data/brought/openFiles'
import type { Table } from '../src/data/table'
import type { Experiment } from '../src/experiment/experiment'
import { labDefaults } from '../src/experiment/labs'
import { dayHourKeys, withCrossKind, withDayHourFeatures } from '../src/experiment/presets'
import { suggestExperiment } from '../src/experiment/suggestExperiment'
import { suggestWatchList } from '../src/experiment/suggestWatchList'
import type { Comparison } from '../src/protocol/trainer'
import { fileFrom } from '../tests/sharedData'
import type { Bench } from './trainExperiment'

/**
 * What the labs are meant to show, as figures: `npm run bench -- learning` writes them down, tests/claims.test.ts holds them to their bounds.
 * All on WASM, as a page without a hardware GPU trains.
 */
const onWasm = (experiment: Experiment): Experiment => ({ ...experiment, backend: 'wasm' })

/** Validation R² of I-94 traffic by the features for day and hour, everything else as the page suggests for the file. */
export async function trafficByFeatures(bench: Bench, csv: string) {
  const summary = await bench.open(csv)
  const keys = dayHourKeys(summary.columns)
  if (!keys) throw new Error('no day and hour were derived from date_time')
  const suggested = onWasm(suggestExperiment(summary))
  const r2 = async (experiment: Experiment) => (await bench.train(experiment)).best.validation.r2 ?? Number.NaN
  return {
    exactCross: await r2(withDayHourFeatures(suggested, 'cross', keys)),
    separate: await r2(withDayHourFeatures(suggested, 'separate', keys)),
    hourOnly: await r2(withDayHourFeatures(suggested, 'hourOnly', keys)),
    hashedCross: await r2(withCrossKind(withDayHourFeatures(suggested, 'cross', keys), 'hashed')),
  }
}

/** 5-fold cross-validated R² of a linear fit from the origin vectors, with the shuffled baseline. */
export async function airportProbes(bench: Bench) {
  return (await bench.train(onWasm(labDefaults.airports), 'origin_embedding')).probes
}

/** The same for the two taste axes from the film vectors of dimension 2. */
export async function movieProbes(bench: Bench) {
  return (await bench.train(onWasm(labDefaults.movies), 'film_embedding')).probes
}

export interface Likeness {
  data: string
  /** What two near points have to have in common. */
  alike: string
  comparison: Comparison
}

/** What the 8 nearest have in common, by the page's own measure, after each lab's training; MovieLens with the recipe that the page suggests. */
export async function likenesses(bench: Bench, zip: string | null): Promise<Likeness[]> {
  const measured = async (data: string, experiment: Experiment): Promise<Likeness[]> => {
    const { comparisons } = await bench.train(onWasm(experiment))
    return comparisons.map((comparison) => ({ data, alike: alikeWords(comparison), comparison }))
  }
  return [
    ...(await measured('Movies', labDefaults.movies)),
    ...(await measured('Airports', labDefaults.airports)),
    ...(await measured('Day × hour', labDefaults.dayHour)),
    ...(zip === null ? [] : await measured('MovieLens', suggestExperiment(await bench.open(zip)))),
  ]
}

function alikeWords({ truth }: Comparison): string {
  if (truth.kind === 'category') return `same ${truth.title}`
  return truth.kind === 'place' ? `within ${truth.km} km` : 'hour before or after, or same hour on a like day'
}

export interface MovieLensOutcome {
  splitSeed: number
  /** Validation RMSE at the end of training, at the best epoch, and of a bias-only model on the same rows. */
  last: number
  best: number
  biases: number
  trainMs: number
}

/** The dot product that the page suggests for MovieLens, on five splits, beside a bias-only model on the same splits. */
export async function movieLensSplits(bench: Bench, zip: string): Promise<MovieLensOutcome[]> {
  const suggested = onWasm(suggestExperiment(await bench.open(zip)))
  const { table } = await openFiles([await fileFrom(zip)], { dateOrders: {}, onProgress: () => {} })
  const outcomes: MovieLensOutcome[] = []
  for (const splitSeed of [1, 2, 3, 4, 5]) {
    const experiment = { ...suggested, split: { ...suggested.split, seed: splitSeed } }
    const { best, evaluations, trainMs } = await bench.train(experiment)
    outcomes.push({
      splitSeed,
      best: best.validation.rmse ?? Number.NaN,
      last: evaluations.at(-1)?.validation.rmse ?? Number.NaN,
      biases: biasOnlyRmse(table, experiment),
      trainMs,
    })
  }
  return outcomes
}

export interface WatchListOutcome {
  seed: number
  /** Films, and held-out films that are predicted. */
  films: number
  predicted: number
  /** Validation Recall@10 after the last epoch, and of the most popular films on the same rows. */
  recall10: number
  popularity10: number
  examplesPerSecond: number
  trainMs: number
}

/** The watch list that the page suggests, with five seeds, each also the split's: another fifth of the viewers is held out each time. */
export async function watchLists(bench: Bench, zip: string | null): Promise<WatchListOutcome[]> {
  const lab = { columns: [], nature: 'simulated' as const }
  const summary = zip === null ? null : await bench.open(zip)
  const suggested = summary
    ? suggestWatchList(suggestExperiment(summary), summary)
    : suggestWatchList(labDefaults.movies, lab)
  if (!suggested) throw new Error('no users and items were found')
  const outcomes: WatchListOutcome[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const experiment = onWasm({ ...suggested, seed, split: { ...suggested.split, seed } })
    const { run, evaluations, trainMs, examplesPerSecond } = await bench.train(experiment)
    const { recall10 = Number.NaN, popularity10 = Number.NaN } = evaluations.at(-1)?.validation ?? {}
    const films = run.columns[0]?.buckets ?? 0
    outcomes.push({ seed, films, predicted: run.validationRows, recall10, popularity10, examplesPerSecond, trainMs })
  }
  return outcomes
}

/**
 * ŷ = μ + b_user + b_item by alternating ridge regression (Koren 2009's baseline), to convergence; the strengths 5 (user) and 3 (item) were the best of
 * a small grid on other splits.
 */
export function biasOnlyRmse(table: Table, experiment: Experiment): number {
  const column = (name: string) => {
    const found = table.columns.find((candidate) => candidate.name === name)
    if (!found || found.type === 'string') throw new Error(`${name} is not a column of numbers`)
    return found.values
  }
  if (experiment.model.type !== 'dotProduct' || experiment.label.task !== 'regression')
    throw new Error('not a dot product')
  const ratings = column(experiment.label.targets[0]!.column)
  const sides = [
    { ids: column(experiment.model.user), ridge: 5, bias: new Map<number, number>() },
    { ids: column(experiment.model.item), ridge: 3, bias: new Map<number, number>() },
  ] as const
  const { trainRows, validationRows } = splitRows(
    Uint32Array.from(ratings, (_, row) => row),
    experiment.split,
  )
  const mean = trainRows.reduce((sum, row) => sum + ratings[row]!, 0) / trainRows.length
  const of = (side: (typeof sides)[number], row: number) => side.bias.get(side.ids[row]!) ?? 0
  for (let round = 0; round < 30; round++) {
    for (const side of sides) {
      const other = side === sides[0] ? sides[1] : sides[0]
      const sums = new Map<number, { sum: number; count: number }>()
      for (const row of trainRows) {
        const id = side.ids[row]!
        const entry = sums.get(id) ?? { sum: 0, count: 0 }
        entry.sum += ratings[row]! - mean - of(other, row)
        entry.count++
        sums.set(id, entry)
      }
      for (const [id, { sum, count }] of sums) side.bias.set(id, sum / (count + side.ridge))
    }
  }
  const squares = validationRows.reduce((sum, row) => {
    const error = ratings[row]! - mean - of(sides[0], row) - of(sides[1], row)
    return sum + error * error
  }, 0)
  return Math.sqrt(squares / validationRows.length)
}
