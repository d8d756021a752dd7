import type { OptimizerSlot } from '../experiment/optimizerRules'
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
  slot: OptimizerSlot | null,
): Promise<Record<string, NamedArray>> {
  const named: Record<string, NamedArray> = {}
  // All reads begin before the first is waited for: no training step can come between them.
  const reads = parametersOf(variables).flatMap((parameter) => {
    const tensor = slot === null ? parameter.tensor : parameter.slots.get(slot.name)
    return tensor ? [readTensor(tensor).then((values): [Parameter, Float32Array] => [parameter, values])] : []
  })
  const contents = new Map(await Promise.all(reads))
  for (const variable of variables) {
    const { name, pieces } = variable
    if (!pieces.every((piece) => contents.has(piece.parameter))) continue
    const shape = shapeOf(variable, slot)
    const values = new Float32Array(numbers(shape))
    let at = 0
    for (const { parameter, firstRow, rows } of pieces) {
      const width = widthOf(parameter, slot)
      values.set(contents.get(parameter)!.subarray(firstRow * width, (firstRow + rows) * width), at)
      at += rows * width
    }
    named[nameOf(name, slot)] = { shape, values }
  }
  return named
}

/**
 * Puts arrays that `readVariables` made back, when the function returned is called. Throws at once, and changes nothing, when
 * one is missing or of another shape.
 */
export function prepareWrite(
  variables: readonly Variable[],
  slot: OptimizerSlot | null,
  named: Record<string, NamedArray>,
): () => void {
  const written = variables.filter(({ pieces }) => slot === null || pieces.every((piece) => piece.parameter.trainable))
  const arrays = written.map((variable) => matching(variable, slot, named))
  const contents = new Map<Parameter, Float32Array>()
  for (const [i, { pieces }] of written.entries()) {
    let at = 0
    for (const { parameter, firstRow, rows } of pieces) {
      const width = widthOf(parameter, slot)
      const values = contents.get(parameter) ?? new Float32Array(parameter.rows * width)
      values.set(arrays[i]!.subarray(at, at + rows * width), firstRow * width)
      contents.set(parameter, values)
      at += rows * width
    }
  }
  return () => {
    for (const [parameter, values] of contents) replace(parameter, slot, values)
  }
}

function replace(parameter: Parameter, slot: OptimizerSlot | null, values: Float32Array): void {
  const tensor = ownTensor(values, parameter.rows, widthOf(parameter, slot))
  if (slot === null) {
    parameter.tensor.dispose()
    parameter.tensor = tensor
  } else {
    parameter.slots.get(slot.name)?.dispose()
    parameter.slots.set(slot.name, tensor)
  }
}

function nameOf(variable: string, slot: OptimizerSlot | null): string {
  return slot === null ? variable : `${variable}/${slot.name}`
}

function widthOf({ dimension }: Parameter, slot: OptimizerSlot | null): number {
  return slot?.perRow ? 1 : dimension
}

/** A slot with one number a row is a column, whatever the shape of the variable. */
function shapeOf({ shape, pieces }: Variable, slot: OptimizerSlot | null): number[] {
  return slot?.perRow ? [pieces.reduce((sum, { rows }) => sum + rows, 0), 1] : shape
}

function numbers(shape: number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

function matching(variable: Variable, slot: OptimizerSlot | null, named: Record<string, NamedArray>): Float32Array {
  const name = nameOf(variable.name, slot)
  const shape = shapeOf(variable, slot)
  const array = named[name]
  if (!array) throw new Error(`The saved weights have no ${name}, which this model needs.`)
  if (array.shape.join() !== shape.join() || array.values.length !== numbers(shape)) {
    throw new Error(
      `The saved weights have ${name} of shape [${array.shape.join(', ')}]; this model needs [${shape.join(', ')}].`,
    )
  }
  return array.values
}
