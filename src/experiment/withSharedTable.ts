import { categoricalName, columnName } from './columnName'
import type { DenseColumn, EmbeddingColumn, Experiment } from './experiment'
import { sharingFault } from './sharedEmbeddingColumns'

/** The columns whose table `column` could look its rows up in. */
export function tablesToShare(column: EmbeddingColumn, columns: readonly DenseColumn[]): EmbeddingColumn[] {
  return columns.filter(
    (other): other is EmbeddingColumn =>
      other.type === 'embedding' &&
      categoricalName(other.categorical) !== categoricalName(column.categorical) &&
      !isOfData(column) &&
      sharingFault(other.categorical, column.categorical) === null,
  )
}

/** Numbered by the values of its own data. */
function isOfData({ categorical }: EmbeddingColumn): boolean {
  if (categorical.type === 'crossed') return categorical.exact
  return categorical.type === 'vocabularyList' && categorical.vocabulary === 'data'
}

/**
 * `column` in the place `index` (null: added), looking its rows up in the table of `partner`, with the settings of that; null, or one that it cannot share: in one of its own. A
 * collection of one column becomes an own table again.
 */
export function withSharedTable(
  experiment: Experiment,
  index: number | null,
  column: DenseColumn,
  partner: string | null,
): Experiment {
  const columns = index === null ? [...experiment.columns, column] : experiment.columns.with(index, column)
  const place = index ?? columns.length - 1
  const others = columns.filter((_, i) => i !== place)
  const offered = column.type === 'embedding' ? tablesToShare(column, others) : []
  const other = columns.findIndex((one) => columnName(one) === partner && offered.some((able) => able === one))
  const shares = columns[other]
  if (column.type === 'embedding' && shares?.type === 'embedding') {
    const names = [column, shares].map(({ categorical }) => categoricalName(categorical)).sort()
    const sharedEmbeddingCollectionName = shares.sharedEmbeddingCollectionName ?? `${names.join('_')}_shared_embedding`
    const { startFrom: _, ...settings } = { ...shares, sharedEmbeddingCollectionName }
    columns[place] = { ...settings, categorical: column.categorical }
    columns[other] = settings
  } else if (column.type === 'embedding') columns[place] = withOwnTable(column)
  return { ...experiment, columns: columns.map((one) => (isAlone(one, columns) ? withOwnTable(one) : one)) }
}

function isAlone(column: DenseColumn, columns: readonly DenseColumn[]): column is EmbeddingColumn {
  const name = column.type === 'embedding' ? column.sharedEmbeddingCollectionName : undefined
  if (name === undefined) return false
  return columns.filter((one) => one.type === 'embedding' && one.sharedEmbeddingCollectionName === name).length === 1
}

function withOwnTable({ sharedEmbeddingCollectionName: _, ...column }: EmbeddingColumn): EmbeddingColumn {
  return column
}
