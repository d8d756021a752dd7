import { keysOf, labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { Experiment } from '../../experiment/experiment'
import { suggestDimension } from '../../experiment/fourthRoot'
import { type ColumnKind, kindOf, kindsFor, makeColumn } from '../columns/columnKinds'

/** What an experiment does with a column of the data. */
export type ColumnUse = ColumnKind | 'label' | 'cross' | 'none'

export function presentUse(experiment: Experiment, name: string): ColumnUse {
  if (labelColumns(experiment.label).includes(name)) return 'label'
  for (const column of experiment.columns) {
    const kind = kindOf(column)
    if (column.type === 'numeric' ? column.key === name : kind !== null && keysOf(column.categorical).includes(name))
      return kind ?? 'none'
  }
  const crossed = experiment.columns.some(
    (column) => column.type !== 'numeric' && keysOf(column.categorical).includes(name),
  )
  return crossed ? 'cross' : 'none'
}

/** The other columns of the crosses that a column is in. */
export function crossedWith(experiment: Experiment, name: string): string[] {
  const crosses = experiment.columns.flatMap((column) =>
    column.type !== 'numeric' && column.categorical.type === 'crossed' ? [keysOf(column.categorical)] : [],
  )
  return [...new Set(crosses.filter((keys) => keys.includes(name)).flat())].filter((key) => key !== name)
}

/** Uses that can be chosen for a column; its present one among them. */
export function usesFor(experiment: Experiment, column: ColumnSummary): ColumnUse[] {
  const present = presentUse(experiment, column.name)
  if (present === 'label') return ['label']
  return present === 'cross' ? ['cross', 'none', ...kindsFor(column)] : ['none', ...kindsFor(column)]
}

/** The same experiment with another use of one column: its own feature column replaced, added or removed, a cross of it removed. */
export function withUse(experiment: Experiment, column: ColumnSummary, use: ColumnUse): Experiment {
  if (use === 'label' || use === 'cross') return experiment
  const isAbout = (feature: Experiment['columns'][number]) =>
    feature.type === 'numeric' ? feature.key === column.name : keysOf(feature.categorical).includes(column.name)
  const others = experiment.columns.filter((feature) => !isAbout(feature))
  if (use === 'none') return { ...experiment, columns: others }
  const dimension = experiment.columns.find((feature) => feature.type === 'embedding')?.dimension
  const added = makeColumn(use, column, dimension ?? suggestDimension(column.distinct))
  return { ...experiment, columns: [...others, added] }
}

/** `3 April 2021` and `4 March 2021` for `03/04/2021`; null when the text does not begin with two numbers. */
export function dateReadings(sample: string): { dayFirst: string; monthFirst: string } | null {
  const found = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4}))?/.exec(sample.trim())
  if (!found) return null
  const read = (day: number, month: number) =>
    `${day} ${months[month - 1] ?? `month ${month}`}${found[3] ? ` ${found[3]}` : ''}`
  return {
    dayFirst: read(Number(found[1]), Number(found[2])),
    monthFirst: read(Number(found[2]), Number(found[1])),
  }
}

const months = 'January February March April May June July August September October November December'.split(' ')
