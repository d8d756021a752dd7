import { createRandom, type Random } from '../../lib/random'
import type { Column, DataSet } from '../table'
import { describeColumn, sampleRows } from './describeColumn'

/**
 * How many of 1,000 people watch television, hour by hour: simulated. Weekdays run through published points of the American Time Use Survey; what the
 * survey's table does not say (weekends by hour, how one week differs from the next) is chosen here.
 */
export const television = {
  seed: 1928,
  weeks: 200,
  people: 1000,
  /** Hour of the day → share of people who watch: the survey's points. */
  points: [
    [0, 0.06],
    [3, 0.01],
    [4, 0.01],
    [12, 0.13],
    [18, 0.38],
    [20, 0.59],
    [21, 0.59],
    [24, 0.06],
  ],
  /** Odds of watching on Saturday and Sunday against a weekday, at most: by day, and in the evening that is full already. */
  weekend: { byDay: 2, evening: 1.15 },
  /** Friday's and Saturday's night begins later. */
  lateNight: 1.6,
  /** Standard deviation of the log odds from one week's hour to the next: what is on, the weather. */
  spread: 0.25,
} as const

const HOURS = 168

/** 200 weeks of hours, 33,600 rows, the same every time. Shares of an hour are drawn apart from every other hour's. */
export function loadTelevision(): DataSet {
  const rowCount = television.weeks * HOURS
  const random = createRandom(television.seed, 'television')
  const shares = Float64Array.from({ length: HOURS }, (_, at) => expectedShare(Math.floor(at / 24), at % 24))
  const columns: Column[] = [
    { name: 'day', type: 'integer', values: fill(rowCount, (row) => Math.floor((row % HOURS) / 24)) },
    { name: 'hour', type: 'integer', values: fill(rowCount, (row) => row % 24) },
    { name: 'tv_viewers', type: 'integer', values: fill(rowCount, (row) => drawViewers(shares[row % HOURS]!, random)) },
  ]
  const [day, hour, viewers] = columns as [Column, Column, Column]
  return {
    table: { name: 'television', rowCount, columns },
    entities: [],
    summary: {
      name: 'television',
      title: 'Television',
      fingerprint: 'builtin-television-1',
      rowCount,
      columns: [
        describeColumn(day, { unit: 'Monday = 0', meaning: 'dayOfWeek' }),
        describeColumn(hour, { unit: 'h', meaning: 'hourOfDay' }),
        describeColumn(viewers, { unit: `viewers of ${television.people.toLocaleString('en')}` }),
      ],
      sampleRows: sampleRows(columns),
      nature: 'simulated',
      natureText:
        'Simulated viewers: how many of 1,000 people watch television in each hour of the week. The curve of a weekday runs through published points of the American Time Use Survey; ' +
        'that weekends have more, and how much one week differs from the next, is made up. No other column of this page has gone into it.',
      source:
        'Drawn here, around points of the American Time Use Survey, U.S. Bureau of Labor Statistics (bls.gov/tus).',
      licence: 'The survey is in the public domain',
      kind: 'table',
      warnings: [],
    },
  }
}

function fill(length: number, value: (row: number) => number): Int32Array {
  return Int32Array.from({ length }, (_, row) => value(row))
}

/** Share of people who watch, in (0, 1). `day` 0 = Monday. */
export function expectedShare(day: number, hour: number): number {
  const { weekend, lateNight } = television
  let logOdds = logit(weekdayShare(hour))
  if (day >= 5 && hour >= 6) logOdds += Math.log(hour >= 19 ? weekend.evening : weekend.byDay)
  // Midnight to two belongs to the evening before.
  if (hour >= 22 ? day === 4 || day === 5 : hour <= 2 && day >= 5) logOdds += Math.log(lateNight)
  return 1 / (1 + Math.exp(-logOdds))
}

/** Between two points the log odds go straight. */
function weekdayShare(hour: number): number {
  const { points } = television
  const next = Math.max(
    1,
    points.findIndex(([at]) => at >= hour),
  )
  const [[from, low], [to, high]] = [points[next - 1]!, points[next]!]
  const along = (hour - from) / (to - from)
  return 1 / (1 + Math.exp(-(logit(low) + along * (logit(high) - logit(low)))))
}

/** A draw of people with a share that itself is drawn around the expected one. */
function drawViewers(share: number, random: Random): number {
  const drawn = 1 / (1 + Math.exp(-(logit(share) + television.spread * random.normal())))
  const { people } = television
  const sampled = people * drawn + Math.sqrt(people * drawn * (1 - drawn)) * random.normal()
  return Math.min(people, Math.max(0, Math.round(sampled)))
}

function logit(share: number): number {
  return Math.log(share / (1 - share))
}
