import { describe, expect, it } from 'vitest'
import { checkExperiment } from './checkExperiment'
import { chooseModel } from './chooseModel'
import { labDefaults } from './labs'
import { testSummary } from './testSummary'

const ratings = testSummary([
  { name: 'user', type: 'integer', min: 0, max: 99 },
  { name: 'film', type: 'string', distinct: 9000 },
  { name: 'rating', type: 'number', min: 0.5, max: 5 },
  { name: 'timestamp', type: 'integer', min: 0, max: 2_000_000_000 },
])
const dotProduct = {
  ...labDefaults.movies,
  seed: 7,
  columns: labDefaults.movies.columns.map((column) =>
    column.type === 'embedding' && column.categorical.type === 'identity'
      ? { ...column, categorical: { ...column.categorical, key: 'user' } }
      : column,
  ),
  model: { type: 'dotProduct', user: 'user', item: 'film', biases: true } as const,
}

describe('chooseModel', () => {
  it('makes a watch list that runs on the data, in the order of their times', () => {
    const list = chooseModel(dotProduct, 'watchList', ratings)
    expect(list.model).toMatchObject({ type: 'watchList', user: 'user', order: 'timestamp', liked: null })
    expect(list.seed).toBe(7)
    expect(checkExperiment(list, ratings)).toEqual([])
  })

  it('lists what simulated viewers liked, in an order that is drawn', () => {
    const simulated = { ...ratings, nature: 'simulated' as const, columns: ratings.columns.slice(0, 3) }
    expect(chooseModel(dotProduct, 'watchList', simulated).model).toMatchObject({
      order: null,
      liked: { column: 'rating', atLeast: 4 },
    })
  })

  it.each(['dotProduct', 'tabular'] as const)('returns to a %s that runs', (type) => {
    const back = chooseModel(chooseModel(dotProduct, 'watchList', ratings), type, ratings)
    expect(back.model.type).toBe(type)
    expect(back.seed).toBe(7)
    expect(checkExperiment(back, ratings)).toEqual([])
  })

  it('leaves an experiment without users and items as it is', () => {
    expect(chooseModel(labDefaults.dayHour, 'watchList', testSummary([]))).toBe(labDefaults.dayHour)
  })
})

describe('checkExperiment of a watch list', () => {
  const list = chooseModel(dotProduct, 'watchList', ratings)
  const { model } = list
  if (model.type !== 'watchList') throw new Error('It is none.')
  it.each([
    ['whose list it is', { ...list, model: { ...model, user: 'who' } }, 'model.user', "no column 'who'"],
    ['items that own themselves', { ...list, model: { ...model, user: 'film' } }, 'model.user', 'cannot be both'],
    ['an order of text', { ...list, model: { ...model, order: 'film' } }, 'model.order', 'cannot be sorted by it'],
    ['another column', { ...list, columns: dotProduct.columns }, 'columns.1', 'remove this one'],
    ['a column of something else', { ...list, columns: dotProduct.columns.slice(1) }, 'columns.0', "column of 'film'"],
    ['a number to predict', { ...list, label: dotProduct.label }, 'label', 'predicts the next item'],
  ])('refuses %s', (_, experiment, field, words) => {
    const problem = checkExperiment(experiment, ratings).find((candidate) => candidate.field === field)
    expect(problem?.message).toContain(words)
  })
})
