import { openFiles } from '../data/brought/openFiles'
import { loadBuiltin } from '../data/builtin/loadBuiltin'
import type { DataSet } from '../data/table'
import type { BuiltinName } from '../experiment/experiment'
import type { PageRequests } from './pageRequests'

const builtins: readonly string[] = ['dayHour', 'movies', 'airports'] satisfies BuiltinName[]
const names = [...builtins, 'titles', 'yours']

/** What `openData(name)` answers in the page: the bytes come from there, the rows are read here. */
export async function openPageData(name: string, { ask }: PageRequests): Promise<DataSet> {
  const read = async (path: string): Promise<ArrayBuffer> => {
    const answer = await ask({ op: 'read', name: path })
    if (!(answer instanceof Uint8Array)) throw new Error(`${path} did not come.`)
    return answer.slice().buffer
  }
  if (isBuiltin(name)) return loadBuiltin(name, read)
  if (name === 'titles') {
    return readFiles([new File([await read('data/film-titles.csv')], 'film-titles.csv', { type: 'text/csv' })])
  }
  if (name === 'yours') {
    const answer = await ask({ op: 'openFiles' })
    const files = Array.isArray(answer) ? answer.filter((entry) => entry instanceof File) : []
    if (files.length === 0) throw new Error("openData('yours'): open a file first, under “Your data” above.")
    return readFiles(files)
  }
  throw new Error(`There is no data '${name}' here. There are: ${names.join(', ')}.`)
}

function isBuiltin(name: string): name is BuiltinName {
  return builtins.includes(name)
}

function readFiles(files: File[]): Promise<DataSet> {
  return openFiles(files, { dateOrders: {}, onProgress: () => {} })
}
