import { formatBytes, formatCount } from '../lib/formatNumber'
import type { Problem } from './checkExperiment'
import { categoricalName, columnName, tableName } from './columnName'
import type { CategoricalColumn, DenseColumn, EmbeddingColumn, Experiment, OptimizerSpec } from './experiment'
import { limits } from './limits'
import { optimizerNames } from './optimizerNames'
import { optimizerRule, slotNumbers } from './optimizerRules'
import { isSampled, networkOf } from './watchList'

/** What the sizes of a model follow from, beside the experiment: from a summary as far as that knows, or from encoded data. */
export interface DataSizes {
  buckets(column: CategoricalColumn): number
  /** Values to predict from: width of the softmax. */
  classes: number
  rows: number
}

/** Whether weights, optimizer state and one batch fit into memory, before any of them is made. */
export function checkSize(experiment: Experiment, sizes: DataSizes): Problem[] {
  return [...checkModel(experiment, sizes), ...checkBatch(experiment, sizes)]
}

/** A trained or frozen array of the model. */
interface Weights {
  rows: number
  dimension: number
  trainable: boolean
}

function checkModel(experiment: Experiment, sizes: DataSizes): Problem[] {
  const { columns, optimizer } = experiment
  const held = columns.map((column) => numbersHeld(weightsOf(column, experiment, sizes), optimizer))
  const bytes = 4 * (sum(held) + numbersHeld(layerWeights(experiment, sizes), optimizer))
  if (bytes <= limits.modelBytes) return []
  const largest = held.indexOf(Math.max(...held))
  const column = columns[largest]!
  const numbers = sum(weightsOf(column, experiment, sizes).map(({ rows, dimension }) => rows * dimension))
  const state =
    optimizerRule(optimizer).slots.length === 0 ? '' : ` with the state of ${optimizerNames[optimizer.type]}`
  const message = `The model would take ${formatBytes(bytes)}${state}, ${formatCount(numbers)} numbers of it for ${columnName(column)}: the page stops at ${formatBytes(limits.modelBytes)}.`
  return [{ field: `columns.${largest}.${column.type === 'embedding' ? 'dimension' : 'categorical'}`, message }]
}

/** Of weights and their optimizer state; a table that is not trained has none. */
function numbersHeld(weights: Weights[], optimizer: OptimizerSpec): number {
  return sum(
    weights.map(
      ({ rows, dimension, trainable }) => rows * dimension + (trainable ? slotNumbers(optimizer, rows, dimension) : 0),
    ),
  )
}

function weightsOf(column: DenseColumn, experiment: Experiment, sizes: DataSizes): Weights[] {
  const { model } = experiment
  const units = firstUnits(experiment, sizes)
  if (column.type === 'numeric') return [{ rows: 1, dimension: units, trainable: true }]
  const buckets = sizes.buckets(column.categorical)
  if (column.type === 'indicator') return [{ rows: buckets, dimension: units, trainable: true }]
  const { dimension, trainable } = column
  const table = { rows: isHeldBefore(column, experiment) ? 0 : buckets, dimension, trainable }
  if (model.type !== 'dotProduct') return [table, { rows: dimension, dimension: units, trainable: true }]
  const biased = model.biases && [model.user, model.item].includes(categoricalName(column.categorical))
  return biased ? [table, { rows: buckets, dimension: 1, trainable: true }] : [table]
}

/** The table of a collection is counted at its first column. */
function isHeldBefore(column: EmbeddingColumn, { columns }: Experiment): boolean {
  const table = tableName(column)
  return columns.find((one) => one.type === 'embedding' && tableName(one) === table) !== column
}

/** Width of what the columns are multiplied into; a dot product has no such layer. */
function firstUnits(experiment: Experiment, sizes: DataSizes): number {
  const { model } = experiment
  return model.type === 'dotProduct' ? 0 : (networkOf(model).hiddenUnits[0] ?? outputsOf(experiment, sizes))
}

/** Of the layers after the first. */
function layerWeights(experiment: Experiment, sizes: DataSizes): Weights[] {
  const { model } = experiment
  if (model.type === 'dotProduct') return []
  const widths = [...networkOf(model).hiddenUnits, outputsOf(experiment, sizes)]
  return widths.slice(1).flatMap((width, i) => [
    { rows: widths[i]!, dimension: width, trainable: true },
    { rows: 1, dimension: width, trainable: true },
  ])
}

function outputsOf({ label }: Experiment, { classes }: DataSizes): number {
  if (label.task === 'multiclass') return classes
  return label.task === 'regression' ? label.targets.length : 1
}

function checkBatch(experiment: Experiment, sizes: DataSizes): Problem[] {
  const { columns, model } = experiment
  const rows = Math.min(experiment.batchSize, sizes.rows)
  const inputs = columns.map((column) => (column.type === 'embedding' ? column.dimension : 1))
  const hidden = model.type === 'tabular' ? model.hiddenUnits : []
  const classes = outputsOf(experiment, sizes)
  const sampled = model.type === 'watchList' && isSampled(model, classes)
  const width = sum(inputs) + sum(hidden) + (sampled ? model.candidates : classes)
  const bytes = 4 * rows * width
  if (bytes <= limits.batchBytes) return []
  const most = Math.floor(limits.batchBytes / (4 * width))
  const message = `${formatCount(rows)} rows at once, ${formatCount(width)} numbers each, would take ${formatBytes(bytes)}: up to ${formatCount(most)} rows fit into the ${formatBytes(limits.batchBytes)} of a batch.`
  return [{ field: 'batchSize', message }]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
