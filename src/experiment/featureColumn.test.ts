import { describe, expect, it } from 'vitest'
import goldens from '../../tests/goldens/tensorflow-feature-columns.json'
import { categoricalName, columnName } from './columnName'
import { experimentSchema } from './experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from './featureColumn'
import { labDefaults } from './labs'

describe('feature columns', () => {
  it('are named as TensorFlow names them', () => {
    const letters = categoricalColumnWithVocabularyList('c', ['R', 'G', 'B'])
    const cross = crossedColumn([letters, 's'], 10)
    const swapped = crossedColumn(['s', letters], 10)
    const price = bucketizedColumn(numericColumn('p'), [1])
    expect([
      categoricalName(cross),
      categoricalName(swapped),
      columnName(embeddingColumn(cross, 2)),
      categoricalName(price),
    ]).toEqual(goldens.crossed_name)
    expect(columnName(indicatorColumn(price))).toBe('p_bucketized_indicator')
  })

  it('are valid parts of an experiment, with the defaults that the schema has', () => {
    const columns = [
      embeddingColumn(crossedColumn(['a', categoricalColumnWithIdentity('b', 5)], 10), 3),
      indicatorColumn(categoricalColumnWithHashBucket('c', 7)),
      numericColumn('d'),
    ]
    expect(experimentSchema.parse({ ...labDefaults.dayHour, columns }).columns).toEqual(columns)
    const { type, categorical, dimension } = columns[0] as ReturnType<typeof embeddingColumn>
    const bare = { ...labDefaults.dayHour, columns: [{ type, categorical, dimension }] }
    expect(experimentSchema.parse(bare).columns[0]).toEqual(columns[0])
  })

  it('takes the keys of a crossed column inside a cross', () => {
    const inner = crossedColumn(['a', 'b'], 10)
    expect(crossedColumn(['c', inner], 20).keys).toEqual(['c', 'a', 'b'])
  })

  it('refuses what TensorFlow refuses', () => {
    const vocabulary = categoricalColumnWithVocabularyList
    const refusals: [() => unknown, string][] = [
      [() => vocabulary('c', ['R', 'R']), "names 'R' twice"],
      [() => vocabulary('c', []), 'is empty'],
      [() => vocabulary('c', ['R'], { numOovBuckets: 1, defaultValue: 0 }), 'both'],
      [() => vocabulary('c', ['R'], { numOovBuckets: -1 }), 'from 0'],
      [() => vocabulary('c', ['R'], { defaultValue: 1 }), '0 … 0'],
      [() => categoricalColumnWithIdentity('c', 0), 'from 1'],
      [() => categoricalColumnWithIdentity('c', 3, { defaultValue: 3 }), '0 … 2'],
      [() => categoricalColumnWithHashBucket('c', 0), 'from 1'],
      [() => bucketizedColumn(numericColumn('p'), [1, 1]), 'ascend'],
      [() => bucketizedColumn(numericColumn('p'), []), 'empty'],
      [() => bucketizedColumn(numericColumn('p', { normalizer: 'log1p' }), [1]), 'no normalizer'],
      [() => crossedColumn(['a'], 10), 'at least two'],
      [() => crossedColumn(['a', 'b'], 0), 'from 1'],
      [() => crossedColumn(['a', categoricalColumnWithHashBucket('c', 5)], 10), 'hashed'],
      [() => embeddingColumn(vocabulary('c', ['R']), 0), 'from 1'],
      [() => embeddingColumn(vocabulary('c', ['R']), 2, { initializerStddev: 0 }), 'above 0'],
    ]
    for (const [build, words] of refusals) expect(build).toThrow(words)
  })
})
