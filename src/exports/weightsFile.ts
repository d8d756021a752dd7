import * as z from 'zod/mini'
import { type Experiment, experimentSchema } from '../experiment/experiment'
import { shortFloat } from './shortFloat'
import { type WeightsLayout, weightsSchema } from './weightsSchema'

/** A trained model as plain arrays. Float32 values survive the file to the bit. */
export interface Weights {
  experiment: Experiment
  dataset: { name: string; title: string; fingerprint: string; rows: number }
  backend: string
  step: number
  epoch: number
  /** Of the last evaluation, at a step of its own. */
  metrics: { step: number; epoch: number; train: Record<string, number>; validation: Record<string, number> } | null
  /** What the model reads without a table, sorted by name. */
  inputs: WeightsLayout['inputs']
  outputs: WeightsLayout['outputs']
  /**
   * Variables whose rows are buckets of a categorical column: tables [rows, dimension] and biases [rows] or [rows, 1]. `labels`: what people call them,
   * of tables whose keys are numbers or the like.
   */
  keyed: Record<string, { column: string; keys: string[]; labels?: string[]; array: ShapedArray }>
  dense: Record<string, ShapedArray>
  training: { optimizer: Record<string, ShapedArray>; optimizerSteps: number; batches: z.core.util.JSONType } | null
}

export interface ShapedArray {
  shape: number[]
  values: Float32Array
}

/** A weights file that can't be opened, in words. */
export class WeightsFileError extends Error {
  override name = 'WeightsFileError'
}

/** UTF-8 JSON in the layout of `weightsSchema`. Throws `WeightsFileError` when a weight is not finite: JSON has no NaN. */
export function encodeWeights(weights: Weights): ArrayBuffer {
  const { experiment, dataset, backend, step, epoch, metrics, inputs, outputs } = weights
  const layout: WeightsLayout = {
    format: 'embedding-playground-weights',
    version: 1,
    experiment,
    seed: experiment.seed,
    dataset,
    backend,
    step,
    epoch,
    metrics: metrics && {
      ...metrics,
      train: finiteOrNull(metrics.train),
      validation: finiteOrNull(metrics.validation),
    },
    inputs,
    outputs,
    embeddings: {},
    biases: {},
    dense: Object.fromEntries(Object.entries(weights.dense).map(([name, array]) => [name, toLayout(name, array)])),
    training: weights.training && {
      ...weights.training,
      optimizer: Object.fromEntries(
        Object.entries(weights.training.optimizer).map(([name, array]) => [name, toLayout(name, array)]),
      ),
    },
  }
  for (const [name, { column, keys, labels, array }] of Object.entries(weights.keyed)) {
    const { values } = toLayout(name, array)
    const width = array.shape[1] ?? 1
    // A table of shared embeddings has any name.
    if (width === 1 && name === `${column}_bias`)
      layout.biases[name] = { keys, values: (values as number[] | number[][]).flat() }
    else
      layout.embeddings[name] = {
        column,
        shape: [keys.length, width],
        keys,
        ...(labels && { labels }),
        rows: values as number[][],
      }
  }
  const bytes = new TextEncoder().encode(JSON.stringify(layout))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

/** Reads a weights file. Throws `WeightsFileError` with the first fault and where it is. */
export function decodeWeights(bytes: ArrayBuffer): Weights {
  const parsed = weightsSchema.safeParse(parseJson(bytes))
  if (!parsed.success) throw new WeightsFileError(faultOf(parsed.error))
  const layout = parsed.data
  const keyed: Weights['keyed'] = {}
  for (const [name, table] of Object.entries(layout.embeddings)) {
    const array = fromLayout(name, { shape: table.shape, values: table.rows })
    const { column, keys, labels } = table
    for (const [what, list] of Object.entries({ keys, labels })) {
      if (list && list.length !== table.shape[0])
        throw new WeightsFileError(`${name} has ${list.length} ${what} for ${table.shape[0]} rows.`)
    }
    keyed[name] = { column, keys, ...(labels && { labels }), array }
  }
  for (const [name, bias] of Object.entries(layout.biases)) {
    const array = fromLayout(name, { shape: [bias.keys.length], values: bias.values })
    keyed[name] = { column: name.replace(/_bias$/, ''), keys: bias.keys, array }
  }
  const arrays = (record: Record<string, { shape: number[]; values: Values }>) =>
    Object.fromEntries(Object.entries(record).map(([name, array]) => [name, fromLayout(name, array)]))
  const { experiment, dataset, backend, step, epoch, metrics, inputs, outputs, training } = layout
  return {
    experiment,
    dataset,
    backend,
    step,
    epoch,
    metrics: metrics && { ...metrics, train: withNaN(metrics.train), validation: withNaN(metrics.validation) },
    inputs,
    outputs,
    keyed,
    dense: arrays(layout.dense),
    training: training && { ...training, optimizer: arrays(training.optimizer) },
  }
}

/** The experiment of a weights file, without reading the weights: what the main thread needs. Throws `WeightsFileError`. */
export function peekExperiment(bytes: ArrayBuffer): Experiment {
  const head = z.object({ format: weightsSchema.shape.format, version: weightsSchema.shape.version })
  const json = parseJson(bytes)
  const known = head.safeParse(json)
  if (!known.success)
    throw new WeightsFileError('This JSON file is not a weights file of Embedding Playground (version 1).')
  const parsed = z.object({ experiment: experimentSchema }).safeParse(json)
  if (!parsed.success) throw new WeightsFileError(faultOf(parsed.error))
  return parsed.data.experiment
}

type Values = number | number[] | number[][]

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new WeightsFileError(`This file is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

function faultOf(error: z.core.$ZodError): string {
  const issue = error.issues[0]
  return `The weights file is damaged at ${issue?.path.join('.') || 'its start'}: ${issue?.message ?? 'unknown fault'}.`
}

function toLayout(name: string, { shape, values }: ShapedArray): { shape: number[]; values: Values } {
  const numbers = Array.from(values, (value) => {
    if (!Number.isFinite(value))
      throw new WeightsFileError(`${name} holds a number that is not finite; it can't be saved.`)
    return shortFloat(value)
  })
  const width = shape[1]
  if (shape.length === 0) return { shape, values: numbers[0]! }
  if (width === undefined) return { shape, values: numbers }
  return { shape, values: Array.from({ length: shape[0]! }, (_, i) => numbers.slice(i * width, (i + 1) * width)) }
}

function fromLayout(name: string, { shape, values }: { shape: number[]; values: Values }): ShapedArray {
  const flat = typeof values === 'number' ? [values] : values.flat()
  const size = shape.reduce((product, length) => product * length, 1)
  const width = shape[1]
  const ragged =
    width !== undefined && Array.isArray(values) && values.some((row) => !Array.isArray(row) || row.length !== width)
  if (flat.length !== size || ragged)
    throw new WeightsFileError(`${name} says shape [${shape.join(', ')}], but its numbers do not fill it.`)
  return { shape, values: Float32Array.from(flat) }
}

function finiteOrNull(metrics: Record<string, number>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  )
}

function withNaN(metrics: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN]))
}
