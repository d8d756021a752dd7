import { describe, expect, it } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { categoricalColumnWithVocabularyList, embeddingColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { createColumnCache } from './columnCache'
import { encodeCategorical } from './encodeColumn'
import { encodeRow } from './encodeRow'
import { splitWords, wordsOf } from './splitWords'
import { testDataSet, testTable } from './testTable'

const words = (vocabulary: string[] | 'data') =>
  ({ ...categoricalColumnWithVocabularyList('title', vocabulary), split: 'words' }) as const

const table = testTable({ title: ['The Lion King', 'Alien', '', null, "Ocean's Eleven: the KING", '…'] })

describe('splitWords', () => {
  it('keeps letters, digits and apostrophes, in lower case', () => {
    expect(wordsOf("Ocean's 11: Überfall – the Return!")).toEqual(["ocean's", '11', 'überfall', 'the', 'return'])
    expect(wordsOf('…')).toEqual([])
  })

  it('gives each row its words, in their order', () => {
    const column = table.columns[0]!
    if (column.type !== 'string') throw new Error('no text')
    const { words, offsets } = splitWords(column)
    expect([...offsets]).toEqual([0, 3, 4, 4, 4, 8, 8])
    expect(Array.from(words.codes, (code) => words.values[code])).toEqual([
      ...['the', 'lion', 'king', 'alien'],
      ...["ocean's", 'eleven', 'the', 'king'],
    ])
  })
})

describe('a column of words', () => {
  it('looks up an id for each word of a row, and none for an empty one', () => {
    const encoded = encodeCategorical(words('data'), table)
    expect(encoded).toMatchObject({ name: 'title_words', buckets: 6, distinct: 6, colliding: 0, droppedRows: 0 })
    expect([...encoded.ids]).toEqual([0, 1, 2, 3, 4, 5, 0, 2])
    expect([...encoded.offsets!]).toEqual([0, 3, 4, 4, 4, 8, 8])
    expect(encoded.bucketKeys).toEqual(['the', 'lion', 'king', 'alien', "ocean's", 'eleven'])
  })

  it('drops words out of its vocabulary', () => {
    const encoded = encodeCategorical(words(['king', 'alien']), table)
    expect([...encoded.ids]).toEqual([0, 1, 0])
    expect([...encoded.offsets!]).toEqual([0, 1, 2, 2, 2, 3, 3])
    expect(encoded.droppedRows).toBe(2)
  })

  it('reads a text written by hand with the words of the data', () => {
    const dataSet = testDataSet({ title: ['The Lion King', 'Alien', 'Alien King'], sales: [1, 2, 3] })
    const experiment: Experiment = {
      ...labDefaults.dayHour,
      label: { task: 'regression', targets: [{ column: 'sales', transform: 'none', standardize: false }] },
      columns: [embeddingColumn(words('data'), 3)],
    }
    const batch = encodeRow(dataSet, experiment, { title: 'King of the Unknown' }, createColumnCache())
    expect([...batch.categorical[0]!.ids]).toEqual([2, 0])
    expect([...batch.categorical[0]!.offsets!]).toEqual([0, 2])
  })
})
