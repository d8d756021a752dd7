import { popularityOf } from '../columns/popularity'
import type { EncodedData, SparseBatch } from '../columns/sparseBatch'
import type { DataSet } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import type { Trainable } from '../model/trainable'
import type { Recommendation } from '../protocol/trainer'
import { Refusal } from './refusal'
import { highest } from './watchListMetrics'

const MOST_ITEMS = 20

export interface NextItems {
  /** Score: the chance that the model gives it to be the next, of 1. */
  items: Recommendation[]
  /** Score: the share of the training lists that hold it. */
  popular: Recommendation[]
}

/**
 * What comes next after a list (values of the item column, the oldest first), beside what is popular: the 20 highest of each, without what is listed, and
 * without items that no training list holds, whose vectors are noise. Throws `Refusal` for an item that the data do not hold.
 */
export async function recommendNext(
  { model: spec, label: asked }: Experiment,
  { entities }: DataSet,
  encoded: EncodedData,
  model: Pick<Trainable, 'predict'>,
  watched: readonly string[],
): Promise<NextItems> {
  const { lists, label } = encoded
  if (!lists || spec.type !== 'watchList' || asked.task !== 'multiclass')
    throw new Refusal('What comes next is for the model of watch lists to say.')
  const placeOf = new Map(label.names.map((name, item) => [name, item]))
  const listed = watched.map((name) => {
    const item = placeOf.get(name)
    if (item === undefined) throw new Refusal(`The data has no ‘${name}’ to put on a list.`)
    return item
  })
  const logits = await model.predict(batchOf(listed.slice(-spec.length).map((item) => lists.ids[item]!)))
  const popularity = popularityOf(encoded)
  const isLeftOut = (item: number) => popularity[item] === 0 || listed.includes(item)
  const shares = softmax(logits)
  const training = encoded.trainRows.filter((row) => lists.starts[row] === lists.ends[row]).length
  const entity = entities.find(({ column }) => column === asked.column)
  const described = (item: number, score: number): Recommendation => {
    const name = label.names[item]!
    return { item: name, label: entity?.labels[entity.index.get(name) ?? -1] ?? name, score }
  }
  return {
    items: highest(shares, MOST_ITEMS, isLeftOut).map((item) => described(item, shares[item]!)),
    popular: highest(popularity, MOST_ITEMS, isLeftOut).map((item) => described(item, popularity[item]! / training)),
  }
}

/** One list. */
function batchOf(ids: readonly number[]): SparseBatch {
  const known = Int32Array.from(ids.filter((id) => id >= 0))
  return {
    size: 1,
    categorical: [{ ids: known, offsets: Int32Array.of(0, known.length) }],
    dense: new Float32Array(0),
    labels: new Float32Array(1),
  }
}

function softmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - largest))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / total)
}
