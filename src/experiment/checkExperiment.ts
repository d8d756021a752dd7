import { formatCount } from '../lib/formatNumber'
import { bucketCount } from './bucketCount'
import { checkColumn } from './checkColumn'
import { checkShared } from './checkShared'
import { checkSize } from './checkSize'
import { checkWatchList } from './checkWatchList'
import { categoricalName, columnName } from './columnName'
import type { ColumnSummary, DataSummary } from './dataSummary'
import { describeIssue } from './describeIssue'
import { type CategoricalColumn, type DenseColumn, type Experiment, experimentSchema } from './experiment'
import { limits } from './limits'

/** Why an experiment cannot run on this data, in words for the card that shows `field` (a path: 'columns.2.dimension'). */
export interface Problem {
  field: string
  message: string
}

/** Everything that stands in the way of a run, as far as the summary of the data tells; empty when nothing does. */
export function checkExperiment(experiment: Experiment, summary: DataSummary): Problem[] {
  const parsed = experimentSchema.safeParse(experiment)
  if (!parsed.success) {
    // Of a number that is too large twice over, the tighter bound comes last.
    const byField = new Map(parsed.error.issues.map((issue) => [issue.path.join('.'), describeIssue(issue)]))
    return [...byField].map(([field, message]) => ({ field, message }))
  }
  const problems = [
    ...checkLabel(experiment, summary.columns),
    ...checkLabelledRows(experiment, summary),
    ...experiment.columns.flatMap((column, i) => checkColumn(column, `columns.${i}`, summary.columns)),
    ...(experiment.model.type === 'watchList'
      ? checkWatchList(experiment, experiment.model, summary.columns)
      : checkLabelLeak(experiment)),
    ...checkNames(experiment.columns),
    ...checkShared(experiment, summary.columns),
    ...(experiment.model.type === 'dotProduct' ? checkDotProduct(experiment, experiment.model) : []),
  ]
  return problems.length > 0 ? problems : checkSizes(experiment, summary)
}

function checkSizes(experiment: Experiment, { columns, rowCount }: DataSummary): Problem[] {
  const [label] = labelColumns(experiment.label)
  return checkSize(experiment, {
    buckets: (column) => bucketCount(column, columns),
    classes: columns.find(({ name }) => name === label)?.distinct ?? 0,
    rows: rowCount,
  })
}

export function labelColumns(label: Experiment['label']): string[] {
  return label.task === 'regression' ? label.targets.map(({ column }) => column) : [label.column]
}

function checkLabel({ label, model }: Experiment, columns: readonly ColumnSummary[]): Problem[] {
  const names = labelColumns(label)
  return names.flatMap((name, i) => {
    const field = label.task === 'regression' ? `label.targets.${i}.column` : 'label.column'
    const column = columns.find((candidate) => candidate.name === name)
    const refuse = (message: string) => [{ field, message }]
    if (!column) return refuse(`The data has no column '${name}' to predict.`)
    if (names.indexOf(name) < i) return refuse(`'${name}' is predicted twice.`)
    if (label.task !== 'regression') {
      const most = model.type === 'watchList' ? limits.sampledClasses : limits.classes
      if (label.task === 'multiclass' && column.distinct > most) {
        return refuse(
          `'${name}' has ${formatCount(column.distinct)} different values: up to ${formatCount(most)} classes can be predicted.`,
        )
      }
      return column.type === 'number'
        ? refuse(`'${name}' holds fractions: predict it as a number, not as a class.`)
        : []
    }
    if (column.type === 'string' || column.type === 'date') {
      return refuse(
        `'${name}' holds ${column.type === 'date' ? 'dates' : 'text'}: it can be a class, not a number to predict.`,
      )
    }
    const lowest = column.min
    if (label.targets[i]!.transform === 'log1p' && lowest !== null && lowest <= -1) {
      return refuse(`'${name}' goes down to ${lowest}: log1p needs numbers above -1.`)
    }
    return []
  })
}

/** Rows to train on, and rows to measure on. */
const FEWEST_ROWS = 2

function checkLabelledRows({ label }: Experiment, { columns, rowCount }: DataSummary): Problem[] {
  for (const name of labelColumns(label)) {
    const column = columns.find((candidate) => candidate.name === name)
    const labelled = rowCount - (column?.missing ?? 0)
    if (!column || labelled >= FEWEST_ROWS) continue
    const found = labelled === 1 ? 'Only one row has' : 'No row has'
    const message = `${found} a value of '${name}': at least two are needed, one to train on and one to measure on.`
    return [{ field: label.task === 'regression' ? 'label.targets' : 'label.column', message }]
  }
  return []
}

/** The columns of the data that a categorical column reads, its weight last. */
export function keysOf(column: CategoricalColumn): string[] {
  const { weightKey } = column
  const keys =
    column.type === 'crossed'
      ? column.keys.flatMap((key) => (typeof key === 'string' ? [key] : keysOf(key)))
      : [column.key]
  return weightKey === undefined ? keys : [...keys, weightKey]
}

function checkLabelLeak({ label, columns }: Experiment): Problem[] {
  const labels = labelColumns(label)
  return columns.flatMap((column, i) => {
    const keys = column.type === 'numeric' ? [column.key] : keysOf(column.categorical)
    return keys
      .filter((key) => labels.includes(key))
      .map((key) => ({ field: `columns.${i}`, message: `'${key}' is what the model predicts: it cannot read it too.` }))
  })
}

/** Weights and exports go by name: two columns of one name would share them, and one bucket numbering. */
function checkNames(columns: readonly DenseColumn[]): Problem[] {
  const taken = new Set<string>()
  const categorical = new Map<string, string>()
  return columns.flatMap((column, i) => {
    const name = columnName(column)
    if (taken.has(name)) return [{ field: `columns.${i}`, message: `There is a column ${name} already.` }]
    taken.add(name)
    if (column.type === 'numeric') return []
    const base = categoricalName(column.categorical)
    const spec = JSON.stringify(column.categorical)
    const first = categorical.get(base) ?? spec
    categorical.set(base, first)
    if (first === spec) return []
    return [
      { field: `columns.${i}`, message: `'${base}' is turned into buckets in two ways: both columns must agree.` },
    ]
  })
}

function checkDotProduct(
  { label, columns }: Experiment,
  { user, item }: Extract<Experiment['model'], { type: 'dotProduct' }>,
): Problem[] {
  const problems: Problem[] = []
  if (label.task === 'multiclass' || (label.task === 'regression' && label.targets.length > 1)) {
    problems.push({ field: 'label', message: 'A dot product predicts one number: choose one label, or the network.' })
  }
  if (user === item) problems.push({ field: 'model.item', message: 'A dot product needs two different columns.' })
  const sides = [user, item].map((key) =>
    columns.find((column) => column.type === 'embedding' && categoricalName(column.categorical) === key),
  )
  sides.forEach((side, i) => {
    if (side) return
    const [field, key] = i === 0 ? ['model.user', user] : ['model.item', item]
    problems.push({ field, message: `The dot product needs an embedding column of '${key}'.` })
  })
  const dimensions = sides.map((side) => (side?.type === 'embedding' ? side.dimension : null))
  if (dimensions.every((dimension) => dimension !== null) && dimensions[0] !== dimensions[1]) {
    const message = `The dot product needs equal dimensions: '${user}' has ${dimensions[0]}, '${item}' has ${dimensions[1]}.`
    problems.push({ field: `columns.${columns.indexOf(sides[1]!)}.dimension`, message })
  }
  columns.forEach((column, i) => {
    if (sides.includes(column)) return
    const message = `The dot product reads '${user}' and '${item}' only: remove ${columnName(column)}, or choose the network.`
    problems.push({ field: `columns.${i}`, message })
  })
  return problems
}
