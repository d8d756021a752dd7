import { encodeFeature } from '../../src/columns/encodeFeature'
import { denseFeature, type Features, sparseFeature } from '../../src/columns/feature'
import { type InputColumn, inputLayer, inputName } from '../../src/columns/inputLayer'
import { safeEmbeddingLookupSparse } from '../../src/columns/safeEmbeddingLookupSparse'
import { sequenceEmbedding, sequenceNumeric } from '../../src/columns/sequenceFeatures'
import {
  bucketizedColumn,
  categoricalColumnWithIdentity,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../src/experiment/featureColumn'
import { sequenceCategoricalColumnWithVocabularyList, sequenceNumericColumn } from '../../src/experiment/sequenceColumn'
import { sharedEmbeddingColumns } from '../../src/experiment/sharedEmbeddingColumns'
import { weightedCategoricalColumn } from '../../src/experiment/weightedCategoricalColumn'
import { draws, sparseWords } from './columnProperties'
import { compare, type ParityRow } from './parityRow'
import { tensorflowAnswer, tensorflowTexts } from './propertyFixture'
import { boundaries, integers, lookupTable, lookupWeights, vocabulary } from './propertyInputs'

const table = lookupTable()
const ids = integers(32, -1, 50)
const rows = draws.lengths.length
const finite = draws.x.map((x) => (Number.isFinite(x) ? x : 0))
const features: Features = {
  id: sparseFeature('integer', ids, draws.lengths),
  weight: sparseFeature('number', lookupWeights(), draws.lengths),
  other: denseFeature(
    'integer',
    integers(34, -1, 50)
      .slice(0, 1250)
      .concat(integers(34, -1, 50))
      .slice(0, rows),
  ),
  w: denseFeature('string', draws.w.slice(0, rows)),
  x: denseFeature('number', finite.slice(0, rows)),
  p: denseFeature('number', draws.a.slice(0, rows)),
  steps: sparseFeature('number', finite, draws.lengths),
}
const bag = categoricalColumnWithIdentity('id', 50, { defaultValue: 7 })
const weighted = weightedCategoricalColumn(bag, 'weight')
const embedding = embeddingColumn(weighted, 2, { maxNorm: 0.5 })
const tables = new Map([
  ['id_weighted_by_weight_embedding', table],
  ['id_other_shared_embedding', table],
])

/** A 32-bit sum of up to 15 numbers is rounded differently in another order. */
const FLOAT = 1e-6

/** Lookups, indicators, numbers and sequences over 10,000 random values. */
export function denseProperties(): ParityRow[] {
  return [...lookups(), ...denseColumns(), ...sequences()]
}

function lookups(): ParityRow[] {
  const { weights, offsets } = encodeFeature(weighted, features)
  const lookup = (
    golden: Parameters<typeof tensorflowAnswer>[0],
    combiner: 'mean' | 'sum' | 'sqrtn',
    isWeighted: boolean,
    maxNorm: number | null,
  ) => {
    const options = [combiner, ...(isWeighted ? ['weights'] : []), ...(maxNorm === null ? [] : [`max_norm=${maxNorm}`])]
    const held = { ids: Int32Array.from(ids), offsets, weights: isWeighted ? weights : null }
    const ours = safeEmbeddingLookupSparse(table, 2, held, { combiner, maxNorm })
    const what = `safe_embedding_lookup_sparse: ${options.join(', ')}`
    return compare({ part: 'Lookups', golden, what }, ours, tensorflowAnswer(golden).values, FLOAT)
  }
  return [
    lookup('lookup_mean', 'mean', false, null),
    lookup('lookup_sqrtn', 'sqrtn', false, null),
    lookup('lookup_mean_weighted', 'mean', true, null),
    lookup('lookup_sqrtn_weighted_max_norm', 'sqrtn', true, 0.5),
    lookup('lookup_sum_weighted_max_norm', 'sum', true, 0.5),
  ]
}

function denseColumns(): ParityRow[] {
  const layer = (
    golden: Parameters<typeof tensorflowAnswer>[0],
    what: string,
    columns: InputColumn[],
    { scale = 1, tolerance = FLOAT } = {},
  ) => {
    const { values } = tensorflowAnswer(golden)
    const ours = inputLayer(columns, features, tables).slice(0, values.length)
    return compare(
      { part: 'Dense input', golden, what },
      ours.map((value) => value * scale),
      values,
      tolerance,
    )
  }
  const shared = sharedEmbeddingColumns([bag, categoricalColumnWithIdentity('other', 50)], 2, { combiner: 'sqrtn' })
  const ranges = bucketizedColumn(numericColumn('x'), boundaries)
  const crossed = indicatorColumn(crossedColumn(['w', bag], 5))
  const together: InputColumn[] = [
    { type: 'numeric', key: 'x' },
    embedding,
    crossed,
    { type: 'numeric', key: 'p' },
    indicatorColumn(ranges),
  ]
  const names = {
    part: 'Dense input',
    what: 'names, in the order they are concatenated',
    golden: 'concatenation_names',
  } as const
  const sharedNames = {
    part: 'Dense input',
    what: 'names and table of shared embeddings',
    golden: 'shared_names',
  } as const
  return [
    layer('indicator', 'indicator_column', [indicatorColumn(bag)], { tolerance: 0 }),
    layer('indicator_weighted', 'indicator_column of weighted_categorical_column', [indicatorColumn(weighted)], {
      scale: 4,
    }),
    layer('embedding_weighted', 'embedding_column of weighted_categorical_column, max_norm=0.5', [embedding]),
    layer('shared', 'shared_embedding_columns of two keys, sqrtn', shared),
    compare(sharedNames, [...shared.map(inputName), '[[50, 2]]'], tensorflowTexts('shared_names')),
    logarithms(),
    compare(names, together.map(inputName).sort(), tensorflowTexts('concatenation_names')),
    layer('concatenation', 'input_layer of five columns', together),
  ]
}

function logarithms(): ParityRow {
  const eighths = integers(35, 0, 1024)
  const p = denseFeature(
    'number',
    eighths.map((eighth) => eighth / 8),
  )
  const theirs = tensorflowAnswer('numeric_log1p').values
  const ours = inputLayer([{ type: 'numeric', key: 'p', normalizerFn: Math.log1p }], { p }, tables)
  const what = 'numeric_column, normalizer_fn=log1p'
  return compare(
    { part: 'Dense input', what, golden: 'numeric_log1p' },
    ours,
    eighths.map((eighth) => theirs[eighth]!),
    FLOAT,
  )
}

function sequences(): ParityRow[] {
  const part = 'Sequences'
  const words = sequenceCategoricalColumnWithVocabularyList('w', vocabulary, { numOovBuckets: 7 })
  const vectors = sequenceEmbedding(words, { dimension: 2 }, table, sparseWords)
  const numbers = sequenceNumeric(sequenceNumericColumn('steps', { defaultValue: -7 }), features)
  const row = (
    golden: Parameters<typeof tensorflowAnswer>[0],
    what: string,
    ours: Float32Array | Int32Array,
    tolerance = 0,
  ) => {
    const { values } = tensorflowAnswer(golden)
    return compare({ part, what, golden }, ours.slice(0, values.length), values, tolerance)
  }
  return [
    row('sequence_lengths', 'sequence_categorical_column_with_vocabulary_list: lengths', vectors.lengths),
    row('sequence_embedding', 'embedding_column of it, step by step', vectors.values, FLOAT),
    row('sequence_numeric_lengths', 'sequence_numeric_column: lengths', numbers.lengths),
    row('sequence_numeric', 'its steps, default_value=−7', numbers.values),
  ]
}
