import type { Combiner } from '../../../kernels/combiner'
import type { AlignedTensor } from '../alignTraces'
import type { Value } from '../graphBuilder'
import type { GraphInputs } from '../graphInputs'
import type { GraphValues } from '../graphValues'
import type { Lowering, Op } from '../lowering'
import { combinedRows, type PaddedIds } from '../paddedIds'
import type { Literal } from '../trace'
import { cast } from './elementwise'
import { gather } from './shapes'

/** The project's own kernels, which TensorFlow has not. */
export function lookups(values: GraphValues, inputs: GraphInputs): Readonly<Record<string, Lowering>> {
  const bag: Lowering = (op) => {
    const combiner = op.plain('combiner') as Combiner
    const maxNorm = op.plain('maxNorm') === null ? 0 : op.number('maxNorm')
    const ids = idsOf(op, values, inputs)
    const table = op.input('table')
    return 'flat' in ids ? gather(op.g, table, ids.flat) : combinedRows(op.g, table, ids, combiner, maxNorm)
  }
  return { EmbeddingBag: bag, WeightedEmbeddingBag: bag }
}

/** `flat`: one id a row [B], without a weight. */
function idsOf(op: Op, values: GraphValues, inputs: GraphInputs): PaddedIds | { flat: Value } {
  const { g } = op
  const ids = op.tensor('ids')
  const given = op.has('weights') ? op.tensor('weights') : null
  const weights = given && isOnes(given) ? null : given
  const literals = literalsOf(ids)
  if (literals[0]?.origin?.from === 'ids') {
    const offsets = literalsOf(op.tensor('offsets'))[0]?.origin
    if (offsets?.from !== 'ids')
      throw op.fault('ids of a feature column are looked up with offsets that are not its own.')
    const column = values.column(literals, op.place)
    if (weights && literalsOf(weights)[0]?.origin?.from !== 'ids') throw op.fault(FOREIGN_WEIGHTS)
    return weights ? column : { ...column, weights: null }
  }
  const feature = values.featureOf(ids.source)
  if (feature !== null && inputs.isSparse(feature)) {
    const offsets = literalsOf(op.tensor('offsets'))[0]?.origin
    if (offsets?.from !== 'offsets' || offsets.feature !== feature) {
      throw op.fault(`the ids of the feature ${feature} are looked up with offsets that are not its own.`)
    }
    const weightFeature = weights && values.featureOf(weights.source)
    if (weights && (weightFeature === null || !inputs.isSparse(weightFeature))) throw op.fault(FOREIGN_WEIGHTS)
    return {
      ids: cast(g, inputs.feature(feature), 'int32'),
      weights: weightFeature === null ? null : cast(g, inputs.feature(weightFeature), 'float32'),
      isPadded: true,
    }
  }
  const each = evenLength(op)
  const flat = cast(g, values.value(ids, op.place), 'int32')
  const isPadded = literals.some((literal) => literal.isPruned)
  if (each === 1 && !weights && !isPadded && op.plain('maxNorm') === null) return { flat }
  const inRows = (value: Value) => g.node('Reshape', [value, g.ints([-1, each])])
  return { ids: inRows(flat), weights: weights && inRows(values.value(weights, op.place)), isPadded }
}

const FOREIGN_WEIGHTS =
  'the weights of a lookup do not come with its ids: give them by a weighted column, or as a feature of as many values a row.'

function literalsOf({ source }: AlignedTensor): readonly Literal[] {
  return source.kind === 'literal' ? source.literals : []
}

function isOnes(tensor: AlignedTensor): boolean {
  const literals = literalsOf(tensor)
  return (
    literals.length > 0 &&
    literals.every(({ origin, values }) => !origin && Array.from<number | string>(values).every((value) => value === 1))
  )
}

/** Ids of each row, where all rows have as many. */
function evenLength(op: Op): number {
  const literals = literalsOf(op.tensor('offsets'))
  const each = Number(literals[0]?.values[1])
  const isEven =
    literals.length > 0 &&
    literals.every(({ values }) => Array.from<number | string>(values).every((at, row) => Number(at) === row * each))
  if (isEven && each > 0) return each
  throw op.fault(
    'rows of different numbers of ids are looked up, and the ids are no feature of several values a row: give them as one (sparseFeature), or read it by a feature column.',
  )
}
