import { type ColumnCache, createColumnCache } from '../columns/columnCache'
import { loadBuiltin } from '../data/builtin/loadBuiltin'
import { DataError, type DataSet } from '../data/table'
import type { BuiltinName, DatasetRef, Experiment } from '../experiment/experiment'

const MOST_BROUGHT = 2
const CACHE_BYTES = 192 * 2 ** 20

/** A data set with what was encoded of it. */
export interface OpenData {
  dataSet: DataSet
  columns: ColumnCache
}

/** The data sets at hand: built-ins by name, and the last two that the person brought, by fingerprint. */
export interface DataSets {
  /** Throws a DataError that names the file to open when it isn't open. */
  get(dataset: DatasetRef, dateOrders: Experiment['dateOrders']): Promise<OpenData>
  add(dataSet: DataSet): void
}

export function createDataSets(read: (path: string) => Promise<ArrayBuffer>): DataSets {
  const builtins = new Map<BuiltinName, Promise<OpenData>>()
  const brought = new Map<string, { opened: DataSet; orders: string; data: OpenData }>()

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

  return {
    async get(dataset, dateOrders) {
      if (dataset.source === 'builtin') return builtin(dataset.name)
      const found = brought.get(dataset.fingerprint)
      if (!found)
        throw new DataError(`Open ${dataset.name} to go on: a link does not carry the rows.`, { file: dataset.name })
      brought.delete(dataset.fingerprint)
      brought.set(dataset.fingerprint, found)
      const orders = JSON.stringify(dateOrders)
      if (orders !== found.orders) {
        const { applyDateOrders } = await import('../data/brought/tableDataSet')
        found.data = openData(applyDateOrders(found.opened, dateOrders))
        found.orders = orders
      }
      return found.data
    },
    add(dataSet) {
      const { fingerprint } = dataSet.summary
      brought.delete(fingerprint)
      brought.set(fingerprint, { opened: dataSet, orders: '{}', data: openData(dataSet) })
      for (const oldest of [...brought.keys()].slice(0, -MOST_BROUGHT)) brought.delete(oldest)
    },
  }
}

function openData(dataSet: DataSet): OpenData {
  return { dataSet, columns: createColumnCache(CACHE_BYTES) }
}
