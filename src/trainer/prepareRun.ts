import { createBatchCounter } from '../columns/batches'
import { columnReports } from '../columns/columnReports'
import { encodeData } from '../columns/encodeData'
import type { EncodedData } from '../columns/sparseBatch'
import { validationOnlyIds } from '../columns/validationOnlyIds'
import { DataError } from '../data/table'
import { checkExperiment, type Problem } from '../experiment/checkExperiment'
import { checkSize, type DataSizes } from '../experiment/checkSize'
import { categoricalName, columnName } from '../experiment/columnName'
import type { Experiment } from '../experiment/experiment'
import { drawBatches } from '../model/drawBatches'
import { ModelError } from '../model/modelError'
import type { Trainable } from '../model/trainable'
import type { RunInfo, TableInfo } from '../protocol/trainer'
import type { Backends, ChosenBackend } from './backend'
import type { DataSets, OpenData } from './dataSets'
import { metricNames } from './metrics'
import type { Scheduler } from './scheduler'
import type { PreparedRun } from './training'

export interface Workshop {
  dataSets: DataSets
  backends: Backends
  scheduler: Scheduler
}

/** Data, encoding, backend and model of an experiment. null when `superseded` turned true on the way; throws what the data or the model refuse. */
export async function prepareRun(
  experiment: Experiment,
  { dataSets, backends, scheduler }: Workshop,
  superseded: () => boolean,
): Promise<PreparedRun | null> {
  // TensorFlow.js and the backend load while the rows arrive.
  const backend = backends.start(experiment.backend)
  const modelCode = import('../model/createModel')
  backend.catch(() => undefined)
  modelCode.catch(() => undefined)
  const open = await dataSets.get(experiment.dataset, experiment.dateOrders)
  // The form checks what it edits; a link, a step back in the history and a weights file come as they are.
  refuse(checkExperiment(experiment, open.dataSet.summary))
  const encoded = await encodeInPieces(experiment, open, scheduler, superseded)
  if (!encoded) return null
  if (encoded.trainRows.length === 0) throw new DataError('No row has a label, so there is nothing to train on.')
  refuse(checkSize(experiment, sizesOf(encoded)))
  const chosen = await backend
  const { createModel } = await modelCode
  if (superseded()) return null
  const described = describeRun(experiment, open, encoded, chosen)
  const batches = createBatchCounter(encoded.trainRows.length, experiment.batchSize)
  // Last, so that nothing fails that would leave its memory behind.
  const model = drawBatches(createModel(encoded, experiment), encoded, experiment)
  const info: RunInfo = {
    ...described,
    tables: tablesOf(experiment, model),
    parameters: model.parameters,
    bytes: model.bytes,
    stepsPerEpoch: batches.stepsPerEpoch,
    startStep: 0,
  }
  return { experiment, open, encoded, model, batches, info }
}

function refuse([problem]: Problem[]): void {
  if (problem) throw new ModelError(problem.message, problem.field)
}

/** As they turned out: a summary counts distinct numbers up to a bound. */
function sizesOf({ categorical, label, rowCount }: EncodedData): DataSizes {
  const buckets = new Map(categorical.map((column) => [column.name, column.buckets]))
  return { buckets: (column) => buckets.get(categoricalName(column))!, classes: label.outputs, rows: rowCount }
}

/** In the order of the experiment's columns: its first is what the map opens with. */
function tablesOf({ columns }: Experiment, model: Trainable): TableInfo[] {
  const place = new Map(columns.map((column, i) => [columnName(column), i]))
  return model.tables.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
}

/** Column by column, so that a pause or a newer start gets through while a long table is encoded. */
async function encodeInPieces(
  experiment: Experiment,
  { dataSet, columns }: OpenData,
  scheduler: Scheduler,
  superseded: () => boolean,
): Promise<EncodedData | null> {
  columns.begin()
  for (const column of experiment.columns) {
    encodeData(dataSet, { ...experiment, columns: [column] }, columns)
    await scheduler.yield()
    if (superseded()) return null
  }
  return encodeData(dataSet, experiment, columns)
}

function describeRun(experiment: Experiment, { dataSet }: OpenData, encoded: EncodedData, chosen: ChosenBackend) {
  return {
    experiment,
    summary: dataSet.summary,
    backend: chosen.name,
    backendReason: chosen.reason,
    columns: columnReports(encoded, experiment, dataSet),
    trainRows: encoded.trainRows.length,
    validationRows: encoded.validationRows.length,
    validationOnlyIds: validationOnlyIds(encoded),
    metricNames: metricNames(experiment.label.task),
  }
}
