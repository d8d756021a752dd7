import type { SimpleCategoricalColumn } from './experiment'
import { categoricalColumnWithVocabularyList } from './featureColumn'

/**
 * The words of a vocabulary file, one a line, spaces included, as TensorFlow reads it (which leaves carriage returns out): the first `vocabularySize` of them, null = all.
 * Throws a RangeError for a file with fewer, for one with none, and for a word that is there twice.
 */
export function parseVocabularyFile(text: string, vocabularySize: number | null = null): string[] {
  const lines = vocabularyLines(text)
  if (lines.length === 0) throw new RangeError('The vocabulary file holds no word')
  if (vocabularySize !== null && vocabularySize > lines.length) {
    throw new RangeError(
      `The vocabulary file has ${lines.length} lines, and vocabularySize asks for ${vocabularySize} of them`,
    )
  }
  const words = lines.slice(0, vocabularySize ?? lines.length)
  const lineOf = new Map<string, number>()
  words.forEach((word, i) => {
    const first = lineOf.get(word)
    if (first !== undefined)
      throw new RangeError(`Lines ${first + 1} and ${i + 1} of the vocabulary are both '${word}'`)
    lineOf.set(word, i)
  })
  return words
}

/** The lines of a vocabulary file, whatever they hold; the last line break ends a line and begins none. */
export function vocabularyLines(text: string): string[] {
  const lines = text.replaceAll('\r', '').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** A vocabulary list whose words are those of a file (its text). */
export function categoricalColumnWithVocabularyFile(
  key: string,
  vocabularyFile: string,
  {
    vocabularySize = null,
    ...options
  }: { vocabularySize?: number | null; numOovBuckets?: number; defaultValue?: number } = {},
): SimpleCategoricalColumn {
  return categoricalColumnWithVocabularyList(key, parseVocabularyFile(vocabularyFile, vocabularySize), options)
}
