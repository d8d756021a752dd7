import { networkOf } from '../../experiment/watchList'
import { initialKernel } from '../../model/initialize'
import { type Variable, variableOf } from '../../model/variable'
import {
  activationCodes,
  bindBackward,
  bindForward,
  createDenseLayer,
  type DenseLayer,
  type DenseSpec,
  type LayerPass,
  paddedTo4,
  rowsBuffer,
} from './denseLayer'
import { bindingsOf, bindKernel, type GpuKernel } from './gpuKernel'
import type { GpuNetwork } from './gpuNetwork'
import type { GpuParameter } from './gpuParameter'
import { createInputColumns, type InputColumns, tableOf } from './inputLayer'
import lossesCode from './losses.wgsl?raw'
import type { ModelContext } from './modelContext'
import outputLossCode from './network/outputLoss.wgsl?raw'
import { bindRowUpdate } from './rowUpdate'
import stepCode from './step.wgsl?raw'
import type { Workspace } from './workspace'

/** model/tabular.ts: columns → hidden layers → head, forward, backward and update in a fixed list of dispatches. */
export async function createTabularNetwork(context: ModelContext): Promise<GpuNetwork> {
  const { device, encoded, experiment } = context
  const { seed, optimizer } = experiment
  if (experiment.model.type === 'dotProduct') throw new TypeError('This is no tabular network but a dot product.')
  const model = networkOf(experiment.model)
  const widths = [...model.hiddenUnits, encoded.label.outputs]
  const names = widths.map((_, i) => (i < model.hiddenUnits.length ? `hidden_${i}` : 'head'))
  const columns = await createInputColumns(context, names[0]!, widths[0]!)
  const hidden = activationCodes[model.activation]
  const specs = widths.map(
    (units, i): DenseSpec => ({
      name: names[i]!,
      inputs: i === 0 ? columns.inputs : widths[i - 1]!,
      inputActivation: i === 0 ? activationCodes.none : hidden,
      units,
      activation: i < widths.length - 1 ? hidden : activationCodes.none,
      adds: i === 0 && columns.indicators.length > 0,
      kernel: i === 0 ? columns.kernel : initialKernel(seed, `${names[i]!}/kernel`, widths[i - 1]!, units),
    }),
  )
  const [layers, loss] = await Promise.all([
    Promise.all(specs.map((spec) => createDenseLayer(context, spec))),
    lossKernel(context),
  ])
  const forward = (workspace: Workspace, rows: GPUBuffer[]) => bindLayers(device, columns, layers, workspace, rows)
  const updates = [...columns.embeddings, ...columns.indicators].filter(({ update }) => update !== null)

  return {
    tables: columns.embeddings.map(tableOf),
    variables: variablesOf(columns, layers),
    outputStride: layers.at(-1)!.outWidth,
    bindTraining(workspace, losses) {
      // rows[i] goes into layer i, the last are the outputs; gradients alike.
      const rows = rowBuffers(workspace, layers)
      const gradients = rowBuffers(workspace, layers)
      const asksInputs = columns.embeddings.some(({ update }) => update !== null)
      const { labels, batchStride, capacity } = workspace.layout
      const places = workspace.buffers.uniform([labels, batchStride, capacity])
      const outputs = [places, rows.at(-1)!, workspace.batches, gradients.at(-1)!, losses]
      const lossPass = bindKernel(device, loss, workspace.uniforms, outputs)
      const backward = layers.map((layer, i) => {
        const dInputs = i > 0 || asksInputs ? gradients[i]! : null
        return bindBackward(device, optimizer, layer, workspace, rows[i]!, gradients[i + 1]!, dInputs)
      })
      const tables = updates.map(({ part, at, update }) => {
        const dOut =
          part.kind === 'embedding'
            ? { buffer: gradients[0]!, at, stride: layers[0]!.inputWidth }
            : { buffer: gradients[1]!, at: 0, stride: layers[0]!.outWidth }
        return bindRowUpdate(device, optimizer, update!, workspace, dOut)
      })
      const forwardPass = forward(workspace, rows)
      return (pass, size) => {
        forwardPass(pass, size)
        pass.threads(lossPass, size)
        for (const layer of backward.toReversed()) layer(pass, size)
        for (const table of tables) table(pass, size)
      }
    },
    bindPrediction(workspace, outputs) {
      return forward(workspace, [...rowBuffers(workspace, layers).slice(0, -1), outputs])
    },
  }
}

/** Inputs of every layer, then the outputs. */
function rowBuffers(workspace: Workspace, layers: readonly DenseLayer[]): GPUBuffer[] {
  return [layers[0]!.inputWidth, ...layers.map(({ outWidth }) => outWidth)].map((width) => rowsBuffer(workspace, width))
}

function bindLayers(
  device: GPUDevice,
  columns: InputColumns,
  layers: readonly DenseLayer[],
  workspace: Workspace,
  rows: readonly GPUBuffer[],
): LayerPass {
  const passes = [
    columns.bindInputs(workspace, rows[0]!),
    columns.bindIndicators(workspace, rows[1]!, layers[0]!.outWidth),
    ...layers.map((layer, i) => bindForward(device, layer, workspace, rows[i]!, rows[i + 1]!)),
  ]
  return (pass, size) => {
    for (const one of passes) one(pass, size)
  }
}

function variablesOf(columns: InputColumns, layers: readonly DenseLayer[]): Variable<GpuParameter>[] {
  const kernels = layers.flatMap(({ spec: { name, inputs, units }, parameter }, i): Variable<GpuParameter>[] => {
    const pieces = i === 0 ? columns.pieces(parameter) : [{ parameter, firstRow: 0, rows: inputs }]
    const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0)
    return [
      { name: `${name}/kernel`, shape: [rows, units], pieces },
      { name: `${name}/bias`, shape: [units], pieces: [{ parameter, firstRow: inputs, rows: 1 }] },
    ]
  })
  return [...columns.embeddings.map((one) => variableOf(tableOf(one).name, one.parameter)), ...kernels]
}

function lossKernel({ factory, encoded: { label } }: ModelContext): Promise<GpuKernel> {
  return factory.kernel({
    code: [stepCode, lossesCode, outputLossCode],
    entryPoint: 'main',
    bindings: bindingsOf('uniform', 'read', 'read', 'write', 'write'),
    constants: {
      OUTPUTS: label.outputs,
      OUT: paddedTo4(label.outputs) / 4,
      BINARY: Number(label.task === 'binary'),
      CLASSES: Number(label.task === 'multiclass'),
    },
  })
}
