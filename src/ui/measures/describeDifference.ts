import { categoricalName } from '../../experiment/columnName'
import type { CategoricalColumn, DenseColumn, Experiment } from '../../experiment/experiment'
import { flavorNames, optimizerNames } from '../../experiment/optimizerNames'
import { flavorOf } from '../../experiment/optimizerRules'
import type { WatchListSpec } from '../../experiment/watchList'

function categoricalWords(column: CategoricalColumn): string {
  switch (column.type) {
    case 'crossed': {
      const keys = column.keys.map((key) => (typeof key === 'string' ? key : categoricalName(key))).join(' × ')
      return column.exact ? `${keys} exact` : `${keys} hashed into ${column.hashBucketSize}`
    }
    case 'hashBucket':
      return `${column.key} hashed into ${column.hashBucketSize}`
    case 'bucketized':
      return `${column.key} in ${column.boundaries.length + 1} buckets`
    case 'vocabularyList':
      return column.split ? `words of ${column.key}` : column.key
    default:
      return column.key
  }
}

function columnWords(column: DenseColumn): string {
  if (column.type === 'numeric') return `${column.key} as a number`
  const words = categoricalWords(column.categorical)
  return column.type === 'indicator' ? `${words} one-hot` : words
}

/** The features in one line: `day × hour exact · dimension 2`, `day + hour · dimensions 2, 3`. */
export function describeFeatures(experiment: Experiment): string {
  return [columnsWords(experiment), dimensionWords(experiment)].filter(Boolean).join(' · ')
}

/** The same where the end may be cut off: `dimension 2 · day × hour exact`. */
export function describeDimensionFirst(experiment: Experiment): string {
  return [dimensionWords(experiment), columnsWords(experiment)].filter(Boolean).join(' · ')
}

function columnsWords({ columns }: Experiment): string {
  return columns.map(columnWords).join(' + ')
}

/** `''` without an embedding. */
function dimensionWords({ columns }: Experiment): string {
  const dimensions = columns.flatMap((column) => (column.type === 'embedding' ? [column.dimension] : []))
  const different = [...new Set(dimensions)]
  if (different.length === 0) return ''
  return different.length === 1 ? `dimension ${different[0]}` : `dimensions ${dimensions.join(', ')}`
}

const modelNames = { dotProduct: 'dot product', tabular: 'network', watchList: 'watch list' } as const

/** Each setting once: how it is called, and its value as text. */
const settings: [title: string, read: (experiment: Experiment) => string | number][] = [
  [
    'predicts',
    (e) => (e.label.task === 'regression' ? e.label.targets.map((t) => t.column).join(', ') : e.label.column),
  ],
  ['hidden layers', (e) => (e.model.type === 'tabular' ? e.model.hiddenUnits.join(' → ') || 'none' : 'none')],
  ['activation', (e) => (e.model.type === 'tabular' && e.model.hiddenUnits.length > 0 ? e.model.activation : 'none')],
  ['model', (e) => modelNames[e.model.type]],
  ['biases', (e) => (e.model.type === 'dotProduct' && e.model.biases ? 'on' : 'off')],
  ['optimizer', (e) => optimizerNames[e.optimizer.type]],
  ['optimizer of', (e) => flavorNames[flavorOf(e.optimizer)]],
  ['learning rate', (e) => e.optimizer.learningRate],
  ['batch', (e) => e.batchSize],
  ['L2', (e) => e.l2],
  ['seed', (e) => e.seed],
  ['validation share', (e) => e.split.validationShare],
  ['split seed', (e) => e.split.seed],
  ['backend', (e) => e.backend],
]

/** Of two watch lists. */
const listSettings: [title: string, read: (list: WatchListSpec) => string | number][] = [
  ['order', (list) => list.order ?? 'drawn'],
  ['listed from', (list) => list.liked?.atLeast ?? 'all'],
  ['read of a list', (list) => list.length],
  ['candidates', (list) => list.candidates],
]

function differencesOfLists(a: WatchListSpec, b: WatchListSpec): string[] {
  return listSettings.flatMap(([title, read]) => (read(a) === read(b) ? [] : [`${title} ${read(a)} → ${read(b)}`]))
}

function differencesOfColumns(a: DenseColumn[], b: DenseColumn[]): string[] {
  const before = new Map(a.map((column) => [columnWords(column), column]))
  const after = new Map(b.map((column) => [columnWords(column), column]))
  const added = [...after.keys()].filter((words) => !before.has(words)).map((words) => `+ ${words}`)
  const removed = [...before.keys()].filter((words) => !after.has(words)).map((words) => `− ${words}`)
  const resized: string[] = []
  const combined: string[] = []
  for (const [words, column] of after) {
    const earlier = before.get(words)
    if (column.type !== 'embedding' || earlier?.type !== 'embedding') continue
    if (column.dimension !== earlier.dimension) {
      resized.push(`${words}: dimension ${earlier.dimension} → ${column.dimension}`)
    }
    if (column.combiner !== earlier.combiner) combined.push(`${words}: combiner ${column.combiner}`)
    if (column.trainable !== earlier.trainable) combined.push(`${words}: ${column.trainable ? 'trained' : 'frozen'}`)
    if (column.initializerStddev !== earlier.initializerStddev) combined.push(`${words}: other initial spread`)
  }
  const sizes = new Set(resized.map((phrase) => phrase.slice(phrase.indexOf(': '))))
  const [size] = sizes
  // A dot product changes both of its sides together: say it once.
  const shared = resized.length > 1 && sizes.size === 1 && size !== undefined ? [size.slice(2)] : resized
  return [...added, ...removed, ...shared, ...combined]
}

/** What `b` does otherwise than `a`, in short phrases; empty when both ask for the same run. */
export function describeDifference(a: Experiment, b: Experiment): string[] {
  const phrases = differencesOfColumns(a.columns, b.columns)
  for (const [title, read] of settings) {
    const before = read(a)
    const after = read(b)
    if (before !== after) phrases.push(`${title} ${before} → ${after}`)
  }
  if (a.model.type === 'watchList' && b.model.type === 'watchList')
    phrases.push(...differencesOfLists(a.model, b.model))
  return phrases
}
