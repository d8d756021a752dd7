import { type ColumnCache, createColumnCache } from '../columns/columnCache'
import { loadBuiltin } from '../data/builtin/loadBuiltin'
import { type Column, DataError, type DataSet } from '../data/table'
import type { BuiltinName, DatasetRef, Experiment } from '../experiment/experiment'

/** That runs have read: the present one's, and the one before it for undo. */
const MOST_USED = 2
/** Encoded columns kept beside those of the present experiment: about as much as the rows themselves, within bounds. */
const CACHE_BYTES = { least: 192 * 2 ** 20, most: 768 * 2 ** 20 }

/** A data set with what was encoded of it. */
export interface OpenData {
  dataSet: DataSet
  columns: ColumnCache
}

/** The data sets at hand: built-ins by name, and of those that the person brought, by fingerprint, the last two that a run has read and the last that none has. */
export interface DataSets {
  /** Throws a DataError that names the file to open when it isn't open. */
  get(dataset: DatasetRef, dateOrders: Experiment['dateOrders']): Promise<OpenData>
  /** Pushes out the last one that was opened and never used, not one that was. */
  add(dataSet: DataSet): void
}

interface Brought {
  opened: DataSet
  orders: string
  data: OpenData
}

export function createDataSets(read: (path: string) => Promise<ArrayBuffer>): DataSets {
  const builtins = new Map<BuiltinName, Promise<OpenData>>()
  /** By fingerprint, the last used at the end. */
  const used = new Map<string, Brought>()
  let unused: Brought | null = null

  function builtin(name: BuiltinName): Promise<OpenData> {
    let open = builtins.get(name)
    if (!open) {
      open = loadBuiltin(name, read).then(openData)
      // A file that did not arrive is asked for again the next time.
      open.catch(() => builtins.delete(name))
      builtins.set(name, open)
    }
    return open
  }

  function take(fingerprint: string): Brought | null {
    if (unused?.opened.summary.fingerprint !== fingerprint) return used.get(fingerprint) ?? null
    const found = unused
    unused = null
    return found
  }

  return {
    async get(dataset, dateOrders) {
      if (dataset.source === 'builtin') return builtin(dataset.name)
      const found = take(dataset.fingerprint)
      if (!found)
        throw new DataError(`Open ${dataset.name} to go on: a link does not carry the rows.`, { file: dataset.name })
      used.delete(dataset.fingerprint)
      used.set(dataset.fingerprint, found)
      for (const oldest of [...used.keys()].slice(0, -MOST_USED)) used.delete(oldest)
      const orders = JSON.stringify(dateOrders)
      if (orders !== found.orders) {
        const { applyDateOrders } = await import('../data/brought/tableDataSet')
        found.data = openData(applyDateOrders(found.opened, dateOrders))
        found.orders = orders
      }
      return found.data
    },
    add(dataSet) {
      unused = { opened: dataSet, orders: '{}', data: openData(dataSet) }
    },
  }
}

function openData(dataSet: DataSet): OpenData {
  const bytes = dataSet.table.columns.reduce((sum, column) => sum + rowsOf(column).byteLength, 0)
  const { least, most } = CACHE_BYTES
  return { dataSet, columns: createColumnCache(Math.min(most, Math.max(least, bytes))) }
}

function rowsOf(column: Column): { byteLength: number } {
  return column.type === 'string' ? column.codes : column.values
}
