import { createBatchCounter } from '../columns/batches'
import { columnReports } from '../columns/columnReports'
import { encodeData } from '../columns/encodeData'
import type { EncodedData } from '../columns/sparseBatch'
import { validationOnlyIds } from '../columns/validationOnlyIds'
import { DataError } from '../data/table'
import { checkExperiment, type Problem } from '../experiment/checkExperiment'
import { checkSize, type DataSizes } from '../experiment/checkSize'
import { categoricalName, columnName, tableName } from '../experiment/columnName'
import type { Experiment } from '../experiment/experiment'
import { ModelError } from '../model/modelError'
import type { Trainable } from '../model/trainable'
import type { RunInfo, TableInfo } from '../protocol/trainer'
import type { DataSets, OpenData } from './dataSets'
import type { Execution, Executions } from './executions'
import { metricNames } from './metrics'
import type { Scheduler } from './scheduler'
import type { PreparedRun } from './training'

export interface Workshop {
  dataSets: DataSets
  executions: Executions
  scheduler: Scheduler
}

/** Data, encoding, backend and model of an experiment. null when `superseded` turned true on the way; throws what the data or the model refuse. */
export async function prepareRun(
  experiment: Experiment,
  { dataSets, executions, scheduler }: Workshop,
  superseded: () => boolean,
): Promise<PreparedRun | null> {
  executions.warm(experiment.backend)
  const open = await dataSets.get(experiment.dataset, experiment.dateOrders)
  // The form checks what it edits; a link, a step back in the history and a weights file come as they are.
  refuse(checkExperiment(experiment, open.dataSet.summary))
  const encoded = await encodeInPieces(experiment, open, scheduler, superseded)
  if (!encoded) return null
  if (encoded.trainRows.length === 0) throw new DataError('No row has a label, so there is nothing to train on.')
  refuse(checkSize(experiment, sizesOf(encoded)))
  const described = describeRun(experiment, open, encoded)
  const batches = createBatchCounter(encoded.trainRows.length, experiment.batchSize)
  // Last, so that nothing fails that would leave its memory behind.
  const execution = await executions.create(encoded, experiment)
  const { model } = execution
  if (superseded()) {
    model.dispose()
    return null
  }
  const info: RunInfo = {
    ...described,
    ...chosenFor(execution),
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
  const place = new Map(
    columns.map((column, i) => [column.type === 'embedding' ? tableName(column) : columnName(column), i]),
  )
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

function chosenFor({ backend, reason, threads }: Execution): Pick<RunInfo, 'backend' | 'backendReason' | 'threads'> {
  return { backend, backendReason: reason, threads }
}

function describeRun(experiment: Experiment, { dataSet }: OpenData, encoded: EncodedData) {
  return {
    experiment,
    summary: dataSet.summary,
    columns: columnReports(encoded, experiment, dataSet),
    trainRows: encoded.trainRows.length,
    validationRows: encoded.validationRows.length,
    validationOnlyIds: validationOnlyIds(encoded),
    metricNames: metricNames(experiment),
  }
}
