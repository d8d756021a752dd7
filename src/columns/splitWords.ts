import type { Column } from '../data/table'

/** Words of a column of texts: row r holds the words at codes[offsets[r]] … codes[offsets[r + 1] - 1], in their order. */
export interface SplitWords {
  /** The words one after the other, as a column of their own. */
  words: Extract<Column, { type: 'string' }>
  offsets: Int32Array
}

/** What stands between words; as Python has it: r"[^\p{L}\p{N}'’]+". */
const BETWEEN = /[^\p{L}\p{N}'’]+/u

/** `The Lion King` → `the`, `lion`, `king`. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(BETWEEN)
    .filter((word) => word !== '')
}

const known = new WeakMap<Column, SplitWords>()

/** Split once per column; a text is split once however many rows hold it. The words are in the order of their first occurrence among the texts. */
export function splitWords(column: Extract<Column, { type: 'string' }>): SplitWords {
  const before = known.get(column)
  if (before) return before
  const codeOf = new Map<string, number>()
  const wordsOfText = column.values.map((text) =>
    wordsOf(text).map((word) => {
      const code = codeOf.get(word) ?? codeOf.size
      codeOf.set(word, code)
      return code
    }),
  )
  const offsets = new Int32Array(column.codes.length + 1)
  column.codes.forEach((code, row) => {
    offsets[row + 1] = offsets[row]! + (code < 0 ? 0 : wordsOfText[code]!.length)
  })
  const codes = new Int32Array(offsets[column.codes.length]!)
  column.codes.forEach((code, row) => {
    if (code >= 0) codes.set(wordsOfText[code]!, offsets[row]!)
  })
  const split: SplitWords = {
    words: { name: column.name, type: 'string', codes, values: [...codeOf.keys()] },
    offsets,
  }
  known.set(column, split)
  return split
}
