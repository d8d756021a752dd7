import { describe, expect, it } from 'vitest'
import { checkExperiment } from './checkExperiment'
import { columnName } from './columnName'
import type { DataSummary } from './dataSummary'
import { experimentSchema } from './experiment'
import { labDefaults } from './labs'
import { suggestExperiment } from './suggestExperiment'
import { testSummary } from './testSummary'

/** Names of the columns of a suggestion that is valid and fits the data. */
function suggested(summary: DataSummary, label?: string) {
  const experiment = suggestExperiment(summary, label)
  expect(experimentSchema.parse(experiment)).toEqual(experiment)
  expect(checkExperiment(experiment, summary)).toEqual([])
  return { experiment, names: experiment.columns.map(columnName) }
}

const people = testSummary([
  { name: 'person_id', type: 'integer', distinct: 1000, min: 1, max: 1000 },
  { name: 'country', type: 'string', distinct: 256 },
  { name: 'note', type: 'string', distinct: 1000 },
  { name: 'planet', type: 'string', distinct: 1 },
  { name: 'height', type: 'number', distinct: 1000, min: 1.2, max: 2.1 },
  { name: 'rooms', type: 'integer', distinct: 9, min: 1, max: 9 },
  { name: 'income', type: 'integer', distinct: 800, min: 0, max: 90_000 },
  { name: 'married', type: 'string', distinct: 2, samples: ['no', 'yes'] },
])

describe('suggestExperiment', () => {
  it('takes ratings apart by a dot product of both ids', () => {
    const ratings = testSummary([
      { name: 'userId', type: 'integer', distinct: 610, min: 1, max: 610 },
      { name: 'movieId', type: 'integer', distinct: 9724, min: 1, max: 193_609 },
      { name: 'rating', type: 'number', min: 0.5, max: 5 },
      { name: 'timestamp', type: 'integer', distinct: 900 },
    ])
    const { experiment, names } = suggested(ratings)
    expect(experiment.model).toMatchObject({ type: 'dotProduct', user: 'userId', item: 'movieId' })
    expect(names).toEqual(['movieId_embedding', 'userId_embedding'])
    expect(experiment.columns[0]).toMatchObject({ dimension: 32, categorical: { vocabulary: 'data' } })
    expect(suggested(ratings, 'timestamp').experiment.model.type).toBe('tabular')
  })

  it('crosses day and hour exactly when a number is to be predicted', () => {
    const traffic = testSummary([
      { name: 'weather', type: 'string' },
      { name: 'date_time', type: 'date' },
      {
        name: 'date_time_day',
        type: 'integer',
        distinct: 7,
        min: 0,
        max: 6,
        derivedFrom: 'date_time',
        meaning: 'dayOfWeek',
      },
      {
        name: 'date_time_hour',
        type: 'integer',
        distinct: 24,
        min: 0,
        max: 23,
        derivedFrom: 'date_time',
        meaning: 'hourOfDay',
      },
      { name: 'traffic_volume', type: 'integer', distinct: 900, min: 0, max: 7280 },
    ])
    const { experiment } = suggested(traffic)
    expect(experiment.label).toEqual({
      task: 'regression',
      targets: [{ column: 'traffic_volume', transform: 'none', standardize: true }],
    })
    expect(experiment.columns).toHaveLength(1)
    expect(experiment.columns[0]).toMatchObject({
      categorical: { type: 'crossed', keys: ['date_time_day', 'date_time_hour'], exact: true },
    })
    expect(suggested(traffic, 'weather').names).toContain('date_time_day_embedding')
  })

  it('embeds what has few values, standardizes numbers and leaves out what says nothing', () => {
    const { experiment, names } = suggested(people, 'income')
    expect(names).toEqual(['country_embedding', 'height', 'rooms_embedding', 'married_embedding'])
    expect(experiment.columns[0]).toMatchObject({ dimension: 4 })
  })

  it('reads a part of a date once, from the column that the file has for it', () => {
    const dated = testSummary([
      { name: 'date', type: 'date' },
      { name: 'date_day', type: 'integer', derivedFrom: 'date', meaning: 'dayOfWeek' },
      { name: 'date_month', type: 'integer', derivedFrom: 'date', meaning: 'month' },
      { name: 'weekday', type: 'integer' },
      { name: 'sales', type: 'number' },
    ])
    expect(suggested(dated, 'sales').names).toEqual(['date_month_embedding', 'weekday_embedding'])
  })

  it('takes the task from the type of the label', () => {
    expect(suggested(people, 'married').experiment.label).toEqual({
      task: 'binary',
      column: 'married',
      positive: 'yes',
    })
    expect(suggested(people, 'country').experiment.label).toEqual({ task: 'multiclass', column: 'country' })
    expect(suggested(people).experiment.label).toMatchObject({ targets: [{ column: 'income' }] })
  })

  it('hashes above 100,000 values', () => {
    const many = testSummary(
      [
        { name: 'link', type: 'string', distinct: 150_000 },
        { name: 'clicks', type: 'integer', distinct: 500 },
      ],
      1_000_000,
    )
    expect(suggested(many).experiment.columns[0]).toMatchObject({
      dimension: 18,
      categorical: { type: 'hashBucket', hashBucketSize: 100_000 },
    })
  })

  it('gives back the default of a built-in lab', () => {
    const builtin = { ...testSummary([{ name: 'film', type: 'string' }]), name: 'movies', nature: 'simulated' as const }
    expect(suggestExperiment(builtin)).toBe(labDefaults.movies)
  })

  it('leaves it to the check to say that nothing can be learned', () => {
    const alone = testSummary([{ name: 'sales', type: 'number' }])
    expect(checkExperiment(suggestExperiment(alone), alone)[0]!.message).toContain('what the model predicts')
  })

  it('leaves it to the check to say that one row is not enough', () => {
    const single = testSummary(
      [
        { name: 'shop', type: 'string', distinct: 1 },
        { name: 'sales', type: 'integer', distinct: 1, min: 4, max: 4 },
      ],
      1,
    )
    const messages = checkExperiment(suggestExperiment(single), single).map(({ message }) => message)
    expect(messages).toContain(
      "Only one row has a value of 'sales': at least two are needed, one to train on and one to measure on.",
    )
  })
})
