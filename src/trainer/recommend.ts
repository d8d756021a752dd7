import { columnValues, findColumn } from '../columns/columnValues'
import type { EncodedColumn } from '../columns/encodedColumn'
import type { EncodedData } from '../columns/sparseBatch'
import type { DataSet, Entity } from '../data/table'
import { categoricalName, columnName } from '../experiment/columnName'
import type { Experiment } from '../experiment/experiment'
import { ridgeFoldIn } from '../geometry/ridgeFoldIn'
import type { Checkpoint } from '../model/trainable'
import type { Recommendation } from '../protocol/trainer'
import { firstId } from './dayHourGrid'
import { toLabelSpace, toUnits } from './labelUnits'
import { Refusal } from './refusal'

const MOST_ITEMS = 20
/** Keeps the fold-in solvable, and a single rating from deciding everything, where the model has no penalty. */
const LEAST_LAMBDA = 1e-3

export interface Recommendations {
  items: Recommendation[]
  rated: { item: string; rating: number }[]
}

type Rating = { item: string; rating: number }
type Asked = { user: string | null; ratings: Rating[] }

/** One side of the dot product: the values of its column and where their vectors are. */
interface Side {
  key: string
  texts: readonly string[]
  codes: Int32Array
  /** By code: row of the table, -1 = none. */
  rows: Int32Array
  encoded: EncodedColumn
  vectors: Float32Array
  bias: Float32Array | null
  dimension: number
}

/**
 * The 20 items with the highest prediction, in the units of the label, without those that were rated in training rows, and without items
 * that no training row holds: their vectors are noise. For a person's own ratings, their vector and bias are solved exactly for the training loss of their
 * ratings, the items as they stand. Throws `Refusal`.
 */
export function recommend(
  experiment: Experiment,
  dataSet: DataSet,
  encoded: EncodedData,
  { weights }: Checkpoint,
  asked: Asked,
): Recommendations {
  const { model, label } = experiment
  if (model.type !== 'dotProduct')
    throw new Refusal('Recommendations need the dot product model: it has a vector for each viewer and each item.')
  if (label.task !== 'regression') throw new Refusal('Recommendations need a label of ratings.')
  const user = sideOf(model.user, experiment, dataSet, encoded, weights)
  const item = sideOf(model.item, experiment, dataSet, encoded, weights)
  const global = weights.global_bias?.values[0] ?? 0
  const trained = countTrained(item, encoded)
  const rated = asked.user === null ? asked.ratings : ratingsOf(user, item, encoded, asked.user)
  const { vector, bias } =
    asked.user === null ? foldIn(item, global, encoded, experiment.l2, rated) : vectorOf(user, asked.user)
  const exclude = new Set(rated.map((rating) => rating.item))
  const entity = dataSet.entities.find(({ column }) => column === item.key) ?? null
  const items = item.texts.flatMap((text, code): Recommendation[] => {
    const row = item.rows[code]!
    if (row < 0 || trained[code] === 0 || exclude.has(text)) return []
    let score = global + bias + (item.bias?.[row] ?? 0)
    for (let d = 0; d < item.dimension; d++) score += vector[d]! * item.vectors[row * item.dimension + d]!
    return [{ item: text, label: labelOf(entity, text), score: toUnits(score, encoded.label.scaling[0]!) }]
  })
  return { items: items.sort((a, b) => b.score - a.score).slice(0, MOST_ITEMS), rated }
}

function labelOf(entity: Entity | null, text: string): string {
  return entity?.labels[entity.index.get(text) ?? -1] ?? text
}

function sideOf(
  name: string,
  { columns }: Experiment,
  dataSet: DataSet,
  encoded: EncodedData,
  weights: Checkpoint['weights'],
): Side {
  const column = columns.find((c) => c.type === 'embedding' && categoricalName(c.categorical) === name)
  const ids = encoded.categorical.find((candidate) => candidate.name === name)
  if (column?.type !== 'embedding' || !ids) throw new Refusal(`The model has no embedding column ${name}.`)
  const { categorical } = column
  if (categorical.type === 'crossed' || categorical.type === 'bucketized')
    throw new Refusal(`Recommendations need plain columns on both sides; ${name} is ${categorical.type}.`)
  const { codes, texts } = columnValues(findColumn(dataSet.table, categorical.key))
  const rows = new Int32Array(texts.length).fill(-1)
  codes.forEach((code, row) => {
    if (code >= 0 && rows[code] === -1) rows[code] = firstId(ids, row)
  })
  return {
    key: categorical.key,
    texts,
    codes,
    rows,
    encoded: ids,
    vectors: weights[columnName(column)]!.values,
    bias: weights[`${name}_bias`]?.values ?? null,
    dimension: column.dimension,
  }
}

function countTrained(item: Side, { trainRows }: EncodedData): Uint32Array {
  const counts = new Uint32Array(item.texts.length)
  for (const row of trainRows) if (item.codes[row]! >= 0) counts[item.codes[row]!]!++
  return counts
}

function codeOf(side: Side, text: string): number {
  const code = side.texts.indexOf(text)
  if (code < 0 || side.rows[code]! < 0) throw new Refusal(`The data has no ${side.key} ‘${text}’.`)
  return code
}

function ratingsOf(user: Side, item: Side, { trainRows, label }: EncodedData, text: string): Rating[] {
  const code = codeOf(user, text)
  const ratings: Rating[] = []
  for (const row of trainRows) {
    if (user.codes[row] !== code || item.codes[row]! < 0) continue
    ratings.push({ item: item.texts[item.codes[row]!]!, rating: toUnits(label.values[row]!, label.scaling[0]!) })
  }
  return ratings
}

function vectorOf(user: Side, text: string): { vector: Float32Array; bias: number } {
  const row = user.rows[codeOf(user, text)]!
  const { dimension } = user
  return { vector: user.vectors.slice(row * dimension, (row + 1) * dimension), bias: user.bias?.[row] ?? 0 }
}

/** The loss is mean squared error + λ‖row‖² for each example, so n ratings pull with n·λ. */
function foldIn(item: Side, global: number, { label }: EncodedData, l2: number, ratings: Rating[]) {
  const rows = ratings.map((rating) => item.rows[codeOf(item, rating.item)]!)
  const residuals = ratings.map(
    ({ rating }, i) => toLabelSpace(rating, label.scaling[0]!) - global - (item.bias?.[rows[i]!] ?? 0),
  )
  const lambda = Math.max(1, ratings.length) * Math.max(l2, LEAST_LAMBDA)
  return ridgeFoldIn(item.vectors, item.dimension, rows, residuals, lambda, item.bias ? lambda : null)
}
