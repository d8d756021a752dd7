import type { PointsInfo } from '../../protocol/trainer'

/** Keys of a − b + c. */
export interface Terms {
  a: string | null
  b: string | null
  c: string | null
}

/** By label: what to try first, where the points have these names. */
const examples: Record<'a' | 'b' | 'c', string>[] = [
  { a: 'Mon 17 h', b: 'Mon 3 h', c: 'Thu 3 h' },
  { a: 'The Matrix', b: 'Toy Story 2', c: 'Babe' },
]

export function exampleAnalogy({ keys, labels }: PointsInfo): Terms {
  const keyOf = (label: string) => keys[labels.indexOf(label)] ?? null
  for (const { a, b, c } of examples) {
    const terms = { a: keyOf(a), b: keyOf(b), c: keyOf(c) }
    if (terms.a !== null && terms.b !== null && terms.c !== null) return terms
  }
  return { a: null, b: null, c: null }
}
