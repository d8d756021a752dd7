import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName, tableName } from '../experiment/columnName'
import type { EmbeddingColumn } from '../experiment/experiment'
import type { Combiner } from '../kernels/combiner'
import { embeddingBag } from '../kernels/embeddingBag'
import { embeddingBagGrad } from '../kernels/embeddingBagGrad'
import { weightedEmbeddingBag } from '../kernels/weightedEmbeddingBag'
import { weightedEmbeddingBagGrad } from '../kernels/weightedEmbeddingBagGrad'
import type { BatchInputs, Lookup } from './batchInputs'
import { categoricalPosition } from './categoricalPosition'
import { initialTable } from './initialize'
import { ModelError } from './modelError'
import type { Gradient } from './optimizer'
import { createParameter, type Parameter } from './parameter'
import type { Trainable } from './trainable'

/** A table and the categorical column that looks rows up in it. */
export interface Embedding {
  table: Trainable['tables'][number]
  parameter: Parameter
  /** Of its column in `EncodedData.categorical`. */
  position: number
  /** [B, dimension] */
  lookUp(inputs: BatchInputs): Tensor2D
  /** Gradient of the rows looked up, plus `l2` · row for every lookup; nothing, and `dVectors` not asked for, for a frozen table. */
  gradient(inputs: BatchInputs, dVectors: () => Tensor2D, l2: number): Gradient[]
  /** The same of a lookup that is given. */
  gradientOf(lookup: Lookup, dVectors: () => Tensor2D, l2: number): Gradient[]
}

/** `seed` null starts at zeros. `shared`: the table of its collection, where another column has made it. */
export function createEmbedding(
  encoded: EncodedData,
  column: EmbeddingColumn,
  seed: number | null,
  name = tableName(column),
  shared?: Embedding,
): Embedding {
  const { dimension, initializerStddev, trainable } = column
  const position = categoricalPosition(encoded, column.categorical)
  const rows = encoded.categorical[position]!.buckets
  if (shared) {
    const { table, parameter } = shared
    if (rows !== table.rows)
      throw new ModelError(differentSizes(table, categoricalName(column.categorical), rows), 'columns')
    return { table, ...embeddingOf(parameter, position, column.combiner, column.maxNorm) }
  }
  const values =
    seed === null ? new Float32Array(rows * dimension) : initialTable(seed, name, rows, dimension, initializerStddev)
  return {
    table: { name, column: categoricalName(column.categorical), rows, dimension },
    ...embeddingOf(createParameter(values, dimension, trainable), position, column.combiner, column.maxNorm),
  }
}

function differentSizes({ column, rows }: Embedding['table'], other: string, otherRows: number): string {
  return `'${column}' and '${other}' cannot share a table: it would have ${rows} rows for one and ${otherRows} for the other.`
}

/**
 * Lookups by the categorical column at `position` into the rows of `parameter`, with the weights that its ids have; rows longer than `maxNorm` are
 * looked up scaled down to it. A combiner that divides by the weights leaves out those not above 0, as TensorFlow does.
 */
export function embeddingOf(
  parameter: Parameter,
  position: number,
  combiner: Combiner,
  maxNorm?: number,
): Omit<Embedding, 'table'> {
  const lookupOf = (inputs: BatchInputs): Lookup => inputs.lookups[position]!
  return {
    parameter,
    position,
    lookUp(inputs) {
      const lookup = lookupOf(inputs)
      const { ids, offsets } = lookup
      if (isPlain(lookup)) return embeddingBag(parameter.tensor, ids, offsets, inputs.size, combiner)
      const weights = lookup.weights(combiner !== 'sum')
      return weightedEmbeddingBag(parameter.tensor, ids, offsets, weights, inputs.size, combiner, maxNorm ?? null)
    },
    gradient: (inputs, dVectors, l2) => gradientOf(lookupOf(inputs), dVectors, l2),
    gradientOf,
  }

  function gradientOf(lookup: Lookup, dVectors: () => Tensor2D, l2: number): Gradient[] {
    if (!parameter.trainable) return []
    const { touched, rows } = lookup.index()
    const values = isPlain(lookup)
      ? embeddingBagGrad(dVectors(), parameter.tensor, lookup.index(), lookup.offsets, combiner, l2)
      : weightedGradient(lookup, dVectors(), l2)
    return [{ parameter, touched, rows, values }]
  }

  function isPlain({ weighted }: Lookup): boolean {
    return maxNorm === undefined && !weighted
  }

  function weightedGradient(lookup: Lookup, dVectors: Tensor2D, l2: number): Tensor2D {
    const [index, weights] = [lookup.weightedIndex(), lookup.weights(combiner !== 'sum')]
    const clip = maxNorm ?? null
    return weightedEmbeddingBagGrad(dVectors, parameter.tensor, index, lookup.offsets, weights, combiner, l2, clip)
  }
}
