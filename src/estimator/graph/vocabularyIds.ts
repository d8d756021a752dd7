import { hashBucket } from '../../columns/fingerprint64'
import type { GraphBuilder, Value } from './graphBuilder'
import { cast, hashBuckets } from './lowerings/elementwise'
import { reduce } from './lowerings/reductions'

/**
 * Texts are told by two fingerprints: TensorFlow.js compares texts on the CPU, and its other backends answer with anything. Primes below 2^24, which the floats of a graphics card
 * hold; a text that is none of a thousand words is taken for one with a chance of 10^-11.
 */
const MODULI = [16_777_213, 16_777_199]

/** What a word is told by. */
const marksOf = (word: string) => MODULI.map((modulus) => hashBucket(word, modulus))

/** Whether no two words, nor one and '', have the same fingerprints. */
export function areTellable(words: readonly string[]): boolean {
  const all = new Set([...words, ''])
  return new Set([...all].map((word) => marksOf(word).join())).size === all.size
}

/** Place of each value [B, L] among the words: texts, or whole numbers written as texts. `oov` where it is none of them. */
export function wordIds(g: GraphBuilder, values: Value, words: readonly string[], oov: Value): Value {
  const isHeld = (word: string) => values.dtype === 'string' || String(Number(word) | 0) === word
  const places = words.map((_, place) => place).filter((place) => isHeld(words[place]!))
  const held = places.map((place) => words[place]!)
  // TensorFlow.js sums nothing to anything in WebAssembly.
  if (held.length === 0) return g.node('AddV2', [g.node('ZerosLike', [values]), oov])
  const hits = cast(g, isAmong(g, values, held), 'int32')
  const place = reduce(g, 'Sum', g.node('Mul', [hits, g.operand(places)]), [-1], false)
  const isAny = g.node('Greater', [reduce(g, 'Sum', hits, [-1], false), g.operand(0)], { dtype: 'bool' })
  return eitherOf(g, isAny, place, oov)
}

/** `ids`, or −1 where the value is '' or −1. */
export function orNothing(g: GraphBuilder, values: Value, ids: Value): Value {
  const nothing = values.dtype === 'string' ? '' : '-1'
  const isNothing = reduce(g, 'Any', isAmong(g, values, [nothing]), [-1], false)
  return eitherOf(g, isNothing, g.operand(-1), ids)
}

/** `a` where the condition holds, `b` elsewhere, int32: TensorFlow.js's own choice makes a row of an empty batch. */
export function eitherOf(g: GraphBuilder, condition: Value, a: Value, b: Value): Value {
  return g.node('AddV2', [b, g.node('Mul', [cast(g, condition, 'int32'), g.node('Sub', [a, b])])])
}

/** [B, L, words] */
function isAmong(g: GraphBuilder, values: Value, words: readonly string[]): Value {
  const equal = (marks: Value, list: readonly number[]) =>
    g.node('Equal', [g.node('ExpandDims', [marks, g.ints(-1)]), g.operand(list)], { dtype: 'bool' })
  if (values.dtype !== 'string') return equal(values, words.map(Number))
  const [first, second] = MODULI.map((modulus, i) => {
    const marks = hashBuckets(g, values, modulus)
    return equal(
      marks,
      words.map((word) => marksOf(word)[i]!),
    )
  }) as [Value, Value]
  return g.node('LogicalAnd', [first, second], { dtype: 'bool' })
}
