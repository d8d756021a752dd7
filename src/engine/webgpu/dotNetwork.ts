import { categoricalName, columnName } from '../../experiment/columnName'
import type { EmbeddingColumn } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import { combinerCodes } from '../../kernels/combiner'
import { categoricalPosition } from '../../model/categoricalPosition'
import { labelMean, twoColumns } from '../../model/dotProductColumns'
import { initialTable } from '../../model/initialize'
import { ModelError } from '../../model/modelError'
import { variableOf } from '../../model/variable'
import { NONE } from './batchLayout'
import dotProductCode from './dotProduct.wgsl?raw'
import { bindingsOf, bindKernel } from './gpuKernel'
import type { GpuNetwork } from './gpuNetwork'
import { createGpuParameter, type GpuParameter } from './gpuParameter'
import lossesCode from './losses.wgsl?raw'
import type { ModelContext } from './modelContext'
import { bindRowUpdate, createRowUpdate, type RowUpdate } from './rowUpdate'
import stepCode from './step.wgsl?raw'
import { vectorCode } from './vectorCode'
import type { Workspace } from './workspace'

/** The tables of one side. */
interface Side {
  column: EmbeddingColumn
  position: number
  bags: boolean
  table: GpuParameter
  bias: GpuParameter | null
}

/** model/dotProduct.ts in three dispatches a step, or five with biases: every example forward with its gradient, then every table. */
export async function createDotNetwork(context: ModelContext): Promise<GpuNetwork> {
  const { device, factory, buffers, encoded, experiment } = context
  const { label } = encoded
  const { model } = experiment
  if (model.type !== 'dotProduct') throw new TypeError(`This is no dot product but a ${model.type} model.`)
  if (label.task === 'multiclass' || label.outputs !== 1) {
    throw new ModelError(
      'The dot product predicts one number: choose one regression target or a binary label.',
      'label',
    )
  }
  const sides = twoColumns(experiment, model).map((column) => createSide(context, column, model.biases))
  const [user, item] = sides as [Side, Side]
  const globalBias = createGpuParameter(device, buffers, [], {
    name: 'global_bias',
    field: 'model',
    values: Float32Array.of(labelMean(encoded)),
    dimension: 1,
    trainable: false,
  })
  const { dimension } = user.column
  const { code, lanes } = vectorCode(dimension)
  const spec = {
    code: [stepCode, code, lossesCode, dotProductCode],
    bindings: bindingsOf('uniform', 'read', 'read', 'read', 'read', 'read', 'write', 'write', 'write', 'uniform'),
    constants: {
      DIM: dimension / lanes,
      BIASES: Number(model.biases),
      BINARY: Number(label.task === 'binary'),
      USER_BAGS: Number(user.bags),
      ITEM_BAGS: Number(item.bags),
    },
  }
  const [train, predict, updates] = await Promise.all([
    factory.kernel({ ...spec, entryPoint: 'train' }),
    factory.kernel({ ...spec, entryPoint: 'predict' }),
    createUpdates(context, user, item),
  ])

  function bind(kernel: typeof train, workspace: Workspace, gradients: [GPUBuffer, GPUBuffer], results: GPUBuffer) {
    const numbers = [...placesOf(workspace, user), ...placesOf(workspace, item)]
    const { labels, batchStride, capacity } = workspace.layout
    return bindKernel(device, kernel, workspace.uniforms, [
      workspace.buffers.uniform([...numbers, labels, batchStride, capacity]),
      workspace.batches,
      user.table.weights,
      item.table.weights,
      // Not read without biases.
      (user.bias ?? user.table).weights,
      (item.bias ?? item.table).weights,
      ...gradients,
      results,
      globalBias.weights,
    ])
  }
  return {
    tables: sides.map(({ column, table }) => ({
      name: columnName(column),
      column: categoricalName(column.categorical),
      rows: table.rows,
      dimension,
    })),
    variables: [
      ...sides.map(({ column, table }) => variableOf(columnName(column), table)),
      ...sides.flatMap(({ column, bias }) => (bias ? [variableOf(biasName(column), bias)] : [])),
      variableOf('global_bias', globalBias, [1]),
    ],
    outputStride: 1,
    bindTraining(workspace, losses) {
      const room = (length: number) => workspace.buffers.allocate('Gradients of a batch', length, 'batchSize')
      const { capacity } = workspace.layout
      const vectors = { buffer: room(capacity * 2 * dimension), stride: 2 * dimension }
      const biases = { buffer: room(capacity), at: 0, stride: 1 }
      const gradients = { user: { ...vectors, at: 0 }, item: { ...vectors, at: dimension }, bias: biases }
      const forward = bind(train, workspace, [vectors.buffer, biases.buffer], losses)
      const bound = updates.map(({ of, update }) =>
        bindRowUpdate(device, experiment.optimizer, update, workspace, gradients[of]),
      )
      return (pass, size) => {
        pass.threads(forward, size)
        for (const update of bound) update(pass, size)
      }
    },
    bindPrediction(workspace, outputs) {
      // Four numbers, because a binding is at least one vector.
      const unused = () => workspace.buffers.allocate('No gradients', 4, 'batchSize')
      const forward = bind(predict, workspace, [unused(), unused()], outputs)
      return (pass, size) => pass.threads(forward, size)
    },
  }
}

function createSide(
  { device, buffers, encoded, experiment }: ModelContext,
  column: EmbeddingColumn,
  biases: boolean,
): Side {
  const { columns, seed, optimizer } = experiment
  const { dimension, initializerStddev, trainable } = column
  const position = categoricalPosition(encoded, column.categorical)
  const { buckets: rows, offsets } = encoded.categorical[position]!
  const field = `columns.${columns.indexOf(column)}.dimension`
  const create = (name: string, values: Float32Array, width: number, trained: boolean) =>
    createGpuParameter(device, buffers, optimizerRule(optimizer).slots, {
      name,
      field,
      values,
      dimension: width,
      trainable: trained,
    })
  const name = columnName(column)
  return {
    column,
    position,
    bags: offsets !== null,
    table: create(name, initialTable(seed, name, rows, dimension, initializerStddev), dimension, trainable),
    bias: biases ? create(biasName(column), new Float32Array(rows), 1, true) : null,
  }
}

function biasName(column: EmbeddingColumn): string {
  return `${categoricalName(column.categorical)}_bias`
}

/** Of the tables that are trained; `of`: which gradient of an example is that of its vector. */
async function createUpdates(
  context: ModelContext,
  user: Side,
  item: Side,
): Promise<{ of: 'user' | 'item' | 'bias'; update: RowUpdate }[]> {
  const trained = [
    { of: 'user', parameter: user.table, side: user },
    { of: 'item', parameter: item.table, side: item },
    { of: 'bias', parameter: user.bias, side: user },
    { of: 'bias', parameter: item.bias, side: item },
  ] as const
  const updates = trained.map(async ({ of, parameter, side: { position, column } }) => {
    if (!parameter?.trainable) return []
    return [{ of, update: await createRowUpdate(context, parameter, position, column.combiner) }]
  })
  return (await Promise.all(updates)).flat()
}

function placesOf({ layout }: Workspace, { position, bags, column }: Side): number[] {
  const { ids, offsets } = layout.columns[position]!
  return [ids, bags ? offsets : NONE, combinerCodes[column.combiner], 0]
}
