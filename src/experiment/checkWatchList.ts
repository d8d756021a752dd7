import type { Problem } from './checkExperiment'
import type { ColumnSummary } from './dataSummary'
import type { Experiment } from './experiment'
import type { WatchListSpec } from './watchList'

/** What stands in the way of a watch list: it predicts the next item of a user, from an embedding of the items before it alone. */
export function checkWatchList(
  { label, columns }: Experiment,
  { user, order, liked }: WatchListSpec,
  known: readonly ColumnSummary[],
): Problem[] {
  if (label.task !== 'multiclass') {
    return [{ field: 'label', message: 'A watch list predicts the next item: its label is the column of the items.' }]
  }
  const problems: Problem[] = []
  const item = label.column
  const [column, ...others] = columns
  const reads = column?.type === 'embedding' && column.categorical.type !== 'crossed' ? column.categorical.key : null
  if (reads !== item) {
    problems.push({ field: 'columns.0', message: `A watch list reads one embedding column of '${item}'.` })
  }
  if (column && column.type !== 'numeric' && column.categorical.weightKey !== undefined) {
    problems.push({
      field: 'columns.0.categorical.weightKey',
      message: 'A watch list counts every item the same: take the weight away.',
    })
  }
  others.forEach((_, i) => {
    problems.push({
      field: `columns.${i + 1}`,
      message: `A watch list reads the column of '${item}' only: remove this one.`,
    })
  })
  problems.push(...checkUser(user, item, known))
  problems.push(...checkNumbers(order, 'model.order', 'sorted by it', known))
  problems.push(...checkNumbers(liked?.column ?? null, 'model.liked', 'chosen by it', known))
  return problems
}

function checkUser(user: string, item: string, known: readonly ColumnSummary[]): Problem[] {
  const field = 'model.user'
  const column = known.find(({ name }) => name === user)
  if (!column) return [{ field, message: `The data has no column '${user}' that says whose list it is.` }]
  if (user === item) return [{ field, message: `'${user}' cannot be both whose list it is and what is on it.` }]
  return column.type === 'number' ? [{ field, message: `'${user}' holds fractions: it names nobody.` }] : []
}

function checkNumbers(name: string | null, field: string, use: string, known: readonly ColumnSummary[]): Problem[] {
  if (name === null) return []
  const column = known.find((candidate) => candidate.name === name)
  if (!column) return [{ field, message: `The data has no column '${name}'.` }]
  if (column.type === 'integer' || column.type === 'number') return []
  return [{ field, message: `'${name}' holds no numbers: a list cannot be ${use}.` }]
}
