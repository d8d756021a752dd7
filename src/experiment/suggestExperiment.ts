import type { ColumnSummary, DataSummary } from './dataSummary'
import type { DenseColumn, Experiment, Label } from './experiment'
import {
  categoricalColumnWithHashBucket,
  categoricalColumnWithVocabularyList,
  embeddingColumn,
  numericColumn,
} from './featureColumn'
import { suggestDimension } from './fourthRoot'
import { labDefaults } from './labs'
import { limits } from './limits'
import { partsOfLabel } from './partsOfLabel'
import { dayHourKeys, withDayHourFeatures } from './presets'
import { ratingColumns } from './ratingColumns'
import { isFreeText, vocabularyOfWords } from './words'

/** Above it a vocabulary would be longer than useful, and a hash bucket column takes over. */
const MOST_WORDS = 100_000
/** Up to it whole numbers are read as categories. */
const FEW_NUMBERS = 32
const MOST_COLUMNS = 32

/**
 * What to train first on data that a person brought; a built-in opens with its lab's default. Ratings get a dot product, dates with an hour and
 * a number to predict get the exact day × hour cross, any other table a network over what its columns look like. Where there
 * is nothing to predict or to learn from, `checkExperiment` objects to what comes back. `summary` has at least one column.
 */
export function suggestExperiment(summary: DataSummary, labelColumn?: string): Experiment {
  const builtin = Object.entries(labDefaults).find(([name]) => name === summary.name && summary.nature !== 'yours')
  if (builtin && labelColumn === undefined) return builtin[1]
  const label = chooseLabel(summary.columns, labelColumn)
  const ratings = ratingColumns(summary.columns)
  if (ratings && (labelColumn === undefined || labelColumn === ratings.rating)) return forRatings(summary, ratings)
  const base: Experiment = {
    version: 1,
    dataset: { source: 'file', name: summary.name, fingerprint: summary.fingerprint },
    dateOrders: {},
    label: labelOf(label),
    columns: [],
    model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
    optimizer: { type: 'adagrad', learningRate: 0.1, flavor: 'tf1' },
    batchSize: 1024,
    l2: 0,
    seed: 42,
    split: { validationShare: 0.1, seed: 1 },
    stop: { epochs: 60, patience: null },
    backend: 'auto',
  }
  const keys = dayHourKeys(summary.columns)
  if (keys && base.label.task === 'regression') return withDayHourFeatures(base, 'cross', keys)
  const others = summary.columns.filter((column) => column !== label && column.derivedFrom !== label.name)
  const parts: readonly string[] = partsOfLabel(summary, label.name) ?? []
  const telling = others.filter(
    (column) =>
      (isFreeText(column, summary.rowCount) || !saysNothing(column, summary.rowCount)) &&
      !parts.includes(column.name) &&
      !isTwice(column, summary.columns),
  )
  const chosen = [telling, others, [label]].find((choice) => choice.length > 0)!
  const texts = chosen.filter((column) => isFreeText(column, summary.rowCount))
  const columns = chosen
    .slice(0, MOST_COLUMNS)
    .map((column) => (texts.includes(column) ? wordsOf(column) : featureOf(column)))
  return {
    ...base,
    columns,
    model: { type: 'tabular', hiddenUnits: texts.length === chosen.length ? [] : [32], activation: 'relu' },
    stop: { epochs: 60, patience: 10 },
    // Most words come once or twice: they need the steps that Adam gives them, and more of them than large batches have.
    ...(texts.length > 0 && { optimizer: { type: 'adam', learningRate: 0.01, flavor: 'tf1' }, batchSize: 128 }),
  }
}

/** The course's: three numbers a word. They start small, so that words that are hardly seen say nothing. */
function wordsOf({ name }: ColumnSummary): DenseColumn {
  return embeddingColumn(vocabularyOfWords(name), 3, { initializerStddev: 0.05 })
}

function forRatings(summary: DataSummary, names: { user: string; item: string; rating: string }): Experiment {
  return {
    ...labDefaults.movies,
    dataset: { source: 'file', name: summary.name, fingerprint: summary.fingerprint },
    label: { task: 'regression', targets: [{ column: names.rating, transform: 'none', standardize: false }] },
    columns: [names.item, names.user].map((key) =>
      embeddingColumn(categoricalColumnWithVocabularyList(key, 'data'), 32, { initializerStddev: 0.1 }),
    ),
    model: { type: 'dotProduct', user: names.user, item: names.item, biases: true },
    // Found on MovieLens latest-small: many dimensions under a strong L2 generalize better than few under a weak one.
    optimizer: { type: 'adam', learningRate: 0.004, flavor: 'tf1' },
    batchSize: 2048,
    l2: 0.1,
    stop: { epochs: 20, patience: 5 },
  }
}

const LABEL_NAME =
  /^(label|target|class|y|outcome|price|rating|sales|volume|count|total|amount)$|_(label|target|class|volume|count|price)$/i

/** The named column, or one that is called like a label, or the last number, or the last column that varies and has few values, or the last of all. */
function chooseLabel(columns: readonly ColumnSummary[], named: string | undefined): ColumnSummary {
  const possible = columns.filter(({ type, distinct, derivedFrom }) => type !== 'date' && distinct > 1 && !derivedFrom)
  const isNumber = ({ type }: ColumnSummary) => type === 'number' || type === 'integer'
  return (
    columns.find(({ name }) => name === named) ??
    possible.find(
      (column) => LABEL_NAME.test(column.name) && (isNumber(column) || column.distinct <= limits.classes),
    ) ??
    possible.findLast((column) => isNumber(column) && !isId(column)) ??
    possible.findLast(({ distinct }) => distinct <= limits.classes) ??
    columns.at(-1)!
  )
}

function labelOf({ name, type, distinct, samples, max }: ColumnSummary): Label {
  if (type === 'number' || (type === 'integer' && distinct > 2)) {
    return { task: 'regression', targets: [{ column: name, transform: 'none', standardize: true }] }
  }
  if (distinct > 2) return { task: 'multiclass', column: name }
  const yes = samples.find((sample) => /^(1|yes|y|true|t|positive|ja|oui|si)$/i.test(sample))
  return { task: 'binary', column: name, positive: yes ?? (max === null ? (samples.at(-1) ?? '') : String(max)) }
}

function isId({ name, type }: ColumnSummary): boolean {
  return type !== 'number' && /(^|_)(id|key|code|index|no|nr)$|[a-z]I[dD]$/i.test(name)
}

/** A column that says nothing, or the row itself: constant, different in every row (fractions may be), or a counter. */
function saysNothing(column: ColumnSummary, rowCount: number): boolean {
  const { type, distinct, missing, min, max } = column
  if (type === 'date' || distinct <= 1) return true
  if (type === 'number' || distinct < rowCount - missing) return false
  const isCounter = min !== null && max !== null && max - min + 1 === distinct
  return type === 'string' || isId(column) || isCounter
}

const OWN_NAMES = {
  dayOfWeek: /^(week_?day|day_?of_?week|dow)$/i,
  hourOfDay: /^(hour|hr|hour_?of_?day)$/i,
  month: /^(month|mnth|mon)$/i,
}

/** Taken from a date, while the file has a column of that name of its own. */
function isTwice({ derivedFrom, meaning }: ColumnSummary, columns: readonly ColumnSummary[]): boolean {
  if (derivedFrom === null || meaning === null) return false
  return columns.some((column) => column.derivedFrom === null && OWN_NAMES[meaning].test(column.name))
}

function featureOf(column: ColumnSummary): DenseColumn {
  const { name, type, distinct, meaning } = column
  const fewOrNamed = meaning !== null || distinct <= FEW_NUMBERS || isId(column)
  const isCategory = type === 'string' || type === 'date' || (type === 'integer' && fewOrNamed)
  if (!isCategory) return numericColumn(name, { normalizer: 'standardize' })
  return distinct < MOST_WORDS
    ? embeddingColumn(categoricalColumnWithVocabularyList(name, 'data'), suggestDimension(distinct))
    : embeddingColumn(categoricalColumnWithHashBucket(name, MOST_WORDS), suggestDimension(MOST_WORDS))
}
