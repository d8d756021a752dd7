import { type ShapedArray, type Weights, WeightsFileError } from './weightsFile'

/** A table of a checkpoint; `keys[i]` names row i. */
export interface CheckpointTable extends ShapedArray {
  keys: string[]
  /** What people call the rows, where the keys are numbers or the like. */
  labels?: string[]
}

/**
 * TensorFlow's `ckpt_to_load_from` and `tensor_name_in_ckpt` with a weights file of this project as the checkpoint: the table of that name. `buckets`
 * null: as many as it has, since its rows will be told by their keys, where TensorFlow tells them by their number. Throws a `WeightsFileError` for a
 * name the file lacks, and for a shape that TensorFlow would refuse.
 */
export function tableFromCheckpoint(
  ckptToLoadFrom: Weights,
  tensorNameInCkpt: string,
  { buckets, dimension }: { buckets: number | null; dimension: number },
): CheckpointTable {
  const { keyed, dense } = ckptToLoadFrom
  const table = keyed[tensorNameInCkpt]
  const found = table?.array ?? dense[tensorNameInCkpt]
  if (!found) {
    const names = [...Object.keys(keyed), ...Object.keys(dense)].join(', ')
    throw new WeightsFileError(`The weights file has no tensor '${tensorNameInCkpt}'. It has: ${names}.`)
  }
  const [rows = 1, width = 1] = found.shape
  if (table && found.shape.length === 2 && rows === (buckets ?? rows) && width === dimension) {
    const { keys, labels } = table
    return { keys, ...(labels && { labels }), shape: found.shape, values: found.values.slice() }
  }
  throw new WeightsFileError(
    `'${tensorNameInCkpt}' has the shape [${found.shape.join(', ')}] in the weights file, and this embedding needs [${buckets ?? 'any'}, ${dimension}]: ${whatDiffers(found.shape, buckets, dimension)}. TensorFlow refuses such a checkpoint, too.`,
  )
}

function whatDiffers(shape: readonly number[], buckets: number | null, dimension: number): string {
  if (shape.length !== 2) return 'it is no embedding table'
  const differences = [
    ...(shape[0] === (buckets ?? shape[0]) ? [] : [`${shape[0]} buckets, not ${buckets}`]),
    ...(shape[1] === dimension
      ? []
      : [`vectors of ${shape[1]} ${shape[1] === 1 ? 'number' : 'numbers'}, not of ${dimension}`]),
  ]
  return `it holds ${differences.join(' and ')}`
}
