import { categoricalName } from '../experiment/columnName'
import type { ColumnSummary } from '../experiment/dataSummary'
import type { CategoricalColumn, SimpleCategoricalColumn } from '../experiment/experiment'

/** A text as Python writes it. */
export function pythonString(text: string): string {
  return JSON.stringify(text)
}

/** Words as a Python list; as whole numbers where the column holds those. */
export function pythonWords(words: readonly string[], isInteger: boolean): string {
  return `[${words.map((word) => (isInteger ? word : pythonString(word))).join(', ')}]`
}

/** What Python may call a variable about `name`. */
export function identifier(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}_]/gu, '_')
  if (taken.has(safe)) return `${safe}_`
  return /^\p{N}/u.test(safe) || safe === '' ? `_${safe}` : safe
}

/** Words of Python, and what the code calls by name. */
const taken = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield fc features keras len str tf'.split(
    ' ',
  ),
)

/** What the data hold, for code that differs by it. */
export type DataColumns = readonly Pick<ColumnSummary, 'name' | 'type'>[]

export function holdsIntegers(key: string, columns: DataColumns): boolean {
  return columns.find(({ name }) => name === key)?.type === 'integer'
}

/** The vocabulary of a column: a list, or the name of one for the values of the data, which the code does not hold. */
export function vocabularyOf(
  { key, vocabulary }: Extract<SimpleCategoricalColumn, { type: 'vocabularyList' }>,
  columns: DataColumns,
): string {
  return vocabulary === 'data' ? `${identifier(key)}_vocabulary` : pythonWords(vocabulary, holdsIntegers(key, columns))
}

/** A name in a comment, which ends with its line. */
export function inLine(name: string): string {
  return name.replace(/\s+/g, ' ')
}

/** The keys whose vocabulary is that of the data. */
export function keysOfData(column: CategoricalColumn): string[] {
  if (column.type === 'vocabularyList') return column.vocabulary === 'data' ? [column.key] : []
  if (column.type !== 'crossed') return []
  return column.keys.flatMap((key) => {
    if (typeof key === 'string') return column.exact ? [key] : []
    return keysOfData(key)
  })
}

/** The variable that holds a categorical column, or its ids. */
export function variableOf(column: CategoricalColumn): string {
  return identifier(categoricalName(column))
}

/** A line for each vocabulary that the code leaves out. */
export function vocabularyComments(column: CategoricalColumn): string[] {
  const keys = [...new Set(keysOfData(column))]
  return keys.map(
    (key) => `# ${identifier(key)}_vocabulary: the values of '${inLine(key)}', in the order of the exported keys.`,
  )
}
