import { categoricalName, columnName } from '../../experiment/columnName'
import type { EmbeddingColumn, Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import { type Combiner, combinerCodes } from '../../kernels/combiner'
import { categoricalPosition } from '../../model/categoricalPosition'
import { initialKernel, initialTable } from '../../model/initialize'
import { type InputPart, inputParts } from '../../model/inputParts'
import type { Variable } from '../../model/variable'
import { type LayerPass, paddedTo4 } from './denseLayer'
import { bindingsOf, bindKernel, type GpuKernel } from './gpuKernel'
import { createGpuParameter, type GpuParameter } from './gpuParameter'
import type { ModelContext } from './modelContext'
import fillNumbersCode from './network/fillNumbers.wgsl?raw'
import lookUpBagsCode from './network/lookUpBags.wgsl?raw'
import { createRowUpdate, type RowUpdate } from './rowUpdate'
import stepCode from './step.wgsl?raw'
import { vectorCode } from './vectorCode'
import type { Workspace } from './workspace'

/** A table whose bags are columns of the inputs from `at` on, or, for an indicator, sums that the first layer adds. */
export interface LookedUp {
  part: InputPart
  parameter: GpuParameter
  position: number
  combiner: Combiner
  at: number
  lookUp: GpuKernel
  update: RowUpdate | null
}

/**
 * The columns as the first layer reads them: model/inputLayer.ts on the device. Embeddings stand before numbers, those with dimensions
 * of many lanes first, so that each lies at a multiple of its own; checkpoints have TensorFlow's order.
 */
export interface InputColumns {
  embeddings: LookedUp[]
  indicators: LookedUp[]
  /** Inputs without the 1 of the bias. */
  inputs: number
  /** [inputs × units] of the dense part of the first kernel. */
  kernel: Float32Array
  /** Pieces of the first kernel, given the parameter of its dense part. */
  pieces(dense: GpuParameter): Variable<GpuParameter>['pieces']
  bindInputs(workspace: Workspace, inputs: GPUBuffer): LayerPass
  /** Sums of indicator rows into `out` [B, width]. */
  bindIndicators(workspace: Workspace, out: GPUBuffer, width: number): LayerPass
}

/** `name` of the first layer. Throws what model/inputParts.ts throws. */
export async function createInputColumns(context: ModelContext, name: string, units: number): Promise<InputColumns> {
  const { device, encoded, experiment } = context
  const parts = inputParts(encoded, experiment)
  const total = parts.reduce((sum, { rows }) => sum + rows, 0)
  const all = initialKernel(experiment.seed, `${name}/kernel`, total, units)
  const rowsOf = ({ kernelRow, rows }: InputPart) => all.subarray(kernelRow * units, (kernelRow + rows) * units)
  const concatenated = [
    ...parts.filter(({ kind }) => kind === 'embedding').sort((a, b) => lanesOf(b) - lanesOf(a)),
    ...parts.filter((part) => part.kind === 'numeric').sort((a, b) => a.place - b.place),
  ]
  const inputs = concatenated.reduce((sum, { rows }) => sum + rows, 0)
  const places = new Map<InputPart, number>()
  const kernel = new Float32Array(inputs * units)
  let at = 0
  for (const part of concatenated) {
    places.set(part, at)
    kernel.set(rowsOf(part), at * units)
    at += part.rows
  }
  const create = (part: InputPart, adds: boolean) =>
    createLookedUp(context, part, places.get(part) ?? 0, {
      units,
      kernelRows: rowsOf(part),
      adds,
    })
  const ofKind = (kind: InputPart['kind']) => parts.filter((part) => part.kind === kind)
  const [embeddings, indicators, fill] = await Promise.all([
    Promise.all(ofKind('embedding').map((part) => create(part, false))),
    Promise.all(ofKind('indicator').map((part, i) => create(part, i > 0))),
    fillKernel(context, inputs),
  ])
  const width = paddedTo4(inputs + 1)
  const numbers = encoded.numeric.length

  return {
    embeddings,
    indicators,
    inputs,
    kernel,
    pieces: (dense) =>
      parts.map((part) => {
        const indicator = indicators.find((one) => one.part === part)
        if (indicator) return { parameter: indicator.parameter, firstRow: 0, rows: part.rows }
        return { parameter: dense, firstRow: places.get(part)!, rows: part.rows }
      }),
    bindInputs(workspace, target) {
      const lookUps = embeddings.map((one) => bindLookUp(device, one, workspace, target, width))
      const { dense, batchStride } = workspace.layout
      const layout = workspace.buffers.uniform([dense, batchStride])
      const filling = bindKernel(device, fill, workspace.uniforms, [layout, workspace.batches, target])
      return (pass, size) => {
        for (const lookUp of lookUps) lookUp(pass, size)
        pass.threads(filling, size * (width - inputs + numbers))
      }
    },
    bindIndicators(workspace, out, outWidth) {
      const lookUps = indicators.map((one) => bindLookUp(device, one, workspace, out, outWidth))
      return (pass, size) => {
        for (const lookUp of lookUps) lookUp(pass, size)
      }
    },
  }
}

function lanesOf({ rows }: InputPart): number {
  return vectorCode(rows).lanes
}

function fillKernel({ factory, encoded: { numeric } }: ModelContext, inputs: number): Promise<GpuKernel> {
  return factory.kernel({
    code: [stepCode, fillNumbersCode],
    entryPoint: 'main',
    bindings: bindingsOf('uniform', 'read', 'write'),
    constants: { FIRST: inputs - numeric.length, NUMBERS: numeric.length, WIDTH: paddedTo4(inputs + 1) },
  })
}

interface FirstKernel {
  units: number
  /** [rows of the part × units] */
  kernelRows: Float32Array
  adds: boolean
}

async function createLookedUp(
  context: ModelContext,
  part: InputPart,
  at: number,
  { units, kernelRows, adds }: FirstKernel,
): Promise<LookedUp> {
  if (part.kind === 'numeric') throw new TypeError('Numbers are not looked up.')
  const { device, factory, buffers, encoded, experiment } = context
  const position = part.kind === 'embedding' ? categoricalPosition(encoded, part.column.categorical) : part.position
  const { buckets, offsets, name } = encoded.categorical[position]!
  const bags = offsets !== null
  const spec =
    part.kind === 'embedding'
      ? embeddingSpec(experiment, part.column, buckets)
      : {
          name: `${name}_indicator`,
          field: 'model.hiddenUnits',
          values: kernelRows.slice(),
          dimension: units,
          width: paddedTo4(units),
          trainable: true,
        }
  const parameter = createGpuParameter(device, buffers, optimizerRule(experiment.optimizer).slots, spec)
  const combiner = part.kind === 'embedding' ? part.column.combiner : 'sum'
  const { code, lanes } = vectorCode(parameter.width)
  const [lookUp, update] = await Promise.all([
    factory.kernel({
      code: [stepCode, code, lookUpBagsCode],
      entryPoint: 'main',
      bindings: bindingsOf('uniform', 'read', 'read', 'write'),
      constants: { DIM: parameter.width / lanes, BAGS: Number(bags), ADDS: Number(adds) },
    }),
    parameter.trainable ? createRowUpdate(context, parameter, position, combiner) : null,
  ])
  return { part, parameter, position, combiner, at, lookUp, update }
}

function embeddingSpec({ columns, seed }: Experiment, column: EmbeddingColumn, rows: number) {
  const { dimension, trainable, initializerStddev } = column
  const name = columnName(column)
  const values = initialTable(seed, name, rows, dimension, initializerStddev)
  return { name, field: `columns.${columns.indexOf(column)}.dimension`, values, dimension, trainable }
}

function bindLookUp(
  device: GPUDevice,
  { parameter, position, combiner, at, lookUp }: LookedUp,
  { layout, buffers, batches, uniforms }: Workspace,
  out: GPUBuffer,
  outWidth: number,
): LayerPass {
  const { ids, offsets } = layout.columns[position]!
  const { lanes } = vectorCode(parameter.width)
  const numbers = [ids, offsets, layout.batchStride, combinerCodes[combiner], at / lanes, outWidth / lanes]
  const kernel = bindKernel(device, lookUp, uniforms, [buffers.uniform(numbers), batches, parameter.weights, out])
  return (pass, size) => pass.threads(kernel, (size * parameter.width) / lanes)
}

/** As `Trainable.tables` lists an embedding. */
export function tableOf({ part, parameter }: LookedUp) {
  if (part.kind !== 'embedding') throw new TypeError('Only embeddings are tables.')
  const { rows, dimension } = parameter
  return { name: columnName(part.column), column: categoricalName(part.column.categorical), rows, dimension }
}
