import { describe, expect, it } from 'vitest'
import type { DataSet } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import {
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { createColumnCache } from './columnCache'
import { columnReports } from './columnReports'
import { encodeData } from './encodeData'
import { encodeRow } from './encodeRow'
import { testDataSet } from './testTable'
import { validationOnlyIds } from './validationOnlyIds'

const shops: DataSet = testDataSet({
  city: ['Rome', 'Oslo', 'Rome', null, 'Lima', 'Oslo', 'Rome', 'Oslo', 'Rome', 'Oslo'],
  size: [1, 2, 3, 4, null, 6, 7, 8, 9, 10],
  open: ['yes', 'no', 'yes', 'no', 'no', 'yes', 'yes', 'yes', 'no', null],
  sales: [10, 20, 30, 40, 50, 60, 70, null, 90, 100],
})

function experimentWith(change: Partial<Experiment>): Experiment {
  return {
    ...labDefaults.dayHour,
    label: { task: 'regression', targets: [{ column: 'sales', transform: 'none', standardize: true }] },
    columns: [embeddingColumn(categoricalColumnWithVocabularyList('city', 'data'), 2)],
    split: { validationShare: 0.3, seed: 7 },
    ...change,
  }
}

describe('encodeData', () => {
  it('leaves rows without a label out of both parts, which together hold every other row once', () => {
    const { trainRows, validationRows } = encodeData(shops, experimentWith({}))
    expect(validationRows).toHaveLength(3)
    expect([...trainRows, ...validationRows].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9])
  })

  it('standardizes the label by the training rows alone', () => {
    const { label, trainRows } = encodeData(shops, experimentWith({}))
    const trained = [...trainRows].map((row) => label.values[row]!)
    const mean = trained.reduce((sum, value) => sum + value, 0) / trained.length
    const square = trained.reduce((sum, value) => sum + value * value, 0) / trained.length
    expect(mean).toBeCloseTo(0, 6)
    expect(square).toBeCloseTo(1, 6)
    const { mean: shift, deviation } = label.scaling[0]!
    expect(label.values[8]! * deviation + shift).toBeCloseTo(90, 4)
    expect(label).toMatchObject({ outputs: 1, names: ['sales'], units: ['euro'] })
  })

  it('takes the logarithm first, and names a value that has none', () => {
    const target = { column: 'sales', transform: 'log1p' as const, standardize: false }
    const { label } = encodeData(shops, experimentWith({ label: { task: 'regression', targets: [target] } }))
    expect(label.values[0]).toBeCloseTo(Math.log(11), 6)
    const below = testDataSet({ city: ['a', 'b', 'c'], sales: [3, -1, 5] })
    const experiment = experimentWith({ label: { task: 'regression', targets: [target] } })
    expect(() => encodeData(below, experiment)).toThrow("Value -1 in row 3 of column 'sales' has no logarithm")
  })

  it('lays several targets side by side', () => {
    const targets = ['sales', 'size'].map((column) => ({ column, transform: 'none' as const, standardize: false }))
    const { label, trainRows, validationRows } = encodeData(
      shops,
      experimentWith({ label: { task: 'regression', targets } }),
    )
    expect([...label.values.subarray(4, 6)]).toEqual([30, 3])
    expect(trainRows.length + validationRows.length).toBe(8)
  })

  it('marks the positive value of a binary label', () => {
    const { label } = encodeData(shops, experimentWith({ label: { task: 'binary', column: 'open', positive: 'yes' } }))
    expect([...label.values.subarray(0, 9)]).toEqual([1, 0, 1, 0, 0, 1, 1, 1, 0])
    const wrong = experimentWith({ label: { task: 'binary', column: 'open', positive: 'maybe' } })
    expect(() => encodeData(shops, wrong)).toThrow("No row of the label 'open' holds 'maybe'")
  })

  it('numbers the classes in the order of the table', () => {
    const { label, trainRows, validationRows } = encodeData(
      shops,
      experimentWith({ label: { task: 'multiclass', column: 'city' } }),
    )
    expect(label).toMatchObject({ outputs: 3, names: ['Rome', 'Oslo', 'Lima'] })
    expect(label.values[4]).toBe(2)
    expect([...trainRows, ...validationRows]).not.toContain(3)
  })

  it('says so when no row has a label', () => {
    const nothing = testDataSet({ city: ['a', 'b'], sales: [null, null] })
    expect(() => encodeData(nothing, experimentWith({}))).toThrow("No row has a value in the label 'sales'")
  })

  it('normalizes numbers by the training rows and reads a missing one as their mean', () => {
    const encoded = encodeData(
      shops,
      experimentWith({ columns: [numericColumn('size', { normalizer: 'standardize' })] }),
    )
    const { values } = encoded.numeric[0]!
    const sizes = [...encoded.trainRows].map((row) => values[row]!)
    expect(sizes.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
    expect(values[4]).toBe(0)
    const raw = encodeData(shops, experimentWith({ columns: [numericColumn('size')] }))
    expect(raw.numeric[0]!.values[9]).toBe(10)
    const known = [...raw.trainRows].filter((row) => row !== 4)
    expect(raw.numeric[0]!.values[4]).toBeCloseTo(known.reduce((sum, row) => sum + row + 1, 0) / known.length, 5)
  })

  it('holds every categorical column once, and all columns sorted by name', () => {
    const city = categoricalColumnWithVocabularyList('city', 'data')
    const size = categoricalColumnWithIdentity('size', 11)
    const columns = [
      numericColumn('size'),
      embeddingColumn(size, 1),
      indicatorColumn(city),
      embeddingColumn(city, 3),
      numericColumn('sales'),
    ]
    const encoded = encodeData(shops, experimentWith({ columns }))
    expect(encoded.categorical.map(({ name }) => name)).toEqual(['city', 'size'])
    expect(encoded.numeric.map(({ name }) => name)).toEqual(['sales', 'size'])
  })

  it('encodes nothing again when only a dimension or an optimizer changes', () => {
    const cache = createColumnCache()
    const city = categoricalColumnWithVocabularyList('city', 'data')
    const before = encodeData(shops, experimentWith({}), cache)
    const optimizer = { type: 'sgd', learningRate: 1 } as const
    const after = encodeData(shops, experimentWith({ columns: [embeddingColumn(city, 5)], optimizer }), cache)
    expect(after.categorical[0]).toBe(before.categorical[0])
    expect(after.label).toBe(before.label)
    const otherSplit = encodeData(shops, experimentWith({ split: { validationShare: 0.3, seed: 8 } }), cache)
    expect(otherSplit.categorical[0]).toBe(before.categorical[0])
    expect(otherSplit.trainRows).not.toEqual(before.trainRows)
  })
})

describe('createColumnCache', () => {
  it('forgets what was not asked for longest when it is full', () => {
    const cache = createColumnCache(10)
    const made: string[] = []
    const ask = (key: string) =>
      cache.get(
        key,
        () => made.push(key),
        () => 4,
      )
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) ask(key)
    expect(made).toEqual(['a', 'b', 'c', 'b'])
  })

  it('keeps all that the present experiment needs, however much, until the next one begins', () => {
    const cache = createColumnCache(10)
    const made: string[] = []
    const ask = (...keys: string[]) => {
      for (const key of keys)
        cache.get(
          key,
          () => made.push(key),
          () => 4,
        )
    }
    cache.begin()
    ask('a', 'b', 'c', 'a', 'b', 'c')
    expect(made).toEqual(['a', 'b', 'c'])
    cache.begin()
    ask('a', 'd', 'c', 'b', 'a')
    expect(made).toEqual(['a', 'b', 'c', 'd', 'c', 'b'])
  })
})

describe('validationOnlyIds', () => {
  it('counts buckets that no training row looks up', () => {
    const encoded = encodeData(shops, experimentWith({}))
    const split = { trainRows: Uint32Array.of(0, 2, 3), validationRows: Uint32Array.of(1, 4, 5, 6) }
    expect(validationOnlyIds({ ...encoded, ...split })).toEqual([{ column: 'city', ids: 2, rows: 3 }])
  })
})

describe('columnReports', () => {
  it('counts parameters, and bytes with the slots of the optimizer', () => {
    const cross = crossedColumn(['city', 'size'], 1000)
    const columns = [embeddingColumn(cross, 3), indicatorColumn(cross), numericColumn('size')]
    const adam = experimentWith({ columns, optimizer: { type: 'adam', learningRate: 0.1 } })
    const [embedding, indicator, numeric] = columnReports(encodeData(shops, adam), adam, shops)
    expect(embedding).toMatchObject({ name: 'city_X_size_embedding', buckets: 1000, distinct: 8, droppedRows: 2 })
    expect(embedding).toMatchObject({ parameters: 3000, bytes: 36_000 })
    expect(embedding!.used).toBe(8 - embedding!.colliding / 2)
    expect(indicator).toMatchObject({ name: 'city_X_size_indicator', parameters: 0, bytes: 0 })
    expect(numeric).toMatchObject({ name: 'size', droppedRows: 1 })
    const fixed = { ...adam, columns: [embeddingColumn(cross, 3, { trainable: false })] }
    expect(columnReports(encodeData(shops, fixed), fixed, shops)[0]!.bytes).toBe(12_000)
  })
})

describe('encodeRow', () => {
  it('reads a row written by hand as the model reads that row of the data', () => {
    const city = categoricalColumnWithVocabularyList('city', 'data')
    const columns = [
      embeddingColumn(city, 2),
      embeddingColumn(crossedColumn(['city', 'size'], 1, { exact: true }), 2),
      embeddingColumn(crossedColumn(['size', 'open'], 50), 2),
      numericColumn('size', { normalizer: 'log1p' }),
      numericColumn('sales', { normalizer: 'standardize' }),
    ]
    const cache = createColumnCache()
    const experiment = experimentWith({ columns })
    const encoded = encodeData(shops, experiment, cache)
    const row = encodeRow(shops, experiment, { city: 'Oslo', size: '6', open: 'yes', sales: '60' }, cache)
    row.categorical.forEach(({ ids }, c) => {
      const { ids: all, offsets } = encoded.categorical[c]!
      expect([...ids]).toEqual([all[offsets ? offsets[5]! : 5]])
    })
    expect([...row.dense]).toEqual(encoded.numeric.map(({ values }) => values[5]))
    const unknown = encodeRow(shops, experiment, { city: 'Paris' }, cache)
    expect(unknown.categorical.map(({ ids }) => ids.length)).toEqual([0, 0, 0])
    expect([...unknown.dense]).toEqual([0, encoded.numeric[1]!.values[4]])
  })

  it('says what is not a number', () => {
    const experiment = experimentWith({ columns: [numericColumn('size')] })
    expect(() => encodeRow(shops, experiment, { size: 'big' }, createColumnCache())).toThrow(
      "'big' for 'size' is not a whole number.",
    )
  })
})
