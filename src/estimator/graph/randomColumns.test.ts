import { tensor1d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, it } from 'vitest'
import { type Feature, sparseFeature } from '../../columns/feature'
import { columnName } from '../../experiment/columnName'
import type { CategoricalColumn, DenseColumn } from '../../experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../experiment/featureColumn'
import { createRandom, type Random } from '../../lib/random'
import { useBackend as startBackend } from '../../model/backends'
import { inputLayer } from '../featureInputs'
import type { Features } from '../features'
import { exportedAlike } from './testExport'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const words = ['war', 'drama', 'comedy', 'noir', 'Amélie', ' ', 'WAR', '映画']
const combiners = ['mean', 'sum', 'sqrtn'] as const

/** Columns over the features `text`, `whole`, `real` (one a row), `texts`, `wholes` (several or none, with `weights`). */
function drawCategorical(random: Random): CategoricalColumn {
  const whole = categoricalColumnWithIdentity('whole', 9, random.integer(2) === 0 ? {} : { defaultValue: 3 })
  const real = bucketizedColumn(numericColumn('real'), [-2, 0.1, 0.7, 1e4])
  const some = words.slice(0, 1 + random.integer(words.length))
  const others = [{}, { numOovBuckets: 1 + random.integer(3) }, { defaultValue: random.integer(some.length) }]
  const text = categoricalColumnWithVocabularyList('text', some, pick(others, random))
  const columns = [
    whole,
    real,
    text,
    categoricalColumnWithVocabularyList('whole', ['7', '3', '03', '-2', 'x', '8']),
    categoricalColumnWithHashBucket(pick(['text', 'whole', 'texts', 'wholes'], random), 1 + random.integer(30)),
    categoricalColumnWithVocabularyList('texts', some, pick(others, random)),
    crossedColumn(['whole', pick([real, text], random)], 1 + random.integer(40), { hashKey: random.integer(3) }),
    crossedColumn([text, 'text', real], 20),
    crossedColumn(['texts', whole], 30),
    crossedColumn([real, categoricalColumnWithIdentity('whole', 9)], 36, { exact: true }),
  ]
  const column = pick(columns, random)
  const isMany = 'key' in column && ['texts', 'wholes'].includes(column.key)
  return isMany && random.integer(2) === 0 ? { ...column, weightKey: 'weights' } : column
}

function drawColumn(random: Random): DenseColumn {
  const column = drawCategorical(random)
  if (random.integer(3) === 0) return indicatorColumn(column)
  const maxNorm = random.integer(3) === 0 ? { maxNorm: 0.5 } : {}
  return embeddingColumn(column, 1 + random.integer(3), { combiner: pick(combiners, random), ...maxNorm })
}

function drawFeatures(random: Random, rows: number): Features {
  const each = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw)
  const lengths = each(rows, () => Math.max(0, random.integer(6) - 2))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const word = () => (random.integer(4) === 0 ? `unheard of ${random.integer(9)}` : pick(words, random))
  const text: Feature = {
    type: 'string',
    values: each(rows, () => (random.integer(5) === 0 ? '' : word())),
    offsets: null,
  }
  const reals = [Number.NaN, -3, 0.1, 0.7, 0, -0, 1e9, Number.NEGATIVE_INFINITY]
  const weights = [Number.NaN, 0, -1, 2, 0.3, 1]
  return {
    text,
    // Identity columns without a default take no other numbers.
    whole: tensor1d(
      each(rows, () => random.integer(10) - 1),
      'int32',
    ),
    real: tensor1d(each(rows, () => pick(reals, random))),
    texts: sparseFeature('string', each(total, word), lengths),
    wholes: sparseFeature(
      'integer',
      each(total, () => random.integer(100)),
      lengths,
    ),
    weights: sparseFeature(
      'number',
      each(total, () => pick(weights, random)),
      lengths,
    ),
  }
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.integer(from.length)]!
}

describe('an exported input layer', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('answers as its columns do: draw %i', async (seed) => {
    const random = createRandom(seed, 'columns')
    const drawn = Array.from({ length: 1 + random.integer(3) }, () => drawColumn(random))
    // Two columns of a name would be one variable.
    const columns = [...new Map(drawn.map((column) => [columnName(column), column])).values()]
    const predict = (features: Features) => inputLayer(features, columns)
    await exportedAlike(predict, drawFeatures(random, 3), drawFeatures(random, pick([1, 7, 40], random)))
  })
})
