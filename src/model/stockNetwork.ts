import {
  add,
  concat,
  div,
  gather,
  matMul,
  maximum,
  mul,
  oneHot,
  relu,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
  type Tensor2D,
  tanh,
  tensor1d,
  tensor2d,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core'
import type { EncodedData, SparseBatch } from '../columns/sparseBatch'
import { categoricalName, columnName } from '../experiment/columnName'
import type { EmbeddingColumn, Experiment, ModelSpec } from '../experiment/experiment'
import type { Combiner } from '../kernels/combiner'
import { categoricalPosition } from './categoricalPosition'
import { labelMean } from './dotProductColumns'
import { initialKernel, initialTable } from './initialize'
import { createStockVariable, type StockVariable } from './stockVariable'
import type { Trainable } from './trainable'

/** A model in stock TensorFlow.js operations, without its loss. B examples, N lookups of a column. */
export interface StockNetwork {
  tables: Trainable['tables']
  variables: StockVariable[]
  /** [B, outputs]. Call within `tidy`. */
  forward(batch: SparseBatch): Tensor2D
  /** Σ over the lookups of ‖row‖² / B + Σ over the dense kernels of ‖kernel‖²: what the loss adds, times the experiment's `l2`. */
  penalty(batch: SparseBatch): Scalar
}

/** ŷ = μ + b_user + b_item + ⟨user, item⟩. The experiment must be one that `createModel` takes. */
export function createStockDotProduct(
  encoded: EncodedData,
  experiment: Experiment,
  { user, item, biases }: Extract<ModelSpec, { type: 'dotProduct' }>,
): StockNetwork {
  const column = (key: string) =>
    experiment.columns.find(
      (one): one is EmbeddingColumn => one.type === 'embedding' && categoricalName(one.categorical) === key,
    )!
  const columns = [column(user), column(item)]
  const sides = columns.map((one) => createStockTable(encoded, one, experiment.seed))
  const added = biases ? columns.map((one) => createStockBias(encoded, one)) : []
  const globalBias = createStockVariable('global_bias', [1], Float32Array.of(labelMean(encoded)), { trainable: false })
  return {
    tables: sides.map(({ table }) => table),
    variables: [...sides, ...added].map(({ variable }) => variable).concat(globalBias),
    forward(batch) {
      const [users, items] = sides.map((side) => side.lookUp(batch))
      const product = add<Tensor2D>(sum(mul(users!, items!), 1, true), globalBias.tensor)
      return added.reduce((outputs, bias) => add<Tensor2D>(outputs, bias.lookUp(batch)), product)
    },
    penalty: (batch) => total([...sides, ...added].map((side) => side.penalty(batch))),
  }
}

/** Dense columns, sorted by name and concatenated (indicators as counts of their ids) → hidden layers → linear head. */
export function createStockTabular(
  encoded: EncodedData,
  { columns, seed }: Experiment,
  { hiddenUnits, activation }: Extract<ModelSpec, { type: 'tabular' }>,
): StockNetwork {
  const parts = [...columns]
    .sort((a, b) => (columnName(a) < columnName(b) ? -1 : 1))
    .map((column) => createStockPart(encoded, column, seed))
  const widths = [parts.reduce((sum, { width }) => sum + width, 0), ...hiddenUnits, encoded.label.outputs]
  const layers = widths.slice(1).map((units, i) => {
    const name = i < hiddenUnits.length ? `hidden_${i}` : 'head'
    const inputs = i === 0 ? parts.map(({ column, width }) => ({ column, rows: width })) : undefined
    const values = initialKernel(seed, `${name}/kernel`, widths[i]!, units)
    return {
      kernel: createStockVariable(`${name}/kernel`, [widths[i]!, units], values, inputs ? { pieces: inputs } : {}),
      bias: createStockVariable(`${name}/bias`, [units], new Float32Array(units), {}),
    }
  })
  const tables = parts.flatMap(({ table }) => table ?? [])
  return {
    tables: tables.map(({ table }) => table),
    variables: [...tables.map(({ variable }) => variable), ...layers.flatMap(({ kernel, bias }) => [kernel, bias])],
    forward: (batch) =>
      layers.reduce(
        (x, { kernel, bias }, i) => {
          const outputs = add<Tensor2D>(matMul(x, kernel.tensor as Tensor2D), bias.tensor)
          if (i === layers.length - 1) return outputs
          return activation === 'relu' ? relu(outputs) : tanh(outputs)
        },
        concat(
          parts.map(({ inputs }) => inputs(batch)),
          1,
        ),
      ),
    penalty: (batch) =>
      total([
        ...tables.map((table) => table.penalty(batch)),
        ...layers.map(({ kernel }) => sum<Scalar>(mul(kernelWeights(kernel, batch), square(kernel.tensor)))),
      ]),
  }
}

interface StockTable {
  table: Trainable['tables'][number]
  variable: StockVariable
  lookUp(batch: SparseBatch): Tensor2D
  penalty(batch: SparseBatch): Scalar
}

function createStockTable(
  encoded: EncodedData,
  column: EmbeddingColumn,
  seed: number | null,
  name = columnName(column),
): StockTable {
  const { dimension, combiner, trainable, initializerStddev, maxNorm, sharedEmbeddingCollectionName } = column
  if (sharedEmbeddingCollectionName !== undefined) throw new Error('The stock model has no shared tables.')
  const position = categoricalPosition(encoded, column.categorical)
  const rows = encoded.categorical[position]!.buckets
  const values =
    seed === null ? new Float32Array(rows * dimension) : initialTable(seed, name, rows, dimension, initializerStddev)
  const variable = createStockVariable(name, [rows, dimension], values, {
    trainable,
    pieces: [{ column: position, rows }],
  })
  const idsOf = (batch: SparseBatch) => tensor1d(batch.categorical[position]!.ids, 'int32')
  return {
    table: { name, column: categoricalName(column.categorical), rows, dimension },
    variable,
    lookUp(batch) {
      const rows = gather(variable.tensor as Tensor2D, idsOf(batch))
      return combine(maxNorm === undefined ? rows : clipByNorm(rows, maxNorm), batch, position, combiner)
    },
    penalty: (batch) => mul<Scalar>(sum(square(gather(variable.tensor, idsOf(batch)))), 1 / batch.size),
  }
}

/** `tf.clip_by_norm` of each row; the maximum is under the root, whose gradient at 0 is not finite. */
function clipByNorm(rows: Tensor2D, maxNorm: number): Tensor2D {
  const norms = sqrt(maximum(sum(square(rows), 1, true), maxNorm ** 2))
  return mul(rows, div(maxNorm, norms))
}

function createStockBias(encoded: EncodedData, column: EmbeddingColumn): StockTable {
  const name = `${categoricalName(column.categorical)}_bias`
  return createStockTable(encoded, { ...column, dimension: 1, trainable: true }, null, name)
}

/** [N, width] to [B, width], by the combiner; zeros for an example without a lookup. */
function combine(looked: Tensor2D, { size, categorical }: SparseBatch, position: number, combiner: Combiner): Tensor2D {
  const { offsets, weights: given } = categorical[position]!
  if (!offsets && !given) return looked
  const bags = new Int32Array(looked.shape[0])
  const weights = new Float32Array(bags.length)
  for (let b = 0; b < size; b++) {
    const [from, to] = offsets ? [offsets[b]!, offsets[b + 1]!] : [b, b + 1]
    bags.fill(b, from, to)
    weights.set(sharesOf(given?.slice(from, to) ?? new Float32Array(to - from).fill(1), combiner), from)
  }
  return unsortedSegmentSum(mul(looked, tensor2d(weights, [bags.length, 1])), tensor1d(bags, 'int32'), size)
}

/** What each lookup of a bag counts: its weight by what the combiner divides by, which takes weights above 0 only. */
function sharesOf(weights: Float32Array, combiner: Combiner): Float32Array {
  if (combiner === 'sum') return weights
  const above = weights.map((weight) => Math.max(0, weight))
  const total = above.reduce((sum, weight) => sum + (combiner === 'mean' ? weight : weight * weight), 0)
  const divisor = combiner === 'mean' ? total : Math.sqrt(total)
  return above.map((weight) => (divisor === 0 ? 0 : weight / divisor))
}

/** What a dense column feeds the first layer, and the position of the ids that touch its rows of the kernel: null = every batch does. */
interface StockPart {
  width: number
  column: number | null
  table: StockTable | null
  inputs(batch: SparseBatch): Tensor2D
}

function createStockPart(encoded: EncodedData, column: Experiment['columns'][number], seed: number): StockPart {
  if (column.type === 'embedding') {
    const table = createStockTable(encoded, column, seed)
    return { width: column.dimension, column: null, table, inputs: table.lookUp }
  }
  if (column.type === 'indicator') {
    const position = categoricalPosition(encoded, column.categorical)
    const width = encoded.categorical[position]!.buckets
    const inputs = (batch: SparseBatch) =>
      combine(
        oneHot(tensor1d(batch.categorical[position]!.ids, 'int32'), width, 1, 0, 'float32') as Tensor2D,
        batch,
        position,
        'sum',
      )
    return { width, column: position, table: null, inputs }
  }
  const place = encoded.numeric.findIndex(({ name }) => name === column.key)
  const count = encoded.numeric.length
  const inputs = ({ dense, size }: SparseBatch) =>
    tensor2d(
      Float32Array.from({ length: size }, (_, b) => dense[b * count + place]!),
      [size, 1],
    )
  return { width: 1, column: null, table: null, inputs }
}

/** [rows, 1]: how much of ‖row‖² the loss holds: 1, but lookups / B for the rows that an indicator looks up. */
function kernelWeights(kernel: StockVariable, { categorical, size }: SparseBatch): Tensor2D {
  const weights = new Float32Array(kernel.rows)
  let first = 0
  for (const { column, rows } of kernel.pieces) {
    if (column === null) weights.fill(1, first, first + rows)
    else for (const id of categorical[column]!.ids) weights[first + id]! += 1 / size
    first += rows
  }
  return tensor2d(weights, [kernel.rows, 1])
}

function total(terms: Scalar[]): Scalar {
  return terms.reduce((sum, term) => add<Scalar>(sum, term), scalar(0))
}
