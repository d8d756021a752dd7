import type { OptimizerSlot } from '../experiment/optimizerRules'
import type { Parameter } from './parameter'
import type { Checkpoint, NamedArray } from './trainable'

/** An array [rows × dimension], wherever a model keeps it. */
export interface Rows {
  readonly rows: number
  readonly dimension: number
  /** Only then it has slots. */
  readonly trainable: boolean
}

/**
 * A weight under the name that TensorFlow gives it. Usually one parameter; the first dense kernel is several, interleaved in
 * the order of the dense columns: the rows of an indicator column are a table of their own.
 */
export interface Variable<P extends Rows = Parameter> {
  name: string
  shape: number[]
  /** In the order of the variable's rows; together they are all of them. */
  pieces: Piece<P>[]
}

/** Rows `firstRow` … `firstRow + rows − 1` of a parameter. */
export interface Piece<P extends Rows = Parameter> {
  parameter: P
  firstRow: number
  rows: number
}

/** The weights themselves, or one of the arrays beside them. */
export type Part = OptimizerSlot | null

export function variableOf<P extends Rows>(
  name: string,
  parameter: P,
  shape = [parameter.rows, parameter.dimension],
): Variable<P> {
  return { name, shape, pieces: [{ parameter, firstRow: 0, rows: parameter.rows }] }
}

/** The parameters behind variables, each once. */
export function parametersOf<P extends Rows>(variables: readonly Variable<P>[]): P[] {
  return [...new Set(variables.flatMap(({ pieces }) => pieces.map(({ parameter }) => parameter)))]
}

/**
 * Variables and their slots as plain arrays. `read`: [rows × dimension] of a part of a parameter; it is called for all of them before the first answer is
 * waited for, so that no training step can come between.
 */
export async function readVariables<P extends Rows>(
  variables: readonly Variable<P>[],
  slots: readonly OptimizerSlot[],
  read: (parameter: P, part: Part) => Promise<Float32Array>,
): Promise<Pick<Checkpoint, 'weights' | 'optimizer'>> {
  const [weights, ...state] = await Promise.all(
    [null, ...slots].map(async (part) => {
      const having = variablesWith(variables, part)
      const reads = parametersOf(having).map(async (parameter) => [parameter, await read(parameter, part)] as const)
      const rows = new Map(await Promise.all(reads))
      return Object.fromEntries(having.map((variable) => [nameOf(variable, part), joined(variable, part, rows)]))
    }),
  )
  return { weights: weights!, optimizer: Object.assign({}, ...state) }
}

/** How rows come to where a model keeps them. */
export interface RowWriter<P extends Rows> {
  /** [rows × dimension] */
  write(parameter: P, part: Part, rows: Float32Array): void
  /** Slots as they begin. */
  resetSlots(parameter: P): void
}

/**
 * What puts the arrays of a checkpoint back, and returns the steps that training goes on from. Throws at once, and changes nothing, when one is missing or
 * of another shape. Without optimizer state, slots begin anew.
 */
export function prepareRestore<P extends Rows>(
  variables: readonly Variable<P>[],
  slots: readonly OptimizerSlot[],
  { weights, optimizer, steps }: Checkpoint,
  { write, resetSlots }: RowWriter<P>,
): () => number {
  const hasState = Object.keys(optimizer).length > 0
  const parts: Part[] = hasState ? [null, ...slots] : [null]
  const writes = parts.flatMap((part) => {
    const rows = split(variablesWith(variables, part), part, part ? optimizer : weights)
    return [...rows].map(
      ([parameter, values]) =>
        () =>
          write(parameter, part, values),
    )
  })
  return () => {
    for (const one of writes) one()
    if (!hasState) for (const parameter of parametersOf(variables)) resetSlots(parameter)
    // Plain gradient descent has no state but its steps; Adam must not count steps that its moments do not hold.
    return hasState || slots.length === 0 ? steps : 0
  }
}

function variablesWith<P extends Rows>(variables: readonly Variable<P>[], part: Part): Variable<P>[] {
  return variables.filter(({ pieces }) => part === null || pieces.every(({ parameter }) => parameter.trainable))
}

function joined<P extends Rows>(variable: Variable<P>, part: Part, rowsOf: ReadonlyMap<P, Float32Array>): NamedArray {
  const shape = shapeOf(variable, part)
  const values = new Float32Array(sizeOf(shape))
  let at = 0
  for (const { parameter, firstRow, rows } of variable.pieces) {
    const width = widthOf(parameter, part)
    values.set(rowsOf.get(parameter)!.subarray(firstRow * width, (firstRow + rows) * width), at)
    at += rows * width
  }
  return { shape, values }
}

/** The rows of every parameter. */
function split<P extends Rows>(
  variables: readonly Variable<P>[],
  part: Part,
  named: Record<string, NamedArray>,
): Map<P, Float32Array> {
  const rowsOf = new Map<P, Float32Array>()
  for (const variable of variables) {
    const from = matching(variable, part, named)
    let at = 0
    for (const { parameter, firstRow, rows } of variable.pieces) {
      const width = widthOf(parameter, part)
      const values = rowsOf.get(parameter) ?? new Float32Array(parameter.rows * width)
      values.set(from.subarray(at, at + rows * width), firstRow * width)
      rowsOf.set(parameter, values)
      at += rows * width
    }
  }
  return rowsOf
}

function nameOf<P extends Rows>({ name }: Variable<P>, part: Part): string {
  return part === null ? name : `${name}/${part.name}`
}

function widthOf({ dimension }: Rows, part: Part): number {
  return part?.perRow ? 1 : dimension
}

/** A slot with one number a row is a column, whatever the shape of the variable. */
function shapeOf<P extends Rows>({ shape, pieces }: Variable<P>, part: Part): number[] {
  return part?.perRow ? [pieces.reduce((sum, { rows }) => sum + rows, 0), 1] : shape
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function matching<P extends Rows>(variable: Variable<P>, part: Part, named: Record<string, NamedArray>): Float32Array {
  const name = nameOf(variable, part)
  const shape = shapeOf(variable, part)
  const array = named[name]
  if (!array) throw new Error(`The saved weights have no ${name}, which this model needs.`)
  if (array.shape.join() !== shape.join() || array.values.length !== sizeOf(shape)) {
    throw new Error(
      `The saved weights have ${name} of shape [${array.shape.join(', ')}]; this model needs [${shape.join(', ')}].`,
    )
  }
  return array.values
}
