import { createRandom } from '../lib/random'

/**
 * First values of an embedding table [rows × dimension]: truncated normal around 0. `stddev` null = TensorFlow's 1/√dimension.
 * The same bits on every machine and backend; `name` is the variable's (`film_embedding`).
 */
export function initialTable(
  seed: number,
  name: string,
  rows: number,
  dimension: number,
  stddev: number | null,
): Float32Array {
  const random = createRandom(seed, `init/${name}`)
  const scale = stddev ?? 1 / Math.sqrt(dimension)
  const values = new Float32Array(rows * dimension)
  for (let i = 0; i < values.length; i++) values[i] = scale * random.truncatedNormal()
  return values
}

/** First values of a dense kernel [fanIn × fanOut]: Glorot uniform, TensorFlow's default. */
export function initialKernel(seed: number, name: string, fanIn: number, fanOut: number): Float32Array {
  const random = createRandom(seed, `init/${name}`)
  const limit = Math.sqrt(6 / (fanIn + fanOut))
  const values = new Float32Array(fanIn * fanOut)
  for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.uniform() - 1)
  return values
}
