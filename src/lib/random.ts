/**
 * Seeded random numbers, the same on every machine: sfc32 (Chris Doty-Humphrey, PractRand), seeded by splitmix32.
 * Never `Math.random`: an experiment with a seed is a promise.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number
  /** Uniform integer in [0, bound). `bound` in 1 … 2^32. */
  integer(bound: number): number
  /** Normal, mean 0, standard deviation 1 (Box–Muller). */
  normal(): number
  /** Normal redrawn until it lies within two standard deviations: TensorFlow's `truncated_normal`. */
  truncatedNormal(): number
  /** Gamma with the given shape (> 0) and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number
  /** State to go on from, and back. */
  save(): RandomState
  restore(state: RandomState): void
}

export type RandomState = readonly [number, number, number, number, number | null]

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

/** `stream` separates the uses of one seed (initial weights, shuffling, split) so that one does not shift another. */
export function createRandom(seed: number, stream = ''): Random {
  const mix = splitmix32(seed)
  let hash = mix()
  for (const character of stream) hash = splitmix32(hash ^ (character.codePointAt(0) ?? 0))()
  const next = splitmix32(hash)
  let a = next() | 0
  let b = next() | 0
  let c = next() | 0
  let counter = 1
  let spare: number | null = null

  function bits(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) bits()

  const random: Random = {
    uniform: () => bits() / 4294967296,
    integer: (bound) => Math.floor((bits() / 4294967296) * bound),
    normal() {
      if (spare !== null) {
        const value = spare
        spare = null
        return value
      }
      const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()))
      const angle = 2 * Math.PI * random.uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    truncatedNormal() {
      let value = random.normal()
      while (Math.abs(value) > 2) value = random.normal()
      return value
    },
    gamma(shape) {
      if (shape < 1) return random.gamma(shape + 1) * random.uniform() ** (1 / shape)
      const d = shape - 1 / 3
      const c9 = 1 / Math.sqrt(9 * d)
      for (;;) {
        const x = random.normal()
        const v = (1 + c9 * x) ** 3
        if (v <= 0) continue
        if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
      }
    },
    save: () => [a, b, c, counter, spare],
    restore([a1, b1, c1, counter1, spare1]) {
      a = a1
      b = b1
      c = c1
      counter = counter1
      spare = spare1
    },
  }
  return random
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle<T extends Uint32Array | Int32Array>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const held = items[i]!
    items[i] = items[j]!
    items[j] = held
  }
  return items
}
