import { expect, it } from 'vitest'
import { categoricalColumnWithVocabularyFile, parseVocabularyFile } from './vocabularyFile'

it('takes a word from every line, spaces included, and knows the line ends of Windows', () => {
  expect(parseVocabularyFile('a b\r\nc \r\n')).toEqual(['a b', 'c '])
  expect(parseVocabularyFile('a\nb')).toEqual(['a', 'b'])
  expect(parseVocabularyFile('a\nb\na', 2)).toEqual(['a', 'b'])
})

it('says which lines are alike, and how many there are', () => {
  expect(() => parseVocabularyFile('a\nb\na')).toThrow("Lines 1 and 3 of the vocabulary are both 'a'")
  expect(() => parseVocabularyFile('a\nb\n', 3)).toThrow('has 2 lines, and vocabularySize asks for 3')
  expect(() => parseVocabularyFile('')).toThrow('holds no word')
})

it('makes the column that the list makes', () => {
  expect(categoricalColumnWithVocabularyFile('c', 'R\nG\n', { numOovBuckets: 2 })).toEqual({
    type: 'vocabularyList',
    key: 'c',
    vocabulary: ['R', 'G'],
    numOovBuckets: 2,
    defaultValue: -1,
  })
})
