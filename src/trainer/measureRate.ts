import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { flavorOf, optimizerRule } from '../experiment/optimizerRules'
import type { ResidentTrainable } from '../model/trainable'

/** What a device was measured to do on a model. */
export interface Rates {
  webgpu: number
  wasm: number
}

/**
 * Examples a second that a model is trained on, measured on itself for about `budgetMs` after one step to warm up. Its weights move: it is
 * measured on a model that is thrown away.
 */
export async function measureRate(
  model: ResidentTrainable,
  { trainRows }: Pick<EncodedData, 'trainRows'>,
  { batchSize }: Pick<Experiment, 'batchSize'>,
  now: () => number,
  budgetMs: number,
): Promise<number> {
  const stepsPerEpoch = Math.ceil(trainRows.length / batchSize)
  const train = async (steps: number): Promise<number> => {
    model.trainSteps({ epoch: 0, position: 0 }, steps)
    // Waits for the device: a step that was only asked for is not one.
    await model.takeTrainLoss()
    return Math.min(steps * batchSize, trainRows.length)
  }
  await train(1)
  const startMs = now()
  let examples = 0
  for (let steps = 1; ; steps = Math.min(2 * steps, stepsPerEpoch)) {
    examples += await train(steps)
    const ms = now() - startMs
    // The next round takes about as long as all before it.
    if (2 * ms >= budgetMs) return (1000 * examples) / Math.max(ms, 0.001)
  }
}

/** Runs of about the same work share a measurement: a dimension moved by one measures nothing anew. The rows of tables count where each takes every step. */
export function workload(
  { columns, model, optimizer, batchSize }: Experiment,
  { label, categorical }: EncodedData,
): string {
  const size = (n: number) => Math.round(Math.log2(Math.max(1, n)))
  const width = columns.reduce((sum, column) => sum + (column.type === 'embedding' ? column.dimension : 1), 0)
  const hidden = model.type === 'tabular' ? model.hiddenUnits.map(size) : null
  const rows = optimizerRule(optimizer).everyRow ? categorical.reduce((sum, { buckets }) => sum + buckets, 0) : 0
  const sizes = [batchSize, width, label.outputs, rows].map(size)
  return JSON.stringify([model.type, hidden, optimizer.type, flavorOf(optimizer), ...sizes])
}
