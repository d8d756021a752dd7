import { type Weights, WeightsFileError } from './weightsFile'

/**
 * TensorFlow's `ckpt_to_load_from` and `tensor_name_in_ckpt` with a weights file of this project as the checkpoint: the table of that name
 * [buckets × dimension], row for row as the file has it. Throws a `WeightsFileError` for a name the file lacks, and for another shape than the
 * column needs, as TensorFlow does.
 */
export function tableFromCheckpoint(
  ckptToLoadFrom: Weights,
  tensorNameInCkpt: string,
  { buckets, dimension }: { buckets: number; dimension: number },
): Float32Array {
  const found = ckptToLoadFrom.keyed[tensorNameInCkpt]?.array ?? ckptToLoadFrom.dense[tensorNameInCkpt]
  if (!found) {
    const names = [...Object.keys(ckptToLoadFrom.keyed), ...Object.keys(ckptToLoadFrom.dense)].join(', ')
    throw new WeightsFileError(`The weights file has no tensor '${tensorNameInCkpt}'. It has: ${names}.`)
  }
  const [rows = 1, width = 1] = found.shape
  if (found.shape.length === 2 && rows === buckets && width === dimension) return found.values.slice()
  throw new WeightsFileError(
    `'${tensorNameInCkpt}' has the shape [${found.shape.join(', ')}] in the weights file, and this embedding needs [${buckets}, ${dimension}]: ${whatDiffers(found.shape, buckets, dimension)}.`,
  )
}

function whatDiffers(shape: readonly number[], buckets: number, dimension: number): string {
  if (shape.length !== 2) return 'it is no embedding table'
  const differences = [
    ...(shape[0] === buckets ? [] : [`${shape[0]} buckets, not ${buckets}`]),
    ...(shape[1] === dimension ? [] : [`vectors of ${shape[1]} numbers, not of ${dimension}`]),
  ]
  return `it holds ${differences.join(' and ')}`
}
