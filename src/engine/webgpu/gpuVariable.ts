import type { OptimizerSlot } from '../../experiment/optimizerRules'
import type { Checkpoint, NamedArray } from '../../model/trainable'
import { bufferOf, type GpuParameter, type GpuSlot, resetSlots, rowWidth, writeRows } from './gpuParameter'
import type { PendingRead, StagingReads } from './stagingReads'

/** A weight under the name that TensorFlow gives it: model/variable.ts, on the device. */
export interface GpuVariable {
  name: string
  shape: number[]
  /** In the order of the variable's rows; together they are all of them. */
  pieces: { parameter: GpuParameter; firstRow: number; rows: number }[]
}

export function gpuVariableOf(
  name: string,
  parameter: GpuParameter,
  shape = [parameter.rows, parameter.dimension],
): GpuVariable {
  return { name, shape, pieces: [{ parameter, firstRow: 0, rows: parameter.rows }] }
}

/** The parameters behind variables, each once. */
export function gpuParametersOf(variables: readonly GpuVariable[]): GpuParameter[] {
  return [...new Set(variables.flatMap(({ pieces }) => pieces.map(({ parameter }) => parameter)))]
}

/** Records copies of all variables and of their slots; the function returned waits for them, after the submit. */
export function recordVariables(
  encoder: GPUCommandEncoder,
  reads: StagingReads,
  variables: readonly GpuVariable[],
  slots: readonly OptimizerSlot[],
): () => Promise<Pick<Checkpoint, 'weights' | 'optimizer'>> {
  const record = (slotName: string | null) =>
    gpuParametersOf(variables).flatMap((parameter) => {
      const slot = slotOf(parameter, slotName)
      if (slot === undefined) return []
      const length = parameter.rows * rowWidth(parameter, slot).width
      return [{ parameter, length, read: reads.record(encoder, bufferOf(parameter, slot), length) }]
    })
  const weights = record(null)
  const state = slots.map(({ name }) => ({ name, recorded: record(name) }))
  return async () => {
    const [weightValues, ...slotValues] = await Promise.all([weights, ...state.map((s) => s.recorded)].map(finish))
    const optimizer = state.map(({ name }, i) => assemble(variables, name, slotValues[i]!))
    return { weights: assemble(variables, null, weightValues!), optimizer: Object.assign({}, ...optimizer) }
  }
}

type Contents = Map<GpuParameter, Float32Array>

async function finish(recorded: { parameter: GpuParameter; length: number; read: PendingRead }[]): Promise<Contents> {
  return new Map(
    await Promise.all(
      recorded.map(async ({ parameter, length, read }): Promise<[GpuParameter, Float32Array]> => {
        const values = new Float32Array(length)
        await read.into(values)
        return [parameter, values]
      }),
    ),
  )
}

function assemble(variables: readonly GpuVariable[], slotName: string | null, contents: Contents) {
  const named: Record<string, NamedArray> = {}
  for (const variable of variables) {
    const parts = partsOf(variable, slotName)
    if (!parts) continue
    const { name, shape } = arrayOf(variable, slotName, parts)
    const values = new Float32Array(sizeOf(shape))
    let at = 0
    for (const { parameter, dimension, width, firstRow, rows } of parts) {
      const from = contents.get(parameter)!
      for (let row = firstRow; row < firstRow + rows; row++, at += dimension) {
        values.set(from.subarray(row * width, row * width + dimension), at)
      }
    }
    named[name] = { shape, values }
  }
  return named
}

/**
 * Puts arrays that `recordVariables` read back, when the function returned is called. Throws at once, and changes nothing, when one is missing
 * or of another shape. Without `optimizer`, slots begin anew.
 */
export function prepareGpuWrite(
  device: GPUDevice,
  variables: readonly GpuVariable[],
  slots: readonly OptimizerSlot[],
  { weights, optimizer }: Pick<Checkpoint, 'weights' | 'optimizer'>,
): () => void {
  const hasState = Object.keys(optimizer).length > 0
  const writes = [
    prepare(device, variables, null, weights),
    ...(hasState ? slots.map(({ name }) => prepare(device, variables, name, optimizer)) : []),
  ]
  return () => {
    for (const write of writes) write()
    if (!hasState) for (const parameter of gpuParametersOf(variables)) resetSlots(device, parameter)
  }
}

function prepare(
  device: GPUDevice,
  variables: readonly GpuVariable[],
  slotName: string | null,
  named: Record<string, NamedArray>,
): () => void {
  const contents = new Map<GpuParameter, { slot: GpuSlot | null; values: Float32Array }>()
  for (const variable of variables) {
    const parts = partsOf(variable, slotName)
    if (!parts) continue
    const from = matching(arrayOf(variable, slotName, parts), named)
    let at = 0
    for (const { parameter, slot, dimension, firstRow, rows } of parts) {
      const values = contents.get(parameter)?.values ?? new Float32Array(parameter.rows * dimension)
      values.set(from.subarray(at, at + rows * dimension), firstRow * dimension)
      contents.set(parameter, { slot, values })
      at += rows * dimension
    }
  }
  return () => {
    for (const [parameter, { slot, values }] of contents) writeRows(device, parameter, slot, values)
  }
}

interface Part {
  parameter: GpuParameter
  slot: GpuSlot | null
  dimension: number
  width: number
  firstRow: number
  rows: number
}

function slotOf(parameter: GpuParameter, slotName: string | null): GpuSlot | null | undefined {
  return slotName === null ? null : parameter.slots.get(slotName)
}

/** null: a parameter of the variable has no such slot. */
function partsOf({ pieces }: GpuVariable, slotName: string | null): Part[] | null {
  const parts: Part[] = []
  for (const { parameter, firstRow, rows } of pieces) {
    const slot = slotOf(parameter, slotName)
    if (slot === undefined) return null
    parts.push({ parameter, slot, ...rowWidth(parameter, slot), firstRow, rows })
  }
  return parts
}

/** Name and shape in a checkpoint. A slot with one number a row has shape [rows, 1]. */
function arrayOf({ name, shape }: GpuVariable, slotName: string | null, parts: Part[]) {
  if (slotName === null) return { name, shape }
  const perRow = parts.some(({ slot }) => slot?.perRow)
  return {
    name: `${name}/${slotName}`,
    shape: perRow ? [parts.reduce((sum, { rows }) => sum + rows, 0), 1] : shape,
  }
}

function matching({ name, shape }: { name: string; shape: number[] }, named: Record<string, NamedArray>): Float32Array {
  const array = named[name]
  if (!array) throw new Error(`The saved weights have no ${name}, which this model needs.`)
  if (array.shape.join() !== shape.join() || array.values.length !== sizeOf(shape)) {
    throw new Error(
      `The saved weights have ${name} of shape [${array.shape.join(', ')}]; this model needs [${shape.join(', ')}].`,
    )
  }
  return array.values
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
