import type { EncodedColumn } from '../columns/encodedColumn'
import { categoricalName, columnName } from '../experiment/columnName'
import type { EmbeddingColumn, StartFrom } from '../experiment/experiment'
import { type CheckpointTable, tableFromCheckpoint } from '../exports/tableFromCheckpoint'
import { WeightsFileError } from '../exports/weightsFile'
import { ModelError } from '../model/modelError'
import type { NamedArray } from '../model/trainable'
import type { WarmStart } from '../protocol/trainer'
import type { CheckpointFiles } from './checkpointFiles'
import type { Moment } from './checkpoints'
import { columnParts } from './columnParts'
import { labelKey } from './describePoints'
import { countFound, isHashedByRow, sourceRows, unnamedBuckets } from './matchRows'
import { plainName, yearOf } from './plainName'
import type { PreparedRun } from './training'

/**
 * Where a run begins whose columns start from a checkpoint: their rows by key, everything else at its first weights, step 0. null where no column does.
 * Throws a `ModelError` at the column for a checkpoint that is not here, does not fit, or has no row for these data.
 */
export async function warmStart(
  prepared: PreparedRun,
  checkpoints: CheckpointFiles,
): Promise<{ moment: Moment; report: WarmStart[] } | null> {
  const columns = prepared.experiment.columns.flatMap((column, i) =>
    column.type === 'embedding' && column.startFrom
      ? [{ column, startFrom: column.startFrom, field: `columns.${i}` }]
      : [],
  )
  if (columns.length === 0) return null
  const { weights, steps } = await prepared.model.save()
  const report: WarmStart[] = []
  for (const { column, startFrom, field } of columns) {
    try {
      const checkpoint = tableOf(column, startFrom, checkpoints, prepared, field)
      const table = columnName(column)
      const { rows, ...counted } = matchTable(column, checkpoint, prepared)
      if (counted.found === 0) throw new ModelError(nothingFound(startFrom, checkpoint, rows.to), `${field}.startFrom`)
      weights[table] = withRows(weights[table]!, checkpoint, rows.sources)
      report.push({
        table,
        ckptToLoadFrom: startFrom.ckptToLoadFrom,
        tensorNameInCkpt: startFrom.tensorNameInCkpt,
        ...counted,
      })
    } catch (error) {
      if (!(error instanceof WeightsFileError)) throw error
      throw new ModelError(error.message, `${field}.startFrom`)
    }
  }
  const moment = { step: 0, checkpoint: { weights, optimizer: {}, steps }, batches: { epoch: 0, position: 0 } }
  return { moment, report }
}

function tableOf(
  column: EmbeddingColumn,
  startFrom: StartFrom,
  checkpoints: CheckpointFiles,
  prepared: PreparedRun,
  field: string,
): CheckpointTable {
  const { dimension, categorical } = column
  const buckets = isHashedByRow(categorical) ? encodedOf(column, prepared).buckets : null
  const weights = checkpoints.get(startFrom, `${field}.startFrom`)
  return tableFromCheckpoint(weights, startFrom.tensorNameInCkpt, { buckets, dimension })
}

function encodedOf({ categorical }: EmbeddingColumn, { encoded }: PreparedRun): EncodedColumn {
  return encoded.categorical.find(({ name }) => name === categoricalName(categorical))!
}

interface Matched extends Pick<WarmStart, 'by' | 'values' | 'found'> {
  rows: { sources: Int32Array; to: readonly string[] }
}

/** A list of films knows them by number, another by title: names decide where they find more rows than keys do. A file has names where its keys are none. */
function matchTable(
  column: EmbeddingColumn,
  { keys, labels: names = keys }: CheckpointTable,
  prepared: PreparedRun,
): Matched {
  const { categorical } = column
  const to = encodedOf(column, prepared)
  if (isHashedByRow(categorical)) {
    const counts = { values: to.buckets, found: to.buckets }
    return { by: 'bucket', ...counts, rows: { sources: Int32Array.from(keys, (_, row) => row), to: to.bucketKeys } }
  }
  const byKey = sourceRows(keys, to)
  const counted = countFound(to.bucketKeys, byKey)
  const unnamed = unnamedBuckets(categorical)
  const parts = columnParts(categorical, prepared.open.dataSet)
  const labels = to.bucketKeys.map((key, row) =>
    key === '' || row >= to.buckets - unnamed ? '' : labelKey(key, parts, false),
  )
  const byName = rowsByName(names, labels)
  const named = countFound(to.bucketKeys, byName)
  const rows = { to: labels, sources: named.found > counted.found ? byName : byKey }
  return named.found > counted.found ? { by: 'name', ...named, rows } : { by: 'key', ...counted, rows }
}

/** By row the one row of `from` with the same plain name, -1 = none. Namesakes are told by their years; where they have none, no row is. */
function rowsByName(from: readonly string[], to: readonly string[]): Int32Array {
  const source = namesOf(from)
  const target = namesOf(to)
  return Int32Array.from(to, (label, row) => {
    const name = plainName(label)
    const year = yearOf(label)
    const dated = year === null ? undefined : source.get(`${name} (${year})`)
    if (dated !== undefined) return dated
    const found = source.get(name)
    if (name === '' || found === undefined || found < 0 || target.get(name) !== row) return -1
    const other = yearOf(from[found]!)
    return year === null || other === null || year === other ? found : -1
  })
}

/** Row of each plain name, alone and with its year; -1 for a name that several rows have. */
function namesOf(labels: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>()
  const add = (name: string, row: number) => rows.set(name, rows.has(name) ? -1 : row)
  labels.forEach((label, row) => {
    const name = plainName(label)
    const year = yearOf(label)
    if (name === '') return
    add(name, row)
    if (year !== null) add(`${name} (${year})`, row)
  })
  return rows
}

function withRows(first: NamedArray, { values: from }: CheckpointTable, sources: Int32Array): NamedArray {
  const values = first.values.slice()
  const width = values.length / sources.length
  sources.forEach((source, row) => {
    if (source >= 0) values.set(from.subarray(source * width, (source + 1) * width), row * width)
  })
  return { shape: first.shape, values }
}

function nothingFound(
  { ckptToLoadFrom }: StartFrom,
  { keys, labels = keys }: CheckpointTable,
  here: readonly string[],
): string {
  const example = (names: readonly string[]) => names.find((name) => name !== '') ?? '–'
  return `“${ckptToLoadFrom}” has no vector for any value of these data: its rows are called like “${example(labels)}”, these like “${example(here)}”.`
}
