import { findColumn } from '../../columns/columnValues'
import { numericScalings } from '../../columns/encodeData'
import type { EncodedColumn } from '../../columns/encodedColumn'
import type { Column, DataSet } from '../../data/table'
import { labelColumns } from '../../experiment/checkExperiment'
import { categoricalName, columnName, tableName } from '../../experiment/columnName'
import type { DenseColumn, NumericColumn } from '../../experiment/experiment'
import type { FlowColumn, FlowLookup, InspectQuestion, RowFlow } from '../../protocol/inspect'
import { columnParts, keysOf } from '../columnParts'
import { isHashed, labelKey } from '../describePoints'
import { labelOfValue } from '../labelOfValue'
import { predictionsOf } from '../predictionsOf'
import { Refusal } from '../refusal'
import type { Run } from '../run'
import type { PreparedRun } from '../training'
import { combineLookups } from './combineLookups'
import { dotProductTerms } from './dotProductTerms'

/** One row of the data followed through the columns, with the weights as they are now. */
export async function inspectRow(
  { row: from, seek }: Extract<InspectQuestion, { about: 'row' }>,
  { prepared, training }: Run,
): Promise<RowFlow> {
  const { encoded, experiment, open, model } = prepared
  const { rowCount } = encoded
  const counts = countOddRows(encoded.categorical, rowCount)
  const row = seek === 'this' ? Math.min(Math.max(0, from), rowCount - 1) : nextRow(seek, from, encoded)
  const sorted = experiment.columns
    .map((column) => ({ column, name: columnName(column) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const columns: FlowColumn[] = []
  let start = 0
  for (const { column } of sorted) {
    const flow = await followColumn(column, row, start, prepared)
    columns.push(flow)
    start += flow.width
  }
  const outputs = await model.predictRows(Uint32Array.of(row))
  return {
    row,
    rowCount,
    ...counts,
    step: training.step,
    columns,
    inputWidth: experiment.model.type === 'dotProduct' ? null : start,
    terms: dotProductTerms(experiment, columns, (await model.save()).weights),
    outputs: predictionsOf(outputs, encoded.label, experiment.label, open.dataSet),
    labels: labelColumns(experiment.label).map((name) => ({ name, text: cellText(open.dataSet, name, row) })),
  }
}

const oddRows = new WeakMap<EncodedColumn[], { severalRows: number; emptyRows: number }>()

function countOddRows(columns: EncodedColumn[], rowCount: number) {
  const before = oddRows.get(columns)
  if (before) return before
  const counts = { severalRows: 0, emptyRows: 0 }
  for (let row = 0; row < rowCount; row++) {
    if (isOdd('several', columns, row)) counts.severalRows++
    if (isOdd('empty', columns, row)) counts.emptyRows++
  }
  oddRows.set(columns, counts)
  return counts
}

function isOdd(kind: 'several' | 'empty', columns: EncodedColumn[], row: number): boolean {
  return columns.some(({ offsets }) => {
    const held = offsets ? offsets[row + 1]! - offsets[row]! : 1
    return kind === 'several' ? held > 1 : held === 0
  })
}

function nextRow(kind: 'several' | 'empty', from: number, { categorical, rowCount }: PreparedRun['encoded']): number {
  for (let i = 1; i <= rowCount; i++) {
    const row = (from + i) % rowCount
    if (isOdd(kind, categorical, row)) return row
  }
  throw new Refusal(
    kind === 'several' ? 'Each row holds one value in every column.' : 'Every column has a value in each row.',
  )
}

async function followColumn(
  column: DenseColumn,
  row: number,
  start: number,
  prepared: PreparedRun,
): Promise<FlowColumn> {
  const { encoded, open } = prepared
  const name = columnName(column)
  if (column.type === 'numeric') return followNumber(column, row, start, prepared)
  const held = encoded.categorical.find((candidate) => candidate.name === categoricalName(column.categorical))!
  const lookups = lookupsOf(held, row)
  const parts = columnParts(column.categorical, open.dataSet)
  for (const lookup of lookups) lookup.key = labelKey(lookup.key, parts, isHashed(column.categorical))
  const raw = held.own
    ? [
        {
          key: `${held.name}s before`,
          text: lookups.map(({ key }) => key).join(', ') || 'nothing yet',
          label: `${lookups.length} on the list`,
        },
      ]
    : [
        ...keysOf(column.categorical),
        ...(column.categorical.weightKey === undefined ? [] : [column.categorical.weightKey]),
      ].map((key) => rawValue(open.dataSet, key, row))
  if (column.type === 'indicator') {
    return {
      name,
      raw,
      start,
      width: held.buckets,
      made: { type: 'indicator', buckets: held.buckets, lookups },
    }
  }
  const table = new Float32Array(held.buckets * column.dimension)
  await prepared.model.readTable(tableName(column), table)
  for (const lookup of lookups) {
    lookup.vector = Array.from(table.subarray(lookup.id * column.dimension, (lookup.id + 1) * column.dimension))
  }
  const { combiner, dimension, maxNorm = null } = column
  const combined = combineLookups(lookups, column)
  return {
    name,
    raw,
    start,
    width: dimension,
    made: { type: 'embedding', combiner, maxNorm, buckets: held.buckets, lookups, combined },
  }
}

function lookupsOf({ ids, offsets, weights, bucketKeys }: EncodedColumn, row: number): FlowLookup[] {
  const from = offsets ? offsets[row]! : row
  const to = offsets ? offsets[row + 1]! : row + 1
  return Array.from(ids.subarray(from, to), (id, i) => ({
    id,
    key: bucketKeys[id]!,
    vector: [],
    weight: weights ? weights[from + i]! : 1,
  }))
}

function followNumber(
  column: NumericColumn,
  row: number,
  start: number,
  { encoded, experiment, open }: PreparedRun,
): FlowColumn {
  const { scaling } = numericScalings(open.dataSet, experiment, open.columns).find(({ name }) => name === column.key)!
  const raw = rawValue(open.dataSet, column.key, row)
  const value = encoded.numeric.find(({ name }) => name === column.key)!.values[row]!
  const { transform, mean, deviation } = scaling
  return {
    name: column.key,
    raw: [raw],
    start,
    width: 1,
    made: { type: 'numeric', transform, mean, deviation, missing: raw.text === '', value },
  }
}

function rawValue(dataSet: DataSet, key: string, row: number): FlowColumn['raw'][number] {
  const text = cellText(dataSet, key, row)
  const meaning = dataSet.summary.columns.find(({ name }) => name === key)?.meaning ?? null
  const entity = dataSet.entities.find((candidate) => candidate.column === key) ?? null
  return { key, text, label: text === '' ? '' : labelOfValue({ meaning, entity }, text) }
}

function cellText({ table }: DataSet, key: string, row: number): string {
  const column: Column = findColumn(table, key)
  if (column.type === 'string') return column.values[column.codes[row]!] ?? ''
  const value = column.values[row]!
  return Number.isNaN(value) ? '' : String(value)
}
