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
    const file = new File([await read('data/film-titles.csv')], 'film-titles.csv', { type: 'text/csv' })
    return openFiles([file], { dateOrders: {}, onProgress: () => {} })
  }
  if (name === 'yours') {
    const answer = await ask({ op: 'openFiles' })
    const opened = answer !== null && 'files' in answer ? answer : null
    if (!opened?.files.length) throw new Error("openData('yours'): open a file first, under “Your data” above.")
    return openFiles(opened.files, { dateOrders: opened.dateOrders, onProgress: () => {} })
  }
  throw new Error(`There is no data '${name}' here. There are: ${names.join(', ')}.`)
}

function isBuiltin(name: string): name is BuiltinName {
  return builtins.includes(name)
}
