import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName, columnName } from '../experiment/columnName'
import type { CategoricalColumn, EmbeddingColumn } from '../experiment/experiment'
import { type Combiner, embeddingBag } from '../kernels/embeddingBag'
import { embeddingBagGrad } from '../kernels/embeddingBagGrad'
import type { BatchInputs, Lookup } from './batchInputs'
import { initialTable } from './initialize'
import type { Gradient } from './optimizer'
import { createParameter, type Parameter } from './parameter'
import type { Trainable } from './trainable'

/** A table and the categorical column that looks rows up in it. */
export interface Embedding {
  table: Trainable['tables'][number]
  parameter: Parameter
  /** [B, dimension] */
  lookUp(inputs: BatchInputs): Tensor2D
  /** Gradient of the rows looked up, plus `l2` · row for every lookup; nothing, and `dVectors` not asked for, for a frozen table. */
  gradient(inputs: BatchInputs, dVectors: () => Tensor2D, l2: number): Gradient[]
}

/** `seed` null starts at zeros. */
export function createEmbedding(
  encoded: EncodedData,
  column: EmbeddingColumn,
  seed: number | null,
  name = columnName(column),
): Embedding {
  const { dimension, initializerStddev, trainable } = column
  const position = categoricalPosition(encoded, column.categorical)
  const rows = encoded.categorical[position]!.buckets
  const values =
    seed === null ? new Float32Array(rows * dimension) : initialTable(seed, name, rows, dimension, initializerStddev)
  return {
    table: { name, column: categoricalName(column.categorical), rows, dimension },
    ...embeddingOf(createParameter(values, dimension, trainable), position, column.combiner),
  }
}

/** Lookups by the categorical column at `position` into the rows of `parameter`. */
export function embeddingOf(parameter: Parameter, position: number, combiner: Combiner): Omit<Embedding, 'table'> {
  const lookupOf = (inputs: BatchInputs): Lookup => inputs.lookups[position]!
  return {
    parameter,
    lookUp(inputs) {
      const { ids, offsets } = lookupOf(inputs)
      return embeddingBag(parameter.tensor, ids, offsets, inputs.size, combiner)
    },
    gradient(inputs, dVectors, l2) {
      if (!parameter.trainable) return []
      const lookup = lookupOf(inputs)
      const index = lookup.index()
      const values = embeddingBagGrad(dVectors(), parameter.tensor, index, lookup.offsets, combiner, l2)
      return [{ parameter, touched: index.touched, rows: index.rows, values }]
    },
  }
}

/** Where a categorical column is in `EncodedData.categorical`. */
export function categoricalPosition({ categorical }: EncodedData, column: CategoricalColumn): number {
  const name = categoricalName(column)
  const position = categorical.findIndex((encoded) => encoded.name === name)
  if (position < 0) throw new Error(`Column ${name} is in the experiment but was not encoded.`)
  return position
}
