import { type BlockOrder, createBlockOrder, rowsInBlocks } from '../columns/blockOrder'
import { type DrawRows, shuffledRows } from '../columns/rowOrder'
import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { categoricalPosition } from './categoricalPosition'
import { twoColumns } from './dotProductColumns'

/** The order in which an experiment's training rows are trained: the same in every execution. */
export function rowDrawer(encoded: EncodedData, experiment: Experiment): DrawRows {
  const order = blockOrderOf(encoded, experiment)
  return order ? rowsInBlocks(order, experiment.seed) : shuffledRows(encoded.trainRows, experiment.seed)
}

/** Of a dot product of single ids trained one example at a time; null for all else, which is shuffled. */
export function blockOrderOf(encoded: EncodedData, experiment: Experiment): BlockOrder | null {
  if (!drawsBlocks(encoded, experiment)) return null
  const [user, item] = sidesOf(encoded, experiment)
  return createBlockOrder(encoded.trainRows, user!, item!, experiment.seed)
}

/** Without the work of making the order. */
export function drawsBlocks(encoded: EncodedData, experiment: Experiment): boolean {
  const { batchSize, model } = experiment
  if (batchSize !== 1 || model.type !== 'dotProduct') return false
  return sidesOf(encoded, experiment).every(({ offsets, weights }) => !offsets && !weights)
}

function sidesOf(encoded: EncodedData, experiment: Experiment) {
  if (experiment.model.type !== 'dotProduct') return []
  return twoColumns(experiment, experiment.model).map(
    ({ categorical }) => encoded.categorical[categoricalPosition(encoded, categorical)]!,
  )
}
