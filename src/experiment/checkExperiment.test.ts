import { describe, expect, it } from 'vitest'
import { checkExperiment } from './checkExperiment'
import type { CategoricalColumn, DenseColumn, Experiment } from './experiment'
import { labDefaults } from './labs'
import { testSummary } from './testSummary'

const summary = testSummary([
  { name: 'city', type: 'string' },
  { name: 'shop', type: 'integer', min: 0, max: 9 },
  { name: 'temp', type: 'number', min: -20, max: 30 },
  { name: 'when', type: 'date' },
  { name: 'sales', type: 'integer', min: -5, max: 500 },
  { name: 'link', type: 'string', distinct: 50_000 },
])

function embed(categorical: CategoricalColumn, dimension = 2): DenseColumn {
  return { type: 'embedding', categorical, dimension, combiner: 'mean', trainable: true, initializerStddev: null }
}

const words = { type: 'vocabularyList', vocabulary: 'data', numOovBuckets: 0, defaultValue: -1 } as const
const city = embed({ ...words, key: 'city' })
const shop = embed({ type: 'identity', key: 'shop', numBuckets: 10, defaultValue: null })
const numeric = (key: string, normalizer: 'none' | 'log1p' = 'none'): DenseColumn => ({
  type: 'numeric',
  key,
  normalizer,
})
const crossed = (keys: Extract<CategoricalColumn, { type: 'crossed' }>['keys'], exact = false) =>
  embed({ type: 'crossed', keys, hashBucketSize: 10, exact })

const base: Experiment = {
  ...labDefaults.dayHour,
  label: { task: 'regression', targets: [{ column: 'sales', transform: 'none', standardize: true }] },
  columns: [city],
}

function problemsOf(change: Partial<Experiment>) {
  return checkExperiment({ ...base, ...change }, summary)
}

describe('checkExperiment', () => {
  it('has nothing against columns that fit', () => {
    const columns = [
      city,
      shop,
      numeric('temp'),
      crossed(['city', 'shop'], true),
      embed({ type: 'bucketized', key: 'temp', boundaries: [0, 10] }),
    ]
    expect(problemsOf({ columns })).toEqual([])
  })

  it.each<[string, DenseColumn[], string, string]>([
    ['a key that the data lacks', [embed({ ...words, key: 'town' })], 'columns.0.categorical.key', "no column 'town'"],
    ['a number the data lacks', [numeric('x')], 'columns.0.key', "no column 'x'"],
    ['numbers of text', [city, numeric('city')], 'columns.1.key', 'holds text'],
    ['numbers of dates', [numeric('when')], 'columns.0.key', 'holds dates'],
    ['a logarithm of negative numbers', [numeric('temp', 'log1p')], 'columns.0.normalizer', 'down to -20'],
    [
      'bucketized text',
      [embed({ type: 'bucketized', key: 'city', boundaries: [1] })],
      'columns.0.categorical.key',
      'cannot be bucketized',
    ],
    [
      'boundaries that do not ascend',
      [embed({ type: 'bucketized', key: 'temp', boundaries: [1, 3, 2] })],
      'columns.0.categorical.boundaries',
      '2 follows 3',
    ],
    [
      'categories of fractions',
      [embed({ type: 'hashBucket', key: 'temp', hashBucketSize: 9 })],
      'columns.0.categorical.key',
      'bucketize it first',
    ],
    [
      'a word twice',
      [embed({ ...words, key: 'city', vocabulary: ['a', 'b', 'a'] })],
      'columns.0.categorical.vocabulary',
      "'a' twice",
    ],
    [
      'a default out of the vocabulary',
      [embed({ ...words, key: 'city', vocabulary: ['a'], defaultValue: 1 })],
      'columns.0.categorical.defaultValue',
      '0 to 0',
    ],
    [
      'both OOV buckets and a default',
      [embed({ ...words, key: 'city', numOovBuckets: 1, defaultValue: 0 })],
      'columns.0.categorical.defaultValue',
      'not both',
    ],
    [
      'identity of text',
      [embed({ type: 'identity', key: 'city', numBuckets: 9, defaultValue: null })],
      'columns.0.categorical.key',
      'whole numbers',
    ],
    [
      'too few identity buckets',
      [embed({ type: 'identity', key: 'shop', numBuckets: 9, defaultValue: null })],
      'columns.0.categorical.numBuckets',
      'up to 9',
    ],
    ['a cross of one', [crossed(['city'])], 'columns.0.categorical.keys', 'at least 2 columns to cross'],
    [
      'no buckets',
      [embed({ type: 'hashBucket', key: 'city', hashBucketSize: 0 })],
      'columns.0.categorical.hashBucketSize',
      'The number of buckets must be at least 1.',
    ],
    [
      '2^53 buckets',
      [embed({ type: 'hashBucket', key: 'city', hashBucketSize: 2 ** 53 })],
      'columns.0.categorical.hashBucketSize',
      'The number of buckets must be at most 100,000,000.',
    ],
    [
      'a cross into no buckets',
      [embed({ type: 'crossed', keys: ['city', 'shop'], hashBucketSize: 0, exact: false })],
      'columns.0.categorical.hashBucketSize',
      'at least 1',
    ],
    ['a cross with a key that the data lacks', [crossed(['city', 'town'])], 'columns.0.categorical.keys.1', "'town'"],
    [
      'no boundaries',
      [embed({ type: 'bucketized', key: 'temp', boundaries: [] })],
      'columns.0.categorical.boundaries',
      'at least 1 boundary.',
    ],
    ['a key crossed with itself', [crossed(['city', 'city'])], 'columns.0.categorical.keys.1', 'twice'],
    [
      'a cross of a hashed column',
      [crossed(['shop', { type: 'hashBucket', key: 'city', hashBucketSize: 9 }])],
      'columns.0.categorical.keys.1',
      'hashed already',
    ],
    ['a cross of fractions', [crossed(['shop', 'temp'])], 'columns.0.categorical.keys.1', 'bucketize it first'],
    [
      'an exact cross that is too large',
      [crossed(['link', { ...words, key: 'city', numOovBuckets: 3000 }], true)],
      'columns.0.categorical.exact',
      '150,500,000 buckets',
    ],
    [
      'a table that is too large',
      [embed({ type: 'hashBucket', key: 'city', hashBucketSize: 1_000_000 }, 64)],
      'columns.0.dimension',
      'would take 768 MB with the state of Adam, 64,000,064 numbers of it for city_embedding',
    ],
    [
      'more buckets than can be named',
      [embed({ type: 'hashBucket', key: 'city', hashBucketSize: 2_000_001 }, 1)],
      'columns.0.categorical.hashBucketSize',
      '2,000,001 buckets: the page stops at 2,000,000',
    ],
    [
      'more buckets than can be named inside a hashed cross',
      [crossed(['city', { type: 'identity', key: 'shop', numBuckets: 90_000_000, defaultValue: null }])],
      'columns.0.categorical.keys.1.numBuckets',
      '90,000,000 buckets',
    ],
    [
      'tables that are too large together, at the largest',
      [
        embed({ type: 'hashBucket', key: 'city', hashBucketSize: 1_000_000 }, 20),
        embed({ type: 'hashBucket', key: 'shop', hashBucketSize: 1_000_000 }, 30),
      ],
      'columns.1.dimension',
      '600 MB',
    ],
    ['a column twice', [city, city], 'columns.1', 'city_embedding already'],
    [
      'two bucket numberings of one name',
      [city, { type: 'indicator', categorical: { type: 'hashBucket', key: 'city', hashBucketSize: 5 } }],
      'columns.1',
      'in two ways',
    ],
    ['the label as a feature', [crossed(['city', 'sales'])], 'columns.0', 'what the model predicts'],
    ['a number below the range', [{ ...city, dimension: 0 } as DenseColumn], 'columns.0.dimension', 'at least 1'],
  ])('objects to %s', (_, columns, field, message) => {
    const problems = problemsOf({ columns })
    expect(problems).toHaveLength(1)
    expect(problems[0]!.field).toBe(field)
    expect(problems[0]!.message).toContain(message)
  })

  it('counts an indicator by the units that it is multiplied into', () => {
    const columns: DenseColumn[] = [
      { type: 'indicator', categorical: { type: 'hashBucket', key: 'city', hashBucketSize: 2_000_000 } },
    ]
    const network = (units: number): Experiment['model'] => ({
      type: 'tabular',
      hiddenUnits: [units],
      activation: 'relu',
    })
    expect(problemsOf({ columns, model: network(4) })).toEqual([])
    expect(problemsOf({ columns, model: network(1024) })).toEqual([
      { field: 'columns.0.categorical', message: expect.stringContaining('25 GB') },
    ])
  })

  it('counts no optimizer state for a table that is not trained', () => {
    const fixed = (trainable: boolean): DenseColumn[] => [
      { ...embed({ type: 'hashBucket', key: 'city', hashBucketSize: 1_000_000 }, 64), trainable } as DenseColumn,
    ]
    expect(problemsOf({ columns: fixed(true) })).toHaveLength(1)
    expect(problemsOf({ columns: fixed(false) })).toEqual([])
  })

  it('counts the state of each optimizer: one number a row for row-wise Adagrad', () => {
    const columns: DenseColumn[] = [embed({ type: 'hashBucket', key: 'city', hashBucketSize: 1_000_000 }, 72)]
    const problems = (type: Experiment['optimizer']['type']) =>
      problemsOf({ columns, optimizer: { type, learningRate: 0.1 } })
    expect(problems('rowAdagrad')).toEqual([])
    expect(problems('momentum')[0]!.message).toContain('576 MB with the state of Momentum')
    expect(problems('ftrl')[0]!.message).toContain('864 MB with the state of FTRL')
  })

  it('objects to a batch that does not fit beside its outputs', () => {
    const label = { task: 'multiclass', column: 'code' } as const
    const coded = testSummary([...summary.columns, { name: 'code', type: 'string', distinct: 2000 }], 100_000)
    const problems = (batchSize: number) => checkExperiment({ ...base, label, batchSize }, coded)
    expect(problems(30_000)).toEqual([])
    expect(problems(65_536)).toEqual([
      {
        field: 'batchSize',
        message:
          '65,536 rows at once, 2,002 numbers each, would take 525 MB: up to 33,520 rows fit into the 268 MB of a batch.',
      },
    ])
    expect(checkExperiment({ ...base, label, batchSize: 65_536 }, { ...coded, rowCount: 1000 })).toEqual([])
  })

  it('objects to a label that cannot be predicted', () => {
    const target = (column: string, transform: 'none' | 'log1p' = 'none') => ({ column, transform, standardize: false })
    const regression = (...targets: ReturnType<typeof target>[]) =>
      problemsOf({ label: { task: 'regression', targets } })[0]
    expect(regression(target('x'))).toMatchObject({
      field: 'label.targets.0.column',
      message: "The data has no column 'x' to predict.",
    })
    expect(regression(target('sales'), target('link'))).toMatchObject({ field: 'label.targets.1.column' })
    expect(regression(target('sales', 'log1p'))!.message).toContain('goes down to -5')
    expect(regression(target('sales'), target('sales'))!.message).toContain('predicted twice')
    expect(problemsOf({ label: { task: 'multiclass', column: 'temp' } })[0]!.message).toContain('fractions')
    expect(problemsOf({ label: { task: 'multiclass', column: 'link' } })[0]!.message).toContain('up to 2,000 classes')
  })

  it('wants two embeddings of equal dimension for a dot product, and nothing else', () => {
    const model = { type: 'dotProduct', user: 'shop', item: 'city', biases: true } as const
    expect(problemsOf({ model, columns: [city, shop] })).toEqual([])
    const unequal = problemsOf({ model, columns: [{ ...city, dimension: 5 } as DenseColumn, shop] })
    expect(unequal).toEqual([
      { field: 'columns.0.dimension', message: "The dot product needs equal dimensions: 'shop' has 2, 'city' has 5." },
    ])
    expect(problemsOf({ model, columns: [city] })[0]).toMatchObject({ field: 'model.user' })
    expect(problemsOf({ model: { ...model, user: 'city' }, columns: [city] })[0]).toMatchObject({ field: 'model.item' })
    expect(problemsOf({ model, columns: [city, shop, numeric('temp')] })[0]).toMatchObject({ field: 'columns.2' })
    expect(problemsOf({ model, columns: [city, shop], label: { task: 'multiclass', column: 'link' } })).toContainEqual(
      expect.objectContaining({ field: 'label' }),
    )
  })

  it('wants a number for a weight, and one that is not predicted', () => {
    const weighed = (weightKey: string, more = {}) =>
      problemsOf({ columns: [embed({ ...words, key: 'city', weightKey, ...more })] })
    expect(weighed('temp')).toEqual([])
    const field = 'columns.0.categorical.weightKey'
    expect(weighed('link')).toEqual([{ field, message: "'link' holds text: it cannot be a weight." }])
    expect(weighed('count')).toEqual([{ field, message: "The data has no column 'count'." }])
    expect(weighed('temp', { split: 'words' })[0]).toMatchObject({ field })
    expect(weighed('sales')).toEqual([
      { field: 'columns.0', message: "'sales' is what the model predicts: it cannot read it too." },
    ])
    const inside = { ...words, key: 'city', weightKey: 'temp' } as const
    expect(problemsOf({ columns: [crossed([inside, 'shop'])] })[0]!.message).toContain('weighted')
  })

  it('lets columns share a table that number the same things and agree on the vectors', () => {
    const sharedEmbeddingCollectionName = 'both'
    const shared = (categorical: CategoricalColumn, more = {}): DenseColumn =>
      ({ ...embed(categorical), sharedEmbeddingCollectionName, ...more }) as DenseColumn
    const hashed = (key: string, hashBucketSize = 9) => ({ type: 'hashBucket', key, hashBucketSize }) as const
    const columns = [shared(hashed('city')), shared(hashed('link'))]
    expect(problemsOf({ columns })).toEqual([])
    const said = (second: DenseColumn) => problemsOf({ columns: [shared(hashed('city')), second] })[0]
    expect(said(shared(hashed('link', 8)))!.message).toContain('numbers of buckets (9 and 8)')
    expect(said(shared(hashed('link'), { combiner: 'sum' }))).toEqual({
      field: 'columns.1.combiner',
      message: 'Columns that share a table have one combiner: mean or sum.',
    })
    const lists = [shared({ ...words, key: 'city' }), shared({ ...words, key: 'link' })]
    expect(problemsOf({ columns: lists })[0]!.message).toContain('different vocabularies')
    const model = { type: 'dotProduct', user: 'city', item: 'link', biases: true } as const
    expect(problemsOf({ columns, model }).map(({ message }) => message)).toContain(
      'Only a network reads columns that share a table: choose it as the model.',
    )
  })

  it('puts the bounds of a number into words', () => {
    const optimizer = { type: 'sgd', learningRate: Number.NaN } as const
    expect(problemsOf({ optimizer })[0]).toMatchObject({
      field: 'optimizer.learningRate',
      message: 'This must be a number.',
    })
    expect(problemsOf({ batchSize: 1.5 })[0]).toMatchObject({
      field: 'batchSize',
      message: 'This must be a whole number.',
    })
    expect(problemsOf({ split: { validationShare: 0.9, seed: 1 } })[0]!.message).toBe('This must be at most 0.5.')
  })
})
