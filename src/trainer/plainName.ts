/**
 * A title as two lists of films may both know it: without what stands in brackets (the year, other titles), with a trailing article in front (`Matrix, The
 * (1999)` → `the matrix`), without accents, case and punctuation. '' where nothing is left.
 */
export function plainName(title: string): string {
  const bare = title.replace(/\s*\([^)]*\)/g, '').trim()
  const turned = bare.replace(
    /^(.*), (the|a|an|le|la|les|l'|il|el|los|las|der|die|das|lo|i|gli|een|det|den)$/i,
    '$2 $1',
  )
  return turned
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The year that a title ends with in brackets; null without one. */
export function yearOf(title: string): string | null {
  return /\((\d{4})\)\s*$/.exec(title)?.[1] ?? null
}
