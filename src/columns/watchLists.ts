import type { Column, DataSet } from '../data/table'
import { DataError } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import type { WatchListSpec } from '../experiment/watchList'
import { createRandom } from '../lib/random'
import { columnValues, findColumn } from './columnValues'
import type { EncodedColumn } from './encodedColumn'
import { encodeLabel } from './encodeLabel'
import type { EncodedLabel } from './sparseBatch'
import { sampleOf, splitRows } from './splitRows'
import { bagsOf, idsOf } from './watchListBags'

/** All lists, one after the other, each in its order. */
export interface WatchLists {
  /** Class numbers (places in `EncodedLabel.names`). */
  items: Int32Array
  /** By row of the table: items[starts[row]] … items[ends[row] − 1] came before it on its list; both 0 for a row on no list. */
  starts: Int32Array
  ends: Int32Array
  /** By class number: the id that the item is looked up by; -1 = none. */
  ids: Int32Array
}

export interface EncodedWatchLists {
  column: EncodedColumn
  label: EncodedLabel
  lists: WatchLists
  trainRows: Uint32Array
  validationRows: Uint32Array
}

/** Of a list that is held out, its last so many items are predicted, each from those before it: long lists count no more than others. */
export const HELD_OUT_ITEMS = 10

/**
 * Row by row of the table: what the row's user had on the list before it, as ids of `column`, and the row's own item as the label. The share of users
 * that the split holds out are in no training row, nor is anything of theirs in a list that is trained on; an item stands on a list once, so that no
 * list holds what is to be predicted from it. Throws a DataError where hardly anybody has a list.
 */
export function encodeWatchLists(
  dataset: DataSet,
  column: EncodedColumn,
  model: WatchListSpec,
  { label: labelSpec, split }: Pick<Experiment, 'label' | 'split'>,
): EncodedWatchLists {
  const { table } = dataset
  const { label } = encodeLabel(dataset, labelSpec, split)
  const users = columnValues(findColumn(table, model.user))
  const isListed = listedRows(dataset, users.codes, model, labelSpec)
  const order = sortedByUser(users.codes, users.texts.length, isListed, orderKeys(dataset, model, split.seed))
  const { rows, userStarts } = firstOfEach(order, users.texts.length, label)
  const lists = { ...listsOf(rows, userStarts, label, table.rowCount), ids: idsOf(column, rows, label) }
  const heldOut = heldOutUsers(userStarts, split)
  return {
    column: bagsOf(column, rows, lists, model.length, table.rowCount),
    label,
    lists,
    ...splitByUser(rows, userStarts, heldOut, split),
  }
}

function listedRows(
  { table }: DataSet,
  users: Int32Array,
  { liked }: WatchListSpec,
  label: Experiment['label'],
): (row: number) => boolean {
  if (label.task === 'regression') throw new DataError('A watch list predicts the next item, not numbers.')
  const items = columnValues(findColumn(table, label.column))
  const known = (row: number) => users[row]! >= 0 && items.codes[row]! >= 0 && items.texts[items.codes[row]!] !== ''
  if (!liked) return known
  const { values } = numbersOf(findColumn(table, liked.column))
  return (row) => known(row) && values[row]! >= liked.atLeast
}

function numbersOf(column: Column): Extract<Column, { type: 'integer' | 'number' }> {
  if (column.type !== 'string') return column
  throw new DataError(`Column '${column.name}' holds text, and a watch list needs its numbers.`, {
    column: column.name,
  })
}

/** What the rows of a list are sorted by; rows without a number come last. */
function orderKeys({ table }: DataSet, { order }: WatchListSpec, seed: number): Float64Array {
  if (order !== null) {
    const { values } = numbersOf(findColumn(table, order))
    return Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))
  }
  const random = createRandom(seed, 'watch list order')
  return Float64Array.from({ length: table.rowCount }, () => random.uniform())
}

/** The rows that are listed, user by user, each user's in order; rows of the same key as in the table. */
function sortedByUser(
  users: Int32Array,
  userCount: number,
  isListed: (row: number) => boolean,
  keys: Float64Array,
): { rows: Uint32Array; starts: Int32Array } {
  const starts = new Int32Array(userCount + 1)
  for (let row = 0; row < users.length; row++) if (isListed(row)) starts[users[row]! + 1]!++
  for (let user = 0; user < userCount; user++) starts[user + 1]! += starts[user]!
  const rows = new Uint32Array(starts[userCount]!)
  const next = starts.slice()
  for (let row = 0; row < users.length; row++) if (isListed(row)) rows[next[users[row]!]!++] = row
  for (let user = 0; user < userCount; user++) {
    // Sorts in place: a subarray shares the memory.
    rows.subarray(starts[user]!, starts[user + 1]!).sort((a, b) => keys[a]! - keys[b]! || a - b)
  }
  return { rows, starts }
}

/** Without the rows that bring an item to a list a second time. */
function firstOfEach(
  { rows, starts }: { rows: Uint32Array; starts: Int32Array },
  userCount: number,
  { values, outputs }: EncodedLabel,
): { rows: Uint32Array; userStarts: Int32Array } {
  const lastUser = new Int32Array(outputs).fill(-1)
  const kept = new Uint32Array(rows.length)
  const userStarts = new Int32Array(userCount + 1)
  let count = 0
  for (let user = 0; user < userCount; user++) {
    for (let at = starts[user]!; at < starts[user + 1]!; at++) {
      const row = rows[at]!
      const item = values[row]!
      if (lastUser[item] === user) continue
      lastUser[item] = user
      kept[count++] = row
    }
    userStarts[user + 1] = count
  }
  return { rows: kept.subarray(0, count), userStarts }
}

function listsOf(
  rows: Uint32Array,
  userStarts: Int32Array,
  { values }: EncodedLabel,
  rowCount: number,
): Omit<WatchLists, 'ids'> {
  const items = Int32Array.from(rows, (row) => values[row]!)
  const starts = new Int32Array(rowCount)
  const ends = new Int32Array(rowCount)
  for (let user = 0; user + 1 < userStarts.length; user++) {
    for (let at = userStarts[user]!; at < userStarts[user + 1]!; at++) {
      starts[rows[at]!] = userStarts[user]!
      ends[rows[at]!] = at
    }
  }
  return { items, starts, ends }
}

/** Of the users with something to predict from: 1 where the split holds them out. */
function heldOutUsers(userStarts: Int32Array, split: Experiment['split']): Uint8Array {
  const userCount = userStarts.length - 1
  const withList = Uint32Array.from({ length: userCount }, (_, user) => user).filter(
    (user) => userStarts[user + 1]! - userStarts[user]! >= 2,
  )
  if (withList.length < 2) {
    throw new DataError(
      `${withList.length === 0 ? 'Nobody has' : 'Only one has'} a list of two items or more: at least two are needed, one to train on and one to measure on.`,
    )
  }
  const heldOut = new Uint8Array(userCount)
  for (const user of splitRows(withList, split).validationRows) heldOut[user] = 1
  return heldOut
}

function splitByUser(
  rows: Uint32Array,
  userStarts: Int32Array,
  heldOut: Uint8Array,
  { trainSample }: Experiment['split'],
) {
  const train = new Uint32Array(rows.length)
  const validation: number[] = []
  let count = 0
  for (let user = 0; user < heldOut.length; user++) {
    const [start, end] = [userStarts[user]!, userStarts[user + 1]!]
    if (heldOut[user] === 1) {
      for (let at = Math.max(start + 1, end - HELD_OUT_ITEMS); at < end; at++) validation.push(rows[at]!)
    } else for (let at = start; at < end; at++) train[count++] = rows[at]!
  }
  const trainRows = train.slice(0, count).sort()
  return {
    trainRows: trainSample ? sampleOf(trainRows, trainSample) : trainRows,
    validationRows: Uint32Array.from(validation).sort(),
  }
}
