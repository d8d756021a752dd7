import { type Column, DataError, type DataSet, type Table } from '../data/table'
import type { Experiment, Label } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { columnValues, findColumn } from './columnValues'
import { measure, type Scaling, transformNumbers } from './scaling'
import type { EncodedLabel } from './sparseBatch'
import { splitRows } from './splitRows'

export interface SplitLabel {
  label: EncodedLabel
  trainRows: Uint32Array
  validationRows: Uint32Array
}

/**
 * The label of every row, and the split: a row without a label is in neither part, and a standardized label is measured on the training
 * rows alone. Throws a DataError when no row is left to learn from.
 */
export function encodeLabel({ table, summary }: DataSet, label: Label, split: Experiment['split']): SplitLabel {
  const unitOf = (name: string) => summary.columns.find((column) => column.name === name)?.unit ?? null
  switch (label.task) {
    case 'regression':
      return encodeTargets(table, label.targets, split, unitOf)
    case 'binary':
      return encodeBinary(findColumn(table, label.column), label.positive, split)
    case 'multiclass':
      return encodeClasses(findColumn(table, label.column), split)
    default:
      return assertNever(label)
  }
}

function splitLabelled(
  rowCount: number,
  isLabelled: (row: number) => boolean,
  split: Experiment['split'],
  names: string,
) {
  const labelled = new Uint32Array(rowCount)
  let count = 0
  for (let row = 0; row < rowCount; row++) if (isLabelled(row)) labelled[count++] = row
  if (count < 2) {
    throw new DataError(
      `${count === 0 ? 'No row has' : 'Only one row has'} a value in the label ${names}: nothing to learn from.`,
    )
  }
  return splitRows(count === rowCount ? rowCount : labelled.subarray(0, count), split)
}

function encodeTargets(
  table: Table,
  targets: Extract<Label, { task: 'regression' }>['targets'],
  split: Experiment['split'],
  unitOf: (name: string) => string | null,
): SplitLabel {
  const numbers = targets.map(({ column, transform }) => transformNumbers(findColumn(table, column), transform))
  const names = targets.map(({ column }) => column)
  const isLabelled = (row: number) => numbers.every((target) => Number.isFinite(target[row]!))
  const parts = splitLabelled(table.rowCount, isLabelled, split, names.map((name) => `'${name}'`).join(', '))
  const outputs = targets.length
  const values = new Float32Array(table.rowCount * outputs)
  const scaling = targets.map(({ transform, standardize }, t): Scaling => {
    const target = numbers[t]!
    const { mean, deviation } = standardize ? measure(target, parts.trainRows) : { mean: 0, deviation: 1 }
    for (let row = 0; row < target.length; row++) values[row * outputs + t] = (target[row]! - mean) / deviation
    return { transform, mean, deviation }
  })
  return { label: { task: 'regression', outputs, names, units: names.map(unitOf), values, scaling }, ...parts }
}

/** Text of each distinct value by row; an empty text is a missing label. */
function labelValues(column: Column) {
  const { codes, texts, counts } = columnValues(column)
  return { codes, texts, counts, isLabelled: (row: number) => codes[row]! >= 0 && texts[codes[row]!] !== '' }
}

function encodeBinary(column: Column, positive: string, split: Experiment['split']): SplitLabel {
  const { codes, texts, counts, isLabelled } = labelValues(column)
  const one = texts.indexOf(positive)
  if (one < 0 || counts[one] === 0) {
    throw new DataError(`No row of the label '${column.name}' holds '${positive}', the value to be predicted.`, {
      column: column.name,
    })
  }
  const parts = splitLabelled(codes.length, isLabelled, split, `'${column.name}'`)
  const values = new Float32Array(codes.length)
  for (let row = 0; row < codes.length; row++) values[row] = codes[row] === one ? 1 : 0
  return { label: { task: 'binary', outputs: 1, names: [column.name], units: [null], values, scaling: [] }, ...parts }
}

function encodeClasses(column: Column, split: Experiment['split']): SplitLabel {
  const { codes, texts, isLabelled } = labelValues(column)
  const parts = splitLabelled(codes.length, isLabelled, split, `'${column.name}'`)
  const classOf = new Float32Array(texts.length)
  const names: string[] = []
  texts.forEach((text, code) => {
    if (text !== '') classOf[code] = names.push(text) - 1
  })
  const values = new Float32Array(codes.length)
  for (let row = 0; row < codes.length; row++) values[row] = codes[row]! < 0 ? 0 : classOf[codes[row]!]!
  const units = names.map(() => null)
  return { label: { task: 'multiclass', outputs: names.length, names, units, values, scaling: [] }, ...parts }
}
