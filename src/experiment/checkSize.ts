import { formatBytes, formatCount } from '../lib/formatNumber'
import type { Problem } from './checkExperiment'
import { categoricalName, columnName } from './columnName'
import type { CategoricalColumn, DenseColumn, Experiment } from './experiment'
import { limits } from './limits'
import { optimizerSlots } from './optimizerSlots'

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

function checkModel(experiment: Experiment, sizes: DataSizes): Problem[] {
  const { columns, optimizer } = experiment
  const numbers = columns.map((column) => parametersOf(column, experiment, sizes))
  const copies = 1 + optimizerSlots[optimizer.type]
  // A table that is not trained has no optimizer state.
  const held = columns.map((column, i) => numbers[i]! * (column.type === 'embedding' && !column.trainable ? 1 : copies))
  const bytes = 4 * (sum(held) + copies * layerParameters(experiment, sizes))
  if (bytes <= limits.modelBytes) return []
  const largest = held.indexOf(Math.max(...held))
  const column = columns[largest]!
  const state = optimizerSlots[optimizer.type] === 0 ? '' : ` with the state of ${optimizer.type}`
  const message = `The model would take ${formatBytes(bytes)}${state}, ${formatCount(numbers[largest]!)} numbers of it for ${columnName(column)}: the page stops at ${formatBytes(limits.modelBytes)}.`
  return [{ field: `columns.${largest}.${column.type === 'embedding' ? 'dimension' : 'categorical'}`, message }]
}

function parametersOf(column: DenseColumn, experiment: Experiment, sizes: DataSizes): number {
  const { model } = experiment
  const units = firstUnits(experiment, sizes)
  if (column.type === 'numeric') return units
  const buckets = sizes.buckets(column.categorical)
  if (column.type === 'indicator') return buckets * units
  if (model.type === 'tabular') return buckets * column.dimension + column.dimension * units
  const biased = model.biases && [model.user, model.item].includes(categoricalName(column.categorical))
  return buckets * (column.dimension + (biased ? 1 : 0))
}

/** Width of what the columns are multiplied into; a dot product has no such layer. */
function firstUnits(experiment: Experiment, sizes: DataSizes): number {
  const { model } = experiment
  return model.type === 'dotProduct' ? 0 : (model.hiddenUnits[0] ?? outputsOf(experiment, sizes))
}

/** Of the layers after the first. */
function layerParameters(experiment: Experiment, sizes: DataSizes): number {
  const { model } = experiment
  if (model.type === 'dotProduct') return 0
  const widths = [...model.hiddenUnits, outputsOf(experiment, sizes)]
  return sum(widths.slice(1).map((width, i) => width * (widths[i]! + 1)))
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
  const width = sum(inputs) + sum(hidden) + outputsOf(experiment, sizes)
  const bytes = 4 * rows * width
  if (bytes <= limits.batchBytes) return []
  const most = Math.floor(limits.batchBytes / (4 * width))
  const message = `${formatCount(rows)} rows at once, ${formatCount(width)} numbers each, would take ${formatBytes(bytes)}: up to ${formatCount(most)} rows fit into the ${formatBytes(limits.batchBytes)} of a batch.`
  return [{ field: 'batchSize', message }]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
