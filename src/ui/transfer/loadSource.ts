import { tableFromCheckpoint } from '../../exports/tableFromCheckpoint'
import { decodeWeights, type Weights, WeightsFileError } from '../../exports/weightsFile'
import type { AppHandles } from '../useApp'
import type { LoadedSource } from './lab'

const HOURS = 168
/** Monday 0 h, as every table of day × hour calls it. */
const hourKeys = new Set(Array.from({ length: HOURS }, (_, at) => `${Math.floor(at / 24)} × ${at % 24}`))

/** Reads weights as a source for students. Rejects with words a person can act on where they hold no vectors for hours of the week. */
export async function loadSource(
  { store }: Pick<AppHandles, 'store'>,
  bytes: ArrayBuffer,
  title: string,
): Promise<LoadedSource> {
  const table = hourTable(decodeWeights(bytes))
  const { fingerprint } = await store.getState().keepCheckpoint(bytes, title)
  return { title, bytes, fingerprint, ...table }
}

/** The table that knows the most hours of the week. */
function hourTable(weights: Weights): Pick<LoadedSource, 'tensor' | 'dimension' | 'found'> {
  const tables = Object.entries(weights.keyed).flatMap(([tensor, { keys, array }]) => {
    const dimension = array.shape[1]
    const found = keys.filter((key) => hourKeys.has(key)).length
    return dimension === undefined ? [] : [{ tensor, dimension, found, first: keys.find((key) => key !== '') }]
  })
  const [best] = tables.sort((a, b) => b.found - a.found)
  if (!best) throw new WeightsFileError('These weights hold no embedding table.')
  if (best.found === 0) {
    throw new WeightsFileError(
      `These weights are of ${weights.dataset.title}: the rows of ${best.tensor} are called like “${best.first ?? ''}”. A student needs vectors of day × hour, called like “4 × 17”.`,
    )
  }
  const { first: _, ...table } = best
  return table
}

/** Why TensorFlow would refuse to start an embedding of another dimension from these weights; null where it would not. */
export function whyRefused({ bytes, tensor }: LoadedSource, dimension: number): string | null {
  try {
    tableFromCheckpoint(decodeWeights(bytes), tensor, { buckets: null, dimension })
    return null
  } catch (error) {
    if (error instanceof WeightsFileError) return error.message
    throw error
  }
}

/** The vectors that students start from [keys × dimension], in the order of `keys`; NaN for a key without one. */
export function sourceVectors(bytes: ArrayBuffer, tensor: string, keys: readonly string[]): Float32Array | null {
  const table = decodeWeights(bytes).keyed[tensor]
  const dimension = table?.array.shape[1]
  if (!table || dimension === undefined) return null
  const rowOf = new Map(table.keys.map((key, row) => [key, row]))
  const vectors = new Float32Array(keys.length * dimension).fill(Number.NaN)
  keys.forEach((key, at) => {
    const row = rowOf.get(key)
    if (row !== undefined)
      vectors.set(table.array.values.subarray(row * dimension, (row + 1) * dimension), at * dimension)
  })
  return vectors
}
