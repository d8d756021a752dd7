import { keysOf, labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { DenseColumn, Experiment, Label, Task } from '../../experiment/experiment'
import { limits } from '../../experiment/limits'

const TRUE_WORDS = ['1', 'yes', 'true', 'y', 'positive', 'won', 'survived']

/** Tasks that a column can be the label of, the likeliest first. */
export function tasksFor(column: ColumnSummary): Task[] {
  if (column.type === 'date' || column.distinct < 2) return []
  if (column.distinct === 2) return column.type === 'string' ? ['binary'] : ['binary', 'regression']
  if (column.type === 'string') return column.distinct <= limits.classes ? ['multiclass'] : []
  return column.type === 'integer' && column.distinct <= limits.classes ? ['regression', 'multiclass'] : ['regression']
}

export function makeLabel(task: Task, column: ColumnSummary): Label {
  if (task === 'regression') return { task, targets: [{ column: column.name, transform: 'none', standardize: true }] }
  if (task === 'multiclass') return { task, column: column.name }
  const positive =
    column.samples.find((sample) => TRUE_WORDS.includes(sample.trim().toLowerCase())) ?? column.samples[0] ?? '1'
  return { task, column: column.name, positive }
}

/** Another label. What is predicted can't be read as well: its feature columns go, unless none would be left. */
export function withLabel(experiment: Experiment, label: Label): Experiment {
  const predicted = new Set(labelColumns(label))
  const columns = experiment.columns.filter((column) => !keysRead(column).some((key) => predicted.has(key)))
  return { ...experiment, label, columns: columns.length > 0 ? columns : experiment.columns }
}

/**
 * Columns that can be predicted instead: not those that the model reads. In a file of one's own an input counts too when
 * the model can do without it, for there all columns are inputs at first.
 */
export function labelCandidates(experiment: Experiment, columns: readonly ColumnSummary[]): ColumnSummary[] {
  const { columns: features, dataset, model } = experiment
  const present = labelColumns(experiment.label)
  return columns.filter((column) => {
    if (tasksFor(column).length === 0) return false
    const readers = features.filter((feature) => keysRead(feature).includes(column.name)).length
    const canDoWithout = dataset.source === 'file' && model.type === 'tabular' && readers < features.length
    return readers === 0 || canDoWithout || present.includes(column.name)
  })
}

/** Columns of the data that a feature column reads. */
export function keysRead(column: DenseColumn): string[] {
  return column.type === 'numeric' ? [column.key] : keysOf(column.categorical)
}

/** `rating`, `cars, bike_members and 2 more`. */
export function labelWords(label: Label): string {
  const names = labelColumns(label)
  return names.length <= 2 ? names.join(' and ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
