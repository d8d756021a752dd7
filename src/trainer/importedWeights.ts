import * as z from 'zod/mini'
import { categoricalColumns } from '../columns/encodeData'
import type { BatchPlace } from '../columns/rowOrder'
import { categoricalName } from '../experiment/columnName'
import type { CategoricalColumn } from '../experiment/experiment'
import { type ShapedArray, type Weights, WeightsFileError } from '../exports/weightsFile'
import type { Checkpoint, NamedArray } from '../model/trainable'
import type { ImportReport } from '../protocol/trainer'
import type { Moment } from './checkpoints'
import { countFound, isHashedByRow, sourceRows, unnamedBuckets } from './matchRows'
import type { PreparedRun } from './training'
import { inputsOf, keyedBy, outputsOf } from './weightsExchange'

/**
 * Where training goes on from a weights file, and how the file fits the data. Rows are matched as `sourceRows` says; what the file does
 * not have keeps its first weights. With optimizer state and the same data it goes on to the bit; otherwise with a fresh optimizer from the
 * start of an epoch. Throws `WeightsFileError` for a file of another model.
 */
export async function importedWeights(
  weights: Weights,
  prepared: PreparedRun,
): Promise<{ moment: Moment; report: ImportReport }> {
  const initial = await prepared.model.save()
  const { training } = weights
  const matches = createMatches(weights, prepared)
  const checkpoint: Checkpoint = { weights: {}, optimizer: {}, steps: training?.optimizerSteps ?? 0 }
  for (const [name, first] of Object.entries(initial.weights)) {
    const found = weights.keyed[name]?.array ?? weights.dense[name]
    checkpoint.weights[name] = fill(name, found, first, matches.of(name))
  }
  for (const [slot, first] of training ? Object.entries(initial.optimizer) : []) {
    const variable = slot.slice(0, slot.lastIndexOf('/'))
    checkpoint.optimizer[slot] = fill(slot, training?.optimizer[slot], first, matches.of(variable))
  }
  const moment = { step: weights.step, checkpoint, batches: batchesOf(weights, prepared) }
  return { moment, report: { matched: matches.report(), changed: changedBetween(weights, prepared) } }
}

/** Rows of a file for the rows of a model; null for an array that has the same rows in both. */
type Match = { fileRows: number; sources: Int32Array } | null

function createMatches({ keyed }: Weights, prepared: PreparedRun) {
  const columns = new Map(categoricalColumns(prepared.experiment).map((column) => [categoricalName(column), column]))
  const matched = new Map<string, ImportReport['matched'][number]>()
  return {
    of(variable: string): Match {
      const from = keyed[variable]?.keys
      const to = keyedBy(variable, prepared)
      const column = to && columns.get(to.name)
      if (!from || !column || isByRow(column)) return null
      const sources = sourceRows(from, to, unnamedBuckets(column))
      if (!matched.has(to.name)) matched.set(to.name, { column: to.name, ...countFound(to.bucketKeys, sources) })
      const same = from.length === sources.length && to.bucketKeys.every((key, row) => key === from[row])
      return same ? null : { fileRows: from.length, sources }
    },
    report: () => [...matched.values()],
  }
}

/** Buckets of a number are told by it here: the file comes from the same columns. */
function isByRow(column: CategoricalColumn): boolean {
  return isHashedByRow(column) || column.type === 'identity' || column.type === 'bucketized'
}

function fill(name: string, found: ShapedArray | undefined, first: NamedArray, match: Match): NamedArray {
  if (!found) throw new WeightsFileError(`The weights file has no ${name}; it belongs to another model.`)
  const width = first.values.length / (match?.sources.length ?? 1)
  if (found.values.length !== (match?.fileRows ?? 1) * width) throw otherShape(name, found, first)
  if (!match) return { shape: first.shape, values: found.values }
  const values = first.values.slice()
  match.sources.forEach((source, row) => {
    if (source >= 0) values.set(found.values.subarray(source * width, (source + 1) * width), row * width)
  })
  return { shape: first.shape, values }
}

function otherShape(name: string, found: ShapedArray, wanted: NamedArray): WeightsFileError {
  return new WeightsFileError(
    `${name} has the shape [${found.shape.join(', ')}] in the weights file, but the model needs [${wanted.shape.join(', ')}].`,
  )
}

/** Names of the inputs and outputs that mean something else in the file than in these data. */
function changedBetween(weights: Weights, prepared: PreparedRun): string[] {
  const inFile = [...weights.inputs, ...weights.outputs].map((part) => JSON.stringify(part))
  const here = [...inputsOf(prepared), ...outputsOf(prepared)]
  return here.flatMap((part, i) => (JSON.stringify(part) === inFile[i] ? [] : [part.name]))
}

const whole = z.int().check(z.minimum(0))
const placeSchema = z.object({ epoch: whole, position: whole })

function batchesOf({ training, dataset, epoch }: Weights, { open, encoded }: PreparedRun): BatchPlace {
  if (!training || dataset.fingerprint !== open.dataSet.summary.fingerprint) {
    return { epoch: Math.floor(epoch), position: 0 }
  }
  const parsed = placeSchema.safeParse(training.batches)
  if (!parsed.success || parsed.data.position >= encoded.trainRows.length) {
    throw new WeightsFileError(
      'The weights file is damaged at training.batches: it does not say where the epoch stood.',
    )
  }
  return parsed.data
}
