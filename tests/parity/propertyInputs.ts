/**
 * The random inputs of tests/goldens/make_properties.py, drawn again: the same generator, the same seeds, draw for draw.
 */

const COUNT = 10_000

/** xorshift32 (Marsaglia 2003), every draw modulo a bound. */
function createDraw(seed: number): (bound: number) => number {
  let x = seed
  return (bound) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % bound
  }
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}

const CHARACTERS = [...'abcdefgXYZ 0123456789-_.é', '日', '本', '語', '😀']

export function texts(seed: number): string[] {
  const draw = createDraw(seed)
  return times(COUNT, () => {
    const most = draw(16) === 0 ? 120 : 12
    return times(draw(most), () => CHARACTERS[draw(CHARACTERS.length)]!).join('')
  })
}

/** One of 60 words; one in 60 is empty. */
export function words(seed: number): string[] {
  const draw = createDraw(seed)
  return times(COUNT, () => {
    const word = draw(60)
    return word === 0 ? '' : `w${word}`
  })
}

/** From `low` to below `high`. */
export function integers(seed: number, low: number, high: number): number[] {
  const draw = createDraw(seed)
  return times(COUNT, () => low + draw(high - low))
}

/** Up to 2^53 either way. */
export function largeIntegers(seed: number): number[] {
  const draw = createDraw(seed)
  return times(COUNT, () => (draw(2 ** 21) - 2 ** 20) * 2 ** 32 + draw(2 ** 32 - 1))
}

const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, Math.fround(0.7)]

/** Eighths from -500 to 500, and now and then a number that is none. */
export function numbers(seed: number): number[] {
  const draw = createDraw(seed)
  return times(COUNT, () => (draw(20) === 0 ? SPECIAL[draw(SPECIAL.length)]! : (draw(8001) - 4000) / 8))
}

/** Row lengths 0 … most - 1 until there are 10,000 values. */
export function bags(seed: number, most: number): number[] {
  const draw = createDraw(seed)
  const lengths: number[] = []
  for (let held = 0; held < COUNT; held += lengths.at(-1)!) lengths.push(Math.min(draw(most), COUNT - held))
  return lengths
}

/** [50 × 2], thousandths from -1 to 1. */
export function lookupTable(): Float32Array {
  const draw = createDraw(31)
  return Float32Array.from(times(100, () => (draw(2001) - 1000) / 1000))
}

/** Quarters from -0.25 to 3.75. */
export function lookupWeights(): number[] {
  const draw = createDraw(33)
  return times(COUNT, () => (draw(17) - 1) / 4)
}

export const vocabulary = Array.from({ length: 40 }, (_, i) => `w${i + 1}`)
export const boundaries = [-400.5, -100.0, -3.125, 0.0, 0.125, 0.7, 2.0, 50.0, 99.875, 250.0]
