import * as z from 'zod/mini'
import type { BatcherState } from '../columns/batches'
import type { EncodedColumn } from '../columns/encodedColumn'
import { type ShapedArray, type Weights, WeightsFileError } from '../exports/weightsFile'
import type { Checkpoint, NamedArray } from '../model/trainable'
import type { Moment } from './checkpoints'
import type { PreparedRun, Training } from './training'

/** The run as it stands, for a weights file. Call under the run's lock. */
export async function weightsOf(prepared: PreparedRun, training: Training, optimizerState: boolean): Promise<Weights> {
  const { encoded, info, open } = prepared
  const { checkpoint, step, batches } = await training.now()
  const evaluation = training.evaluations.find((candidate) => candidate.step === step)
  const { name, title, fingerprint, rowCount: rows } = open.dataSet.summary
  const keyed: Weights['keyed'] = {}
  const dense: Weights['dense'] = {}
  for (const [variable, array] of Object.entries(checkpoint.weights)) {
    const column = keyedBy(variable, prepared)
    if (column) keyed[variable] = { column: column.name, keys: column.bucketKeys, array }
    else dense[variable] = array
  }
  return {
    experiment: training.experiment,
    dataset: { name, title, fingerprint, rows },
    backend: info.backend,
    step,
    epoch: training.epoch,
    metrics: evaluation ? { train: { ...evaluation.train }, validation: { ...evaluation.validation } } : null,
    outputs: encoded.label.names.map((output, t) => ({
      name: output,
      unit: encoded.label.units[t] ?? null,
      ...(encoded.label.scaling[t] ?? { mean: 0, deviation: 1, transform: 'none' }),
    })),
    keyed,
    dense,
    training: optimizerState
      ? {
          optimizer: checkpoint.optimizer,
          optimizerSteps: checkpoint.steps,
          batches: { ...batches, random: [...batches.random] },
        }
      : null,
  }
}

/** The categorical column whose buckets are the rows of a variable: of a table, or of a dot product's biases. */
function keyedBy(variable: string, { info, encoded }: PreparedRun): EncodedColumn | null {
  const table = info.tables.find(({ name, column }) => name === variable || `${column}_bias` === variable)
  return encoded.categorical.find(({ name }) => name === table?.column) ?? null
}

/**
 * Where training goes on from a weights file. Rows are matched by key, so that data whose values come in another order still finds its vectors; a key
 * that the file does not have keeps its first weights. With optimizer state and the same data it goes on to the bit; otherwise with a fresh optimizer from
 * the start of an epoch. Throws `WeightsFileError` for a file of another model.
 */
export async function momentOfWeights(weights: Weights, prepared: PreparedRun): Promise<Moment> {
  const initial = await prepared.model.save()
  const { training } = weights
  const checkpoint: Checkpoint = { weights: {}, optimizer: {}, steps: training?.optimizerSteps ?? 0 }
  for (const [name, first] of Object.entries(initial.weights)) {
    const found = weights.keyed[name]?.array ?? weights.dense[name]
    checkpoint.weights[name] = fill(name, name, found, first, weights, prepared)
  }
  for (const [slot, first] of training ? Object.entries(initial.optimizer) : []) {
    const variable = slot.slice(0, slot.lastIndexOf('/'))
    checkpoint.optimizer[slot] = fill(slot, variable, training?.optimizer[slot], first, weights, prepared)
  }
  return { step: weights.step, checkpoint, batches: batchesOf(weights, prepared) }
}

function fill(
  name: string,
  variable: string,
  found: ShapedArray | undefined,
  first: NamedArray,
  weights: Weights,
  prepared: PreparedRun,
): NamedArray {
  if (!found) throw new WeightsFileError(`The weights file has no ${name}; it belongs to another model.`)
  const from = weights.keyed[variable]?.keys
  const to = keyedBy(variable, prepared)?.bucketKeys
  const sameRows = !from || !to || (from.length === to.length && to.every((key, row) => key === from[row]))
  if (sameRows) {
    if (found.values.length !== first.values.length) throw otherShape(name, found, first)
    return { shape: first.shape, values: found.values }
  }
  const width = first.values.length / to.length
  if (found.values.length !== from.length * width) throw otherShape(name, found, first)
  const rowOf = new Map(from.map((key, row) => [key, row]))
  const values = first.values.slice()
  to.forEach((key, row) => {
    const source = key === '' ? undefined : rowOf.get(key)
    if (source !== undefined) values.set(found.values.subarray(source * width, (source + 1) * width), row * width)
  })
  return { shape: first.shape, values }
}

function otherShape(name: string, found: ShapedArray, wanted: NamedArray): WeightsFileError {
  return new WeightsFileError(
    `${name} has the shape [${found.shape.join(', ')}] in the weights file, but the model needs [${wanted.shape.join(', ')}].`,
  )
}

const whole = z.int().check(z.minimum(0))
const batcherSchema = z.object({
  epoch: whole,
  position: whole,
  random: z.tuple([z.number(), z.number(), z.number(), z.number(), z.nullable(z.number())]),
})

function batchesOf({ training, dataset, epoch }: Weights, { batcher, open, encoded }: PreparedRun): BatcherState {
  if (!training || dataset.fingerprint !== open.dataSet.summary.fingerprint) {
    return { ...batcher.save(), epoch: Math.floor(epoch), position: 0 }
  }
  const parsed = batcherSchema.safeParse(training.batches)
  if (!parsed.success || parsed.data.position >= encoded.trainRows.length) {
    throw new WeightsFileError(
      'The weights file is damaged at training.batches: it does not say where the epoch stood.',
    )
  }
  return parsed.data
}
