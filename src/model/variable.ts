import { readTensor } from '../kernels/readTensor'
import { ownTensor, type Parameter } from './parameter'
import type { NamedArray } from './trainable'

/**
 * A weight under the name that TensorFlow gives it. Usually one parameter; the first dense kernel is several, interleaved in
 * the order of the dense columns: the rows of an indicator column are a table of their own.
 */
export interface Variable {
  name: string
  shape: number[]
  /** In the order of the variable's rows; together they are all of them. */
  pieces: Piece[]
}

/** Rows `firstRow` … `firstRow + rows − 1` of a parameter. */
export interface Piece {
  parameter: Parameter
  firstRow: number
  rows: number
}

export function variableOf(
  name: string,
  parameter: Parameter,
  shape = [parameter.rows, parameter.dimension],
): Variable {
  return { name, shape, pieces: [{ parameter, firstRow: 0, rows: parameter.rows }] }
}

/** The parameters behind variables, each once. */
export function parametersOf(variables: readonly Variable[]): Parameter[] {
  return [...new Set(variables.flatMap((variable) => variable.pieces.map((piece) => piece.parameter)))]
}

/** Variables as plain arrays; `slot` null = the weights themselves. Variables without that slot are left out. */
export async function readVariables(
  variables: readonly Variable[],
  slot: string | null,
): Promise<Record<string, NamedArray>> {
  const named: Record<string, NamedArray> = {}
  // All reads begin before the first is waited for: no training step can come between them.
  const reads = parametersOf(variables).flatMap((parameter) => {
    const tensor = slot === null ? parameter.tensor : parameter.slots.get(slot)
    return tensor ? [readTensor(tensor).then((values): [Parameter, Float32Array] => [parameter, values])] : []
  })
  const contents = new Map(await Promise.all(reads))
  for (const { name, shape, pieces } of variables) {
    if (!pieces.every((piece) => contents.has(piece.parameter))) continue
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
    let at = 0
    for (const { parameter, firstRow, rows } of pieces) {
      const [from, to] = [firstRow * parameter.dimension, (firstRow + rows) * parameter.dimension]
      values.set(contents.get(parameter)!.subarray(from, to), at)
      at += to - from
    }
    named[slot === null ? name : `${name}/${slot}`] = { shape, values }
  }
  return named
}

/**
 * Puts arrays that `readVariables` made back, when the function returned is called. Throws at once, and changes nothing, when
 * one is missing or of another shape.
 */
export function prepareWrite(
  variables: readonly Variable[],
  slot: string | null,
  named: Record<string, NamedArray>,
): () => void {
  const written = variables.filter(({ pieces }) => slot === null || pieces.every((piece) => piece.parameter.trainable))
  const arrays = written.map((variable) =>
    matching(variable, slot === null ? variable.name : `${variable.name}/${slot}`, named),
  )
  const contents = new Map<Parameter, Float32Array>()
  for (const [i, { pieces }] of written.entries()) {
    let at = 0
    for (const { parameter, firstRow, rows } of pieces) {
      const length = rows * parameter.dimension
      const values = contents.get(parameter) ?? new Float32Array(parameter.rows * parameter.dimension)
      values.set(arrays[i]!.subarray(at, at + length), firstRow * parameter.dimension)
      contents.set(parameter, values)
      at += length
    }
  }
  return () => {
    for (const [parameter, values] of contents) replace(parameter, slot, values)
  }
}

function replace(parameter: Parameter, slot: string | null, values: Float32Array): void {
  const tensor = ownTensor(values, parameter.rows, parameter.dimension)
  if (slot === null) {
    parameter.tensor.dispose()
    parameter.tensor = tensor
  } else {
    parameter.slots.get(slot)?.dispose()
    parameter.slots.set(slot, tensor)
  }
}

function matching({ shape }: Variable, name: string, named: Record<string, NamedArray>): Float32Array {
  const array = named[name]
  if (!array) throw new Error(`The saved weights have no ${name}, which this model needs.`)
  if (array.shape.join() !== shape.join() || array.values.length !== shape.reduce((a, b) => a * b, 1)) {
    throw new Error(
      `The saved weights have ${name} of shape [${array.shape.join(', ')}]; this model needs [${shape.join(', ')}].`,
    )
  }
  return array.values
}
