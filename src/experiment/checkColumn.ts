import { formatCount } from '../lib/formatNumber'
import { bucketCount } from './bucketCount'
import type { Problem } from './checkExperiment'
import type { ColumnSummary } from './dataSummary'
import type { CategoricalColumn, CrossedColumn, DenseColumn, SimpleCategoricalColumn } from './experiment'
import { limits } from './limits'

type Columns = readonly ColumnSummary[]

/** What stands in the way of one dense column. `field`: its path in the experiment. */
export function checkColumn(column: DenseColumn, field: string, columns: Columns): Problem[] {
  if (column.type === 'numeric') return checkNumeric(column, field, columns)
  return checkCategorical(column.categorical, `${field}.categorical`, columns)
}

function checkNumeric({ key, normalizer }: Extract<DenseColumn, { type: 'numeric' }>, field: string, columns: Columns) {
  const found = findNumbers(key, `${field}.key`, columns, 'read as a number')
  if (found.length > 0) return found
  const { min } = columns.find(({ name }) => name === key)!
  if (normalizer !== 'log1p' || min === null || min > -1) return []
  return [{ field: `${field}.normalizer`, message: `'${key}' goes down to ${min}: log1p needs numbers above -1.` }]
}

function findNumbers(key: string, field: string, columns: Columns, use: string): Problem[] {
  const column = columns.find(({ name }) => name === key)
  if (!column) return [missing(key, field)]
  if (column.type === 'integer' || column.type === 'number') return []
  const held = column.type === 'date' ? 'dates' : 'text'
  return [{ field, message: `'${key}' holds ${held}: it cannot be ${use}.` }]
}

function missing(key: string, field: string): Problem {
  return { field, message: `The data has no column '${key}'.` }
}

function checkCategorical(column: CategoricalColumn, field: string, columns: Columns): Problem[] {
  const problems =
    column.type === 'crossed' ? checkCrossed(column, field, columns) : checkSimple(column, field, columns)
  return [...problems, ...checkWeight(column, `${field}.weightKey`, columns)]
}

function checkWeight(column: CategoricalColumn, field: string, columns: Columns): Problem[] {
  const { weightKey } = column
  if (weightKey === undefined) return []
  if (column.type === 'vocabularyList' && column.split) {
    const message = `'${column.key}' is split into words, and '${weightKey}' has one number a row: each word would need its own.`
    return [{ field, message }]
  }
  return findNumbers(weightKey, field, columns, 'a weight')
}

function checkCrossed(column: CrossedColumn, field: string, columns: Columns): Problem[] {
  const names = column.keys.map((key) => (typeof key === 'string' ? key : key.key))
  const problems = column.keys.flatMap((key, i) => {
    const at = `${field}.keys.${i}`
    if (names.indexOf(names[i]!) < i) return [{ field: at, message: `'${names[i]}' is in the cross twice.` }]
    if (typeof key === 'string') return checkKey(key, at, columns)
    if (key.type === 'hashBucket') {
      return [{ field: at, message: `'${key.key}' is hashed already: put the column itself into the cross.` }]
    }
    if (key.weightKey !== undefined) {
      return [{ field: at, message: `'${key.key}' is weighted: a cross is weighted as a whole.` }]
    }
    if (key.type === 'vocabularyList' && key.split) {
      return [{ field: at, message: `'${key.key}' is split into words: a cross needs one value a row.` }]
    }
    return checkSimple(key, at, columns)
  })
  return problems.length > 0 ? problems : checkBuckets(column, field, columns)
}

/** The setting of a column that says how many buckets it has. */
const SIZED_BY = {
  vocabularyList: 'vocabulary',
  identity: 'numBuckets',
  hashBucket: 'hashBucketSize',
  bucketized: 'boundaries',
} as const

function checkBuckets(column: CategoricalColumn, field: string, columns: Columns): Problem[] {
  const buckets = bucketCount(column, columns)
  if (buckets <= limits.buckets) return []
  const most = formatCount(limits.buckets)
  if (column.type === 'crossed' && column.exact) {
    const message = `The exact cross would have ${formatCount(buckets)} buckets or more, and the page stops at ${most}: hash it.`
    return [{ field: `${field}.exact`, message }]
  }
  const setting = column.type === 'crossed' ? 'hashBucketSize' : SIZED_BY[column.type]
  return [{ field: `${field}.${setting}`, message: `${formatCount(buckets)} buckets: the page stops at ${most}.` }]
}

/** A column whose values are categories as they are. */
function checkKey(key: string, field: string, columns: Columns): Problem[] {
  const column = columns.find(({ name }) => name === key)
  if (!column) return [missing(key, field)]
  if (column.type !== 'number') return []
  return [{ field, message: `'${key}' holds fractions, which are no categories: bucketize it first.` }]
}

function checkSimple(column: SimpleCategoricalColumn, field: string, columns: Columns): Problem[] {
  const problems = checkValues(column, field, columns)
  return problems.length > 0 ? problems : checkBuckets(column, field, columns)
}

function checkValues(column: SimpleCategoricalColumn, field: string, columns: Columns): Problem[] {
  const { key } = column
  if (column.type === 'bucketized') {
    return [...findNumbers(key, `${field}.key`, columns, 'bucketized'), ...checkBoundaries(column.boundaries, field)]
  }
  const wrong = checkKey(key, `${field}.key`, columns)
  if (wrong.length > 0) return wrong
  const summary = columns.find(({ name }) => name === key)!
  if (column.type === 'vocabularyList' && column.split && summary.type !== 'string') {
    return [{ field: `${field}.key`, message: `'${key}' holds no text: only texts can be split into words.` }]
  }
  if (column.type === 'identity') return checkIdentity(column, summary, field)
  return column.type === 'vocabularyList' ? checkVocabulary(column, summary, field) : []
}

function checkBoundaries(boundaries: readonly number[], field: string): Problem[] {
  const at = boundaries.findIndex((boundary, i) => i > 0 && !(boundary > boundaries[i - 1]!))
  if (at < 0) return []
  const message = `Boundaries must ascend: ${boundaries[at]} follows ${boundaries[at - 1]}.`
  return [{ field: `${field}.boundaries`, message }]
}

function checkIdentity(
  { key, numBuckets, defaultValue }: Extract<SimpleCategoricalColumn, { type: 'identity' }>,
  { type, min, max }: ColumnSummary,
  field: string,
): Problem[] {
  if (type !== 'integer') {
    return [{ field: `${field}.key`, message: `'${key}' holds text: an identity column needs whole numbers.` }]
  }
  if (defaultValue !== null && defaultValue >= numBuckets) {
    const message = `The default value ${defaultValue} is no bucket: they go from 0 to ${numBuckets - 1}.`
    return [{ field: `${field}.defaultValue`, message }]
  }
  // -1 is a missing value; the summary cannot tell whether others lie between it and a lower minimum.
  const outside = max !== null && max >= numBuckets ? max : min !== null && min < -1 ? min : null
  if (outside === null || defaultValue !== null) return []
  const message = `'${key}' goes ${outside === max ? 'up' : 'down'} to ${outside}, but the buckets from 0 to ${numBuckets - 1}.`
  return [{ field: `${field}.numBuckets`, message }]
}

function checkVocabulary(
  { vocabulary, numOovBuckets, defaultValue }: Extract<SimpleCategoricalColumn, { type: 'vocabularyList' }>,
  { distinct }: ColumnSummary,
  field: string,
): Problem[] {
  const size = vocabulary === 'data' ? distinct : vocabulary.length
  if (vocabulary !== 'data') {
    const seen = new Set<string>()
    const twice = vocabulary.find((word) => seen.size === seen.add(word).size)
    if (twice !== undefined) {
      return [{ field: `${field}.vocabulary`, message: `The vocabulary names '${twice}' twice.` }]
    }
  }
  if (numOovBuckets > 0 && defaultValue !== -1) {
    const message = 'A value out of the vocabulary goes to a default value or to OOV buckets, not both.'
    return [{ field: `${field}.defaultValue`, message }]
  }
  if (defaultValue < size) return []
  return [
    {
      field: `${field}.defaultValue`,
      message: `The default value ${defaultValue} is no bucket: they go from 0 to ${size - 1}.`,
    },
  ]
}
