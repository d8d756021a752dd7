const WORDS = new Set(['', 'na', 'n/a', 'nan', 'null', '?'])

/** Whether the text stands for "no value": nothing, NA, N/A, NaN, null, `?`; among numbers also `-`. */
export function isMissing(text: string, amongNumbers: boolean): boolean {
  const word = text.trim().toLowerCase()
  return WORDS.has(word) || (amongNumbers && word === '-')
}

/**
 * How many values of a column may fail to be what the others are and still be read as missing, with a warning: one in a
 * thousand, in a small file up to three if that is at most one in twenty.
 */
export function toleratedBadValues(values: number): number {
  return Math.max(Math.floor(values / 1000), Math.min(3, Math.floor(values / 20)))
}
