import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'

/** Whether no lookup is weighted and no table is clipped (`maxNorm`) or shared: the kernels of the fused executions do none of that. */
export function hasPlainTables({ categorical }: EncodedData, { columns }: Experiment): boolean {
  if (categorical.some(({ weights }) => weights)) return false
  return columns.every(
    (column) =>
      column.type !== 'embedding' ||
      (column.maxNorm === undefined && column.sharedEmbeddingCollectionName === undefined),
  )
}
