import { type BlockOrder, createBlockOrder, rowsInBlocks } from '../columns/blockOrder'
import type { EncodedColumn } from '../columns/encodedColumn'
import { type DrawRows, shuffledRows } from '../columns/rowOrder'
import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName } from '../experiment/columnName'
import type { EmbeddingColumn, Experiment, OptimizerSpec } from '../experiment/experiment'
import { flavorNames, optimizerNames } from '../experiment/optimizerNames'
import { flavorOf, optimizerRule } from '../experiment/optimizerRules'
import { categoricalPosition } from './categoricalPosition'
import { twoColumns } from './dotProductColumns'
import { hasPlainTables } from './hasPlainTables'

/** Optimizers whose steps on single rows are shared out among threads, by their number in kernels/simd/assembly/samples.ts. */
export const sampleOptimizers = ['sgd', 'adagrad', 'rowAdagrad'] as const
export type SampleOptimizer = (typeof sampleOptimizers)[number]

/** The order in which an experiment's training rows are trained: the same in every execution. */
export function rowDrawer(encoded: EncodedData, experiment: Experiment): DrawRows {
  const order = blockOrderOf(encoded, experiment)
  return order ? rowsInBlocks(order, experiment.seed) : shuffledRows(encoded.trainRows, experiment.seed)
}

/** Where steps on one row each can be shared out among threads; null for all else, which is shuffled. */
export function blockOrderOf(encoded: EncodedData, experiment: Experiment): BlockOrder | null {
  if (!drawsBlocks(encoded, experiment)) return null
  const [user, item] = sidesOf(encoded, experiment)
  return createBlockOrder(encoded.trainRows, user!.ids, item!.ids, experiment.seed)
}

/** Without the work of making the order. */
export function drawsBlocks(encoded: EncodedData, experiment: Experiment): boolean {
  return experiment.batchSize === 1 && blockObstacle(encoded, experiment) === null
}

/** Why steps on one row each are not shared out among threads, in words that follow a colon; null where they can be. */
export function blockObstacle(encoded: EncodedData, experiment: Experiment): string | null {
  const { task, outputs } = encoded.label
  if (experiment.model.type !== 'dotProduct' || task !== 'regression' || outputs !== 1)
    return 'only a dot product that predicts a number is shared out among several'
  const { optimizer } = experiment
  if (!sampleOptimizerOf(optimizer)) {
    const name = `${optimizerNames[optimizer.type]} (${flavorNames[flavorOf(optimizer)]})`
    return `steps of ${name} are not shared out, those of SGD, Row Adagrad and TensorFlow’s Adagrad are`
  }
  if (!hasPlainTables(encoded, experiment))
    return 'weighted values, a longest row and a shared table are not shared out'
  for (const { column, ids } of sidesOf(encoded, experiment)) {
    const name = categoricalName(column.categorical)
    if (!column.trainable) return `the vectors of ${name} stand still, which is not shared out`
    if (ids.offsets) return `some rows have several values of ${name}, or none`
  }
  return null
}

/** null: its steps need more than the row's own numbers, or another formula than the kernels of single rows have. */
export function sampleOptimizerOf(optimizer: OptimizerSpec): SampleOptimizer | null {
  return (optimizerRule(optimizer).epsilon === 0 && sampleOptimizers.find((name) => name === optimizer.type)) || null
}

function sidesOf(encoded: EncodedData, experiment: Experiment): { column: EmbeddingColumn; ids: EncodedColumn }[] {
  if (experiment.model.type !== 'dotProduct') return []
  return twoColumns(experiment, experiment.model).map((column) => ({
    column,
    ids: encoded.categorical[categoricalPosition(encoded, column.categorical)]!,
  }))
}
