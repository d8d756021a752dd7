import { describe, expect, it } from 'vitest'
import goldens from '../../tests/goldens/tensorflow-feature-columns.json'
import { DataError } from '../data/table'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  numericColumn,
} from '../experiment/featureColumn'
import { weightedCategoricalColumn } from '../experiment/weightedCategoricalColumn'
import { encodeCategorical } from './encodeColumn'
import type { EncodedColumn } from './encodedColumn'
import { testTable } from './testTable'

/** What TensorFlow's indicator_column makes of a column: the goldens hold these. */
function multiHot({ ids, offsets, buckets }: EncodedColumn): number[][] {
  const rowCount = offsets ? offsets.length - 1 : ids.length
  return Array.from({ length: rowCount }, (_, row) => {
    const hot = new Array<number>(buckets).fill(0)
    const held = offsets ? ids.subarray(offsets[row]!, offsets[row + 1]!) : ids.subarray(row, row + 1)
    for (const id of held) hot[id]! += 1
    return hot
  })
}

const week = testTable({
  day: Array.from({ length: 168 }, (_, i) => Math.floor(i / 24)),
  hour: Array.from({ length: 168 }, (_, i) => i % 24),
})

describe('a vocabulary list', () => {
  const letters = ['R', 'G', 'B']

  it('drops what is out of vocabulary, and the empty text', () => {
    const encoded = encodeCategorical(
      categoricalColumnWithVocabularyList('c', letters),
      testTable({ c: ['R', 'Z', '', 'B'] }),
    )
    expect(multiHot(encoded)).toEqual(goldens.vocab_default)
    expect(encoded).toMatchObject({ droppedRows: 2, distinct: 3, colliding: 0, bucketKeys: ['R', 'G', 'B'] })
  })

  it('hashes what is out of vocabulary into the OOV buckets', () => {
    const column = categoricalColumnWithVocabularyList('c', letters, { numOovBuckets: 2 })
    const encoded = encodeCategorical(column, testTable({ c: ['R', 'Z', '', 'Y', 'hello'] }))
    expect(multiHot(encoded)).toEqual(goldens.vocab_oov2)
    expect(encoded.bucketKeys).toEqual(['R', 'G', 'B', 'Z · hello', 'Y'])
    expect(encoded.colliding).toBe(2)
  })

  it('puts what is out of vocabulary into the default value', () => {
    const column = categoricalColumnWithVocabularyList('c', letters, { defaultValue: 0 })
    const encoded = encodeCategorical(column, testTable({ c: ['R', 'Z', '', 'B'] }))
    expect(multiHot(encoded)).toEqual(goldens.vocab_default0)
    expect(encoded).toMatchObject({ colliding: 2, bucketKeys: ['R · Z', 'G', 'B'] })
  })

  it('looks whole numbers up as text and reads -1 as missing', () => {
    const column = categoricalColumnWithVocabularyList('c', ['10', '20'], { numOovBuckets: 2 })
    expect(multiHot(encodeCategorical(column, testTable({ c: [10, 20, 30, -1, 7] })))).toEqual(goldens.vocab_int_oov2)
  })

  it('takes its words from the data: texts in the order of the table, whole numbers ascending', () => {
    const column = categoricalColumnWithVocabularyList('c', 'data')
    const texts = encodeCategorical(column, testTable({ c: ['b', null, 'a', '', 'b'] }))
    expect(texts).toMatchObject({ buckets: 2, bucketKeys: ['b', 'a'], droppedRows: 2 })
    expect([...texts.offsets!]).toEqual([0, 1, 1, 2, 2, 3])
    const numbers = encodeCategorical(column, testTable({ c: [900_000_000, null, 5, -1, -7] }))
    expect(numbers.bucketKeys).toEqual(['-7', '5', '900000000'])
    expect([...numbers.ids]).toEqual([2, 1, 0])
  })
})

describe('an identity column', () => {
  it('takes the number as the bucket and drops -1', () => {
    const encoded = encodeCategorical(categoricalColumnWithIdentity('c', 3), testTable({ c: [0, 2, -1] }))
    expect(multiHot(encoded)).toEqual(goldens.identity_nodefault_neg)
  })

  it('gives the default value to numbers out of range, but not to -1', () => {
    const column = categoricalColumnWithIdentity('c', 3, { defaultValue: 1 })
    expect(multiHot(encodeCategorical(column, testTable({ c: [0, 2, -1, 7, -2] })))).toEqual(goldens.identity_default1)
  })

  it('names value, row and column of a number out of range', () => {
    const encode = () => encodeCategorical(categoricalColumnWithIdentity('c', 3), testTable({ c: [0, 5] }))
    expect(encode).toThrow("Value 5 in row 3 of column 'c' is no bucket: the column has buckets 0 to 2.")
    expect(encode).toThrow(DataError)
  })
})

describe('a hash bucket column', () => {
  it('hashes whole numbers as decimal text and drops -1', () => {
    const encoded = encodeCategorical(categoricalColumnWithHashBucket('c', 10), testTable({ c: [3, 17, -1] }))
    expect(multiHot(encoded)).toEqual(goldens.hash_col_int_as_string)
  })

  it('hashes texts as Keras does, and says which of them share a bucket', () => {
    const table = testTable({ c: ['a', 'b', 'hello', '3', '日本語', 'a'] })
    const encoded = encodeCategorical(categoricalColumnWithHashBucket('c', 10), table)
    expect([...encoded.ids.subarray(0, 4)]).toEqual(goldens.keras_Hashing[0])
    expect(encoded).toMatchObject({ distinct: 5, colliding: 0 })
    const two = encodeCategorical(categoricalColumnWithHashBucket('c', 2), table)
    expect(two.colliding).toBe(5)
    expect(two.bucketKeys.join(' · ').split(' · ').sort()).toEqual(['3', 'a', 'b', 'hello', '日本語'])
  })

  it('counts the values of a bucket beyond the sixth', () => {
    const table = testTable({ c: Array.from({ length: 9 }, (_, i) => `v${i}`) })
    const encoded = encodeCategorical(categoricalColumnWithHashBucket('c', 1), table)
    expect(encoded.bucketKeys).toEqual(['v0 · v1 · v2 · v3 · v4 · v5 · +3 more'])
  })
})

describe('a bucketized column', () => {
  it('is closed on the left and puts NaN into the last bucket', () => {
    const [inputs, buckets] = goldens.bucketize_0_10_100 as [(number | string)[], number[]]
    const numbers = inputs.map((value) =>
      typeof value === 'string' ? { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }[value]! : value,
    )
    const table = {
      name: 't',
      rowCount: numbers.length,
      columns: [{ name: 'p', type: 'number' as const, values: Float32Array.from(numbers) }],
    }
    const encoded = encodeCategorical(bucketizedColumn(numericColumn('p'), [0, 10, 100]), table)
    expect([...encoded.ids]).toEqual(buckets)
    expect(encoded).toMatchObject({ name: 'p_bucketized', offsets: null, droppedRows: 0, colliding: 0 })
    expect(encoded.bucketKeys).toEqual(['< 0', '0 … < 10', '10 … < 100', '≥ 100'])
  })

  it('compares in 32-bit floats', () => {
    const column = bucketizedColumn(numericColumn('p'), [0.7])
    expect([...encodeCategorical(column, testTable({ p: [0.7, 0.69] })).ids]).toEqual([1, 0])
    const doubles = { name: 'p', type: 'number' as const, values: Float64Array.of(0.3, 0.29) }
    const table = { name: 't', rowCount: 2, columns: [doubles] }
    expect([...encodeCategorical(bucketizedColumn(numericColumn('p'), [0.3]), table).ids]).toEqual([1, 0])
  })
})

describe('a hashed cross', () => {
  it('gives the buckets of TensorFlow for all 168 hours of the week', () => {
    const encoded = encodeCategorical(crossedColumn(['day', 'hour'], 168), week)
    expect([...encoded.ids]).toEqual(goldens.dow_x_hour_168_all)
    expect(encoded.name).toBe('day_X_hour')
    expect(encoded.distinct).toBe(168)
    expect(encoded.bucketKeys.filter((key) => key !== '')).toHaveLength(goldens.dow_x_hour_168_distinct)
    expect(encoded.bucketKeys[14]).toBe('0 × 2')
    expect(encoded.bucketKeys[64]!.split(' · ')).toEqual(['0 × 0', '0 × 11', '2 × 12', '3 × 0'])
    const alone = encoded.bucketKeys.filter((key) => key !== '' && !key.includes(' · ')).length
    expect(encoded.colliding).toBe(168 - alone)
  })

  it('uses 159 buckets of ten times as many', () => {
    const encoded = encodeCategorical(crossedColumn(['day', 'hour'], 1680), week)
    expect(new Set(encoded.ids).size).toBe(goldens.dow_x_hour_1680_distinct)
  })

  it('gives other buckets when its keys change places, under the same name', () => {
    const encoded = encodeCategorical(crossedColumn(['hour', 'day'], 168), week)
    const rows = [0, 3 * 24 + 17, 6 * 24 + 23]
    expect(rows.map((row) => encoded.ids[row])).toEqual(
      goldens['cross_int_hour_dow_168(order swapped)'].map(([, id]) => id),
    )
    expect(encoded.name).toBe('day_X_hour')
  })

  it('mixes three keys, whole numbers and texts', () => {
    const table = testTable({ d: [0, 3, 6], h: [0, 17, 23], s: ['m', 'f', 'm'] })
    const encoded = encodeCategorical(crossedColumn(['d', 'h', 's'], 1000), table)
    expect([...encoded.ids]).toEqual(goldens.cross_three_1000.map(([, id]) => id))
    expect(encoded.bucketKeys[encoded.ids[1]!]).toBe('3 × 17 × f')
  })

  it('hashes categorical columns before plain keys, crosses -1 and makes no cross of a missing value', () => {
    const table = testTable({ c: ['R', 'Z', ''], s: ['x', 'x', 'x'] })
    const letters = categoricalColumnWithVocabularyList('c', ['R', 'G', 'B'])
    const [inOrder, swapped] = goldens.crossed_vocab_dense_str
    const encoded = encodeCategorical(crossedColumn([letters, 's'], 10), table)
    expect(multiHot(encoded)).toEqual(inOrder)
    expect(multiHot(encodeCategorical(crossedColumn(['s', letters], 10), table))).toEqual(swapped)
    expect(encoded.droppedRows).toBe(1)
    expect(encoded.bucketKeys[encoded.ids[1]!]).toBe('(other) × x')
  })

  it('makes no cross where a plain key is missing', () => {
    const encoded = encodeCategorical(
      crossedColumn(['a', 'b'], 10),
      testTable({ a: ['x', null, 'x'], b: [1, 2, null] }),
    )
    expect([...encoded.offsets!]).toEqual([0, 1, 1, 1])
    expect(encoded.droppedRows).toBe(2)
  })
})

describe('an exact cross', () => {
  it('numbers the combinations in mixed radix, the last key fastest', () => {
    const encoded = encodeCategorical(crossedColumn(['day', 'hour'], 168, { exact: true }), week)
    expect([...encoded.ids]).toEqual(Array.from({ length: 168 }, (_, i) => i))
    expect(encoded).toMatchObject({ buckets: 168, colliding: 0, distinct: 168 })
    expect(encoded.bucketKeys[4 * 24 + 17]).toBe('4 × 17')
  })

  it('has a bucket for every combination of the children, used or not, and drops what is out of vocabulary', () => {
    const size = categoricalColumnWithVocabularyList('size', ['S', 'M', 'L'])
    const table = testTable({ size: ['L', 'S', 'XL'], colour: ['red', 'blue', 'red'] })
    const encoded = encodeCategorical(crossedColumn([size, 'colour'], 1, { exact: true }), table)
    expect([...encoded.ids]).toEqual([4, 1])
    expect(encoded.bucketKeys).toEqual(['', 'S × blue', '', '', 'L × red', ''])
    expect(encoded).toMatchObject({ buckets: 6, droppedRows: 1, distinct: 3, colliding: 0 })
  })

  it('refuses more buckets than memory could hold', () => {
    const many = testTable({
      a: Array.from({ length: 20_000 }, (_, i) => i),
      b: Array.from({ length: 20_000 }, (_, i) => `${i}`),
    })
    const encode = () => encodeCategorical(crossedColumn(['a', 'b'], 10, { exact: true }), many)
    expect(encode).toThrow('400,000,000 buckets')
  })
})

describe('data that does not fit', () => {
  it('refuses more buckets than can be named one by one', () => {
    const encode = () => encodeCategorical(categoricalColumnWithHashBucket('day', 2_000_001), week)
    expect(encode).toThrow('day would have 2,000,001 buckets, and the page stops at 2,000,000')
  })

  it('names the columns there are', () => {
    const encode = () => encodeCategorical(categoricalColumnWithHashBucket('film', 10), week)
    expect(encode).toThrow("The data has no column 'film'. Its columns are: day, hour.")
  })

  it('says that fractions are no categories', () => {
    const encode = () => encodeCategorical(crossedColumn(['p', 'q'], 10), testTable({ p: [1, 0.5], q: [1, 2] }))
    expect(encode).toThrow("Column 'p' holds fractions, such as 0.5")
  })
})

describe('a weighted column', () => {
  const column = weightedCategoricalColumn(categoricalColumnWithVocabularyList('c', ['R', 'G']), 'n')

  it('gives each id the number of its row; a missing one weighs nothing, a row without an id has none', () => {
    const encoded = encodeCategorical(column, testTable({ c: ['G', 'x', 'R', 'R'], n: [2.5, 3, null, -1] }))
    expect(encoded.name).toBe('c_weighted_by_n')
    expect([...encoded.ids]).toEqual([1, 0, 0])
    expect([...encoded.weights!]).toEqual([2.5, 0, -1])
  })

  it('refuses texts for weights', () => {
    const encode = () => encodeCategorical(column, testTable({ c: ['G'], n: ['many'] }))
    expect(encode).toThrow("The weights 'n' are text")
  })
})
