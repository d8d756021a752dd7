import { categoricalName } from './columnName'
import type { DataSummary } from './dataSummary'
import type { Experiment } from './experiment'
import { categoricalColumnWithVocabularyList, embeddingColumn } from './featureColumn'
import { ratingColumns } from './ratingColumns'

const TIME = /^(timestamp|time|rated_?at|watched_?at|created_?at|date)$/i

/** Found on Movies: two numbers a film make a map, and lists in no order are read whole. */
const forLab = { dimension: 2, length: 50, batchSize: 256, l2: 0, epochs: 12 }
/** Found on MovieLens latest-small, on splits 11 and 12: what was watched last says most about what is next. */
const forRatings = { dimension: 32, length: 10, batchSize: 512, l2: 0.001, epochs: 8 }
/** Whole users are held out: a tenth of them would be few to measure on. */
const HELD_OUT = 0.2

/**
 * The watch list over the same data, with a recipe of its own; seeds and backend stay. null where no columns are told to be users and items.
 * Simulated viewers choose films whatever they like: only what they rated well tells them apart, so that alone is on their lists.
 */
export function suggestWatchList(
  experiment: Experiment,
  summary: Pick<DataSummary, 'columns' | 'nature'>,
): Experiment | null {
  const sides = sidesOf(experiment, summary)
  if (!sides) return null
  const { user, item, rating } = sides
  const order = summary.columns.find(({ name, type }) => TIME.test(name) && (type === 'integer' || type === 'number'))
  const simulated = summary.nature === 'simulated'
  const { dimension, length, batchSize, l2, epochs } = simulated ? forLab : forRatings
  const column = categoricalColumnWithVocabularyList(item, 'data')
  return {
    ...experiment,
    label: { task: 'multiclass', column: item },
    columns: [embeddingColumn(column, dimension, { initializerStddev: 0.1 })],
    model: {
      type: 'watchList',
      user,
      order: order?.name ?? null,
      liked: simulated && rating ? { column: rating, atLeast: 4 } : null,
      length,
      candidates: 256,
    },
    optimizer: { type: 'adam', learningRate: 0.01 },
    batchSize,
    l2,
    split: { ...experiment.split, validationShare: HELD_OUT },
    stop: { epochs, patience: null },
  }
}

function sidesOf(
  { model, columns, label }: Experiment,
  { columns: known }: Pick<DataSummary, 'columns'>,
): { user: string; item: string; rating: string | null } | null {
  if (model.type === 'dotProduct') {
    const [user, item] = [model.user, model.item].map((name) => {
      const side = columns.find((column) => column.type === 'embedding' && categoricalName(column.categorical) === name)
      return side?.type === 'embedding' && side.categorical.type !== 'crossed' ? side.categorical.key : null
    })
    const rating = label.task === 'regression' ? (label.targets[0]?.column ?? null) : null
    return user && item ? { user, item, rating } : null
  }
  return ratingColumns(known)
}
