import { bucketCount } from './bucketCount'
import type { Problem } from './checkExperiment'
import { columnName } from './columnName'
import type { ColumnSummary } from './dataSummary'
import type { CategoricalColumn, EmbeddingColumn, Experiment } from './experiment'
import { sharingFault } from './sharedEmbeddingColumns'

/** What stands in the way of embedding columns that share a table: they must number the same things, and agree on the vectors. */
export function checkShared({ columns, model }: Experiment, known: readonly ColumnSummary[]): Problem[] {
  const firsts = new Map<string, EmbeddingColumn>()
  return columns.flatMap((column, i): Problem[] => {
    if (column.type !== 'embedding' || column.sharedEmbeddingCollectionName === undefined) return []
    const name = column.sharedEmbeddingCollectionName
    const refuse = (message: string, part = 'sharedEmbeddingCollectionName') => [
      { field: `columns.${i}.${part}`, message },
    ]
    if (model.type !== 'tabular')
      return refuse('Only a network reads columns that share a table: choose it as the model.')
    if (columns.some((other) => columnName(other) === name)) return refuse(`A column is called ${name} already.`)
    if (column.startFrom) return refuse('A table that is shared cannot start from a checkpoint here.', 'startFrom')
    const first = firsts.get(name)
    if (!first) {
      firsts.set(name, column)
      return []
    }
    const fault = sharingFault(first.categorical, column.categorical) ?? wordsFault(first, column, known)
    if (fault !== null) return refuse(`${fault}.`)
    const setting = settings.find((one) => first[one] !== column[one])
    return setting
      ? refuse(
          `Columns that share a table have one ${words[setting]}: ${first[setting]} or ${column[setting]}.`,
          setting,
        )
      : []
  })
}

const settings = ['dimension', 'combiner', 'trainable', 'initializerStddev', 'maxNorm'] as const
const words = {
  dimension: 'dimension',
  combiner: 'combiner',
  trainable: 'answer to whether they are trained',
  initializerStddev: 'initializer',
  maxNorm: 'largest length',
}

/** A vocabulary of the data numbers the values of its own column: id 3 of one is another thing than id 3 of the other. */
function wordsFault(
  { categorical: a }: EmbeddingColumn,
  { categorical: b }: EmbeddingColumn,
  known: readonly ColumnSummary[],
): string | null {
  if (a.type === 'crossed' && a.exact && b.type === 'crossed') return 'Exact crosses number their own combinations'
  if (a.type !== 'vocabularyList' || b.type !== 'vocabularyList') return null
  const same = JSON.stringify([a.vocabulary, a.numOovBuckets]) === JSON.stringify([b.vocabulary, b.numOovBuckets])
  if (same && (a.vocabulary !== 'data' || a.key === b.key)) return null
  return `${listed(a, known)} and ${listed(b, known)} are different vocabularies: give both the same list of words, or hash both`
}

function listed(
  column: Extract<CategoricalColumn, { type: 'vocabularyList' }>,
  known: readonly ColumnSummary[],
): string {
  return `The ${bucketCount(column, known)} values of '${column.key}'`
}
