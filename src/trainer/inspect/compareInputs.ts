import { createBatchCounter } from '../../columns/batches'
import { encodeData } from '../../columns/encodeData'
import type { EncodedData } from '../../columns/sparseBatch'
import { checkSize } from '../../experiment/checkSize'
import { categoricalName } from '../../experiment/columnName'
import type { CategoricalColumn, DenseColumn, Experiment } from '../../experiment/experiment'
import { embeddingColumn, indicatorColumn } from '../../experiment/featureColumn'
import { withModel } from '../../experiment/withModel'
import type { ResidentTrainable } from '../../model/trainable'
import type { InputsCompared, InputsRun } from '../../protocol/inspect'
import { createEvaluator, type Evaluator } from '../evaluator'
import { Refusal } from '../refusal'
import { SLICE_MS } from '../stepLoop'
import type { PreparedRun } from '../training'
import type { Workplace } from './inspect'

const HIDDEN = 32
const MOST_EPOCHS = 12
/** No further epoch begins after this long. */
const MOST_MS = 4000

/**
 * Trains two networks that differ in one thing: a hidden layer reads the column as an indicator (N inputs), or through an embedding (d inputs). Same
 * labels, split, seed, optimizer and batches as the present run; an epoch of one, then an epoch of the other, so that a busy machine
 * is busy for both.
 */
export async function compareInputs(
  column: CategoricalColumn,
  dimension: number,
  prepared: PreparedRun,
  workplace: Workplace,
): Promise<InputsCompared> {
  if (prepared.experiment.model.type === 'watchList') {
    throw new Refusal(
      'This comparison predicts a label of its own from the column: choose the dot product or the network for it.',
    )
  }
  const base = withModel(prepared.experiment, 'tabular')
  const model: Experiment['model'] = { type: 'tabular', hiddenUnits: [hiddenOf(base)], activation: 'relu' }
  const { backend } = prepared.info
  const reading = (dense: DenseColumn): Experiment => ({ ...base, model, columns: [dense], backend })
  const indicator = await createContender(reading(indicatorColumn(column)), prepared, workplace)
  const embedding = await createContender(reading(embeddingColumn(column, dimension)), prepared, workplace).catch(
    (error: unknown) => {
      indicator.dispose()
      throw error
    },
  )
  try {
    const startMs = workplace.now()
    let epochs = 0
    while (epochs < MOST_EPOCHS && (epochs === 0 || workplace.now() - startMs < MOST_MS)) {
      await indicator.trainEpoch()
      await embedding.trainEpoch()
      epochs++
    }
    const sizes = { hidden: hiddenOf(base), batchSize: base.batchSize, epochs, backend }
    return { ...sizes, indicator: indicator.result(), embedding: embedding.result() }
  } finally {
    indicator.dispose()
    embedding.dispose()
  }
}

function hiddenOf({ model }: Experiment): number {
  return (model.type === 'tabular' && model.hiddenUnits[0]) || HIDDEN
}

interface Contender {
  trainEpoch(): Promise<void>
  result(): InputsRun
  dispose(): void
}

async function createContender(
  experiment: Experiment,
  { open }: PreparedRun,
  workplace: Workplace,
): Promise<Contender> {
  const encoded = encodeData(open.dataSet, experiment, open.columns)
  refuseTooLarge(experiment, encoded)
  const { model } = await workplace.executions.create(encoded, experiment)
  const evaluator = createEvaluator(encoded, model, experiment.split.seed, workplace)
  const counter = createBatchCounter(encoded.trainRows.length, experiment.batchSize)
  const validationLoss = [await lossOf(evaluator)]
  const epochMs: number[] = []
  return {
    async trainEpoch() {
      epochMs.push(await trainEpoch(model, counter, workplace))
      validationLoss.push(await lossOf(evaluator))
    },
    result: () => ({
      inputs: widthOf(experiment, encoded),
      parameters: model.parameters,
      msPerEpoch: median(epochMs),
      validationLoss,
    }),
    dispose: () => model.dispose(),
  }
}

function refuseTooLarge(experiment: Experiment, { categorical, label, rowCount }: EncodedData): void {
  const buckets = (column: CategoricalColumn) =>
    categorical.find(({ name }) => name === categoricalName(column))?.buckets ?? 0
  const [problem] = checkSize(experiment, { buckets, classes: label.outputs, rows: rowCount })
  if (problem) throw new Refusal(problem.message)
}

async function lossOf(evaluator: Evaluator): Promise<number> {
  const result = await evaluator.evaluate(() => false)
  return result?.validation.metrics.loss ?? Number.NaN
}

/** Milliseconds of training alone: giving way to messages is not counted. */
async function trainEpoch(
  model: ResidentTrainable,
  counter: ReturnType<typeof createBatchCounter>,
  { scheduler, now }: Workplace,
): Promise<number> {
  let ms = 0
  let sliceMs = 0
  for (let step = 0; step < counter.stepsPerEpoch; ) {
    const startMs = now()
    const steps = Math.min(model.stepsAtOnce?.() ?? 1, counter.stepsPerEpoch - step)
    model.trainSteps(counter.save(), steps)
    counter.advance(steps)
    step += steps
    await model.queue?.ready()
    // Waits for the device: a step that was only asked for is not one.
    if (step === counter.stepsPerEpoch) await model.takeTrainLoss()
    const tookMs = now() - startMs
    ms += tookMs
    sliceMs += tookMs
    if (sliceMs < SLICE_MS) continue
    await scheduler.yield()
    sliceMs = 0
  }
  return ms
}

function widthOf({ columns: [column] }: Experiment, { categorical: [held] }: EncodedData): number {
  return column?.type === 'embedding' ? column.dimension : held!.buckets
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
