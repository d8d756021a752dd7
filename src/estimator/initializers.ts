import type { Random } from '../lib/random'

/** First values of a variable, `shape` row-major. `random` is seeded by the Estimator's seed and the variable's name. */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array

function filled(shape: readonly number[], value: () => number): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, value)
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** TensorFlow's, by name, with its defaults. */
export const initializers = {
  zeros: (): Initializer => (shape) => new Float32Array(sizeOf(shape)),

  ones: (): Initializer => (shape) => filled(shape, () => 1),

  /** One number for all, or as many as the variable has. */
  constant(value: number | ArrayLike<number>): Initializer {
    return (shape) => {
      if (typeof value === 'number') return filled(shape, () => value)
      if (value.length === sizeOf(shape)) return Float32Array.from(value)
      throw new RangeError(`${value.length} numbers were given for a variable of the shape [${shape.join(', ')}].`)
    }
  },

  randomNormal(mean = 0, stddev = 1): Initializer {
    return (shape, random) => filled(shape, () => mean + stddev * random.normal())
  },

  /** Redrawn until within two standard deviations. */
  truncatedNormal(mean = 0, stddev = 1): Initializer {
    return (shape, random) => filled(shape, () => mean + stddev * random.truncatedNormal())
  },

  randomUniform(min = 0, max = 1): Initializer {
    return (shape, random) => filled(shape, () => min + (max - min) * random.uniform())
  },

  /** Glorot and Bengio 2010: uniform within ±√(6 / (fan in + fan out)). The default of `getVariable`. */
  glorotUniform(): Initializer {
    return (shape, random) => {
      const [fanIn, fanOut] = fans(shape)
      const limit = Math.sqrt(6 / (fanIn + fanOut))
      return filled(shape, () => limit * (2 * random.uniform() - 1))
    }
  },
}

/** As TensorFlow counts them: the last two axes, times the receptive field before them. */
function fans(shape: readonly number[]): [number, number] {
  const last = shape.at(-1) ?? 1
  if (shape.length < 2) return [last, last]
  const field = sizeOf(shape.slice(0, -2))
  return [field * shape.at(-2)!, field * last]
}
