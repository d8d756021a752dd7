import { add, concat, slice, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import { tableName } from '../experiment/columnName'
import type { Experiment } from '../experiment/experiment'
import type { BatchInputs } from './batchInputs'
import { createDenseLayer, type DenseLayer } from './denseLayer'
import { createEmbedding, type Embedding, embeddingOf } from './embedding'
import { initialKernel } from './initialize'
import { type InputPart, inputParts } from './inputParts'
import type { Gradient } from './optimizer'
import { createParameter } from './parameter'
import { type Piece, type Variable, variableOf } from './variable'

/**
 * The dense columns, concatenated sorted by name as TensorFlow does, times the first kernel, plus its bias.
 *
 * An indicator column times a kernel is the sum of the kernel rows of its ids: these rows are a table that is looked up (with
 * the count of an id that occurs twice, as TensorFlow's indicator has it), and no one-hot matrix is ever made. In the saved
 * kernel the rows stand in the order of the columns. L2 shrinks indicator rows where they are looked up, as a table's.
 */
export interface InputLayer {
  /** One embedding of each table. */
  tables: Embedding[]
  variables: Variable[]
  /** Rows of the kernel that are updated densely, at least 1 for the bias. */
  kernelRows: number
  forward(inputs: BatchInputs): InputPass
}

export interface InputPass {
  /** [B, units] */
  outputs: Tensor2D
  backward(dOut: Tensor2D, l2: number, l2Dense: number, range: Tensor1D): Gradient[]
}

/** `name` of the layer, `hidden_0` or `head`. */
export function createInputLayer(
  encoded: EncodedData,
  experiment: Experiment,
  name: string,
  units: number,
): InputLayer {
  const parts = inputParts(encoded, experiment)
  const width = parts.reduce((sum, part) => sum + part.rows, 0)
  const kernel = initialKernel(experiment.seed, `${name}/kernel`, width, units)
  const rowsOf = (part: InputPart) => kernel.subarray(part.kernelRow * units, (part.kernelRow + part.rows) * units)

  const embedded = parts.filter((part) => part.kind === 'embedding')
  const numeric = parts.filter((part) => part.kind === 'numeric').sort((a, b) => a.place - b.place)
  const concatenated = [...embedded, ...numeric]
  const dense = createDenseLayer(joined(concatenated.map(rowsOf)), units)
  const looked = parts.filter((part) => part.kind === 'indicator')
  const indicators = looked.map((part) =>
    embeddingOf(createParameter(rowsOf(part).slice(), units), part.position, 'sum'),
  )

  const pieces = parts.map((part): Piece => {
    if (part.kind === 'indicator')
      return { parameter: indicators[looked.indexOf(part)]!.parameter, firstRow: 0, rows: part.rows }
    const before = concatenated.slice(0, concatenated.indexOf(part))
    return { parameter: dense.kernel, firstRow: before.reduce((sum, { rows }) => sum + rows, 0), rows: part.rows }
  })
  const embeddings: Embedding[] = []
  for (const { column } of embedded) {
    const name = tableName(column)
    const shared = embeddings.find(({ table }) => table.name === name)
    embeddings.push(createEmbedding(encoded, column, experiment.seed, name, shared))
  }
  const tables = embeddings.filter(
    ({ parameter }, i) => embeddings.findIndex((one) => one.parameter === parameter) === i,
  )
  return {
    tables,
    variables: [
      ...tables.map(({ table, parameter }) => variableOf(table.name, parameter)),
      { name: `${name}/kernel`, shape: [width, units], pieces },
      variableOf(`${name}/bias`, dense.bias, [units]),
    ],
    kernelRows: Math.max(1, dense.kernel.rows),
    forward: (inputs) => forward(inputs, embeddings, indicators, dense),
  }
}

type Indicator = Omit<Embedding, 'table'>

function forward(inputs: BatchInputs, embeddings: Embedding[], indicators: Indicator[], dense: DenseLayer): InputPass {
  const vectors = embeddings.map((embedding) => embedding.lookUp(inputs))
  if (inputs.dense) vectors.push(inputs.dense)
  const x = vectors.length > 1 ? concat(vectors, 1) : vectors[0]
  let outputs: Tensor2D | null = x ? dense.forward(x) : null
  for (const indicator of indicators) {
    outputs = add<Tensor2D>(outputs ?? dense.bias.tensor, indicator.lookUp(inputs))
  }
  return {
    outputs: outputs!,
    backward(dOut, l2, l2Dense, range) {
      let dX: Tensor2D | null = null
      const dVectors = (embedding: number) => {
        dX ??= dense.dInput(dOut)
        if (vectors.length === 1) return dX
        const start = vectors.slice(0, embedding).reduce((sum, vector) => sum + vector.shape[1], 0)
        return slice(dX, [0, start], [-1, vectors[embedding]!.shape[1]])
      }
      const gradients = x ? dense.gradients(x, dOut, l2Dense, range) : [dense.biasGradient(dOut, range)]
      return [
        ...embeddings.flatMap((_, i) => tableGradient(embeddings, i, inputs, dVectors, l2)),
        ...indicators.flatMap((indicator) => indicator.gradient(inputs, () => dOut, l2)),
        ...gradients,
      ]
    },
  }
}

/** Of a table at its first column: the lookups of all columns that share it are one, so that duplicates among them are summed too. */
function tableGradient(
  embeddings: Embedding[],
  i: number,
  inputs: BatchInputs,
  dVectors: (embedding: number) => Tensor2D,
  l2: number,
): Gradient[] {
  const embedding = embeddings[i]!
  const sharing = embeddings.flatMap(({ parameter }, at) => (parameter === embedding.parameter ? [at] : []))
  if (sharing.length === 1) return embedding.gradient(inputs, () => dVectors(i), l2)
  if (sharing[0] !== i) return []
  const lookup = inputs.join(sharing.map((at) => embeddings[at]!.position))
  return embedding.gradientOf(lookup, () => concat(sharing.map(dVectors), 0), l2)
}

function joined(arrays: Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}
