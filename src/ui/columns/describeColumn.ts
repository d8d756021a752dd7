import { categoricalName } from '../../experiment/columnName'
import type { CategoricalColumn, DenseColumn } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import type { ColumnReport } from '../../protocol/trainer'
import { kindTitles } from './columnKinds'

export interface ColumnWords {
  /** What the card is headed with: `film`, `day × hour`. */
  title: string
  /** Short, in TensorFlow's terms: `vocabulary`, `crossed, exact`. */
  term: string
  /** Its function in TensorFlow: `crossed_column`. */
  tensorflow: string
  /** What it does, in plain words. */
  words: string
  /** What is lost or shared, with numbers; null when nothing is. */
  warning: string | null
}

/** What a card says about a feature column. `report` is what the run found out about it, once it has. */
export function describeColumn(column: DenseColumn, report: ColumnReport | null): ColumnWords {
  if (column.type === 'numeric') {
    const { title, tensorflow, words } = kindTitles.numeric
    return { title: column.key, term: title.toLowerCase(), tensorflow, words, warning: lossOf(report) }
  }
  const { categorical } = column
  const output = column.type === 'embedding' ? 'embedding_column' : 'indicator_column'
  return {
    title: columnTitle(categorical),
    term: termOf(categorical),
    tensorflow: `${output}(${tensorflowName(categorical)})`,
    words: wordsOf(categorical, report),
    warning: lossOf(report),
  }
}

/** `film`, `day × hour`, `temp in ranges`, `word weighted by count`. */
function columnTitle(column: CategoricalColumn): string {
  const { weightKey, ...categorical } = column
  if (weightKey !== undefined) return `${columnTitle(categorical)} weighted by ${weightKey}`
  if (categorical.type === 'bucketized') return `${categorical.key} in ranges`
  if (categorical.type === 'vocabularyList' && categorical.split) return `words of ${categorical.key}`
  if (categorical.type !== 'crossed') return categoricalName(categorical)
  return categorical.keys.map((key) => (typeof key === 'string' ? key : columnTitle(key))).join(' × ')
}

/** Several ids a row. */
function isWords(categorical: CategoricalColumn): boolean {
  return categorical.type === 'vocabularyList' && categorical.split === 'words'
}

function termOf(categorical: CategoricalColumn): string {
  if (categorical.type === 'crossed') return categorical.exact ? 'crossed, exact' : 'crossed, hashed'
  return kindTitles[isWords(categorical) ? 'words' : categorical.type].title.toLowerCase()
}

function tensorflowName({ weightKey, ...categorical }: CategoricalColumn): string {
  if (weightKey !== undefined) return `weighted_categorical_column(${tensorflowName(categorical)})`
  return categorical.type === 'crossed' ? 'crossed_column' : kindTitles[categorical.type].tensorflow
}

function wordsOf(categorical: CategoricalColumn, report: ColumnReport | null): string {
  const buckets = report ? `${formatCount(report.buckets)} buckets, one` : 'one bucket'
  const used = !report ? '' : report.used === report.buckets ? ', all used' : `, ${formatCount(report.used)} used`
  switch (categorical.type) {
    case 'vocabularyList':
      return `${buckets} for each ${isWords(categorical) ? 'word' : 'value'}${used}`
    case 'identity':
      return `${formatCount(categorical.numBuckets)} buckets, the id is the bucket${used}`
    case 'hashBucket':
      return `values hashed into ${formatCount(categorical.hashBucketSize)} buckets${used}`
    case 'bucketized':
      return `${formatCount(categorical.boundaries.length + 1)} ranges${used}`
    case 'crossed':
      return categorical.exact
        ? `${buckets} for each ${categorical.keys.length === 2 ? 'pair' : 'combination'}${used}`
        : `combinations hashed into ${formatCount(categorical.hashBucketSize)} buckets${used}`
  }
}

function lossOf(report: ColumnReport | null): string | null {
  if (!report) return null
  const lost: string[] = []
  if (report.colliding > 0) {
    lost.push(`${formatCount(report.colliding)} of ${formatCount(report.distinct)} values share a bucket with another`)
  }
  if (report.droppedRows > 0) lost.push(`${formatCount(report.droppedRows)} rows without a bucket`)
  return lost.length > 0 ? lost.join('; ') : null
}
