import type { BuiltinName } from '../../experiment/experiment'
import { DataError, type DataSet } from '../table'
import { loadAirports } from './airports'
import { builtinPaths } from './builtinFiles'
import { loadDayHour } from './dayHour'
import { loadMovies } from './movies'
import { loadTelevision } from './television'

const loaders: Record<Exclude<BuiltinName, 'television'>, (file: unknown) => DataSet> = {
  dayHour: loadDayHour,
  movies: loadMovies,
  airports: loadAirports,
}

/**
 * A built-in data set. `read` gets a path relative to the page ('data/movies.json') and answers with the bytes of that file: fetch in
 * the worker, the file system in Node. The same rows every time. Throws a `DataError` when the file cannot be read or is not what was built.
 */
export async function loadBuiltin(name: BuiltinName, read: (path: string) => Promise<ArrayBuffer>): Promise<DataSet> {
  if (name === 'television') return loadTelevision()
  const path = builtinPaths[name]
  const bytes = await read(path).catch((error: unknown) => {
    throw new DataError(`The built-in data did not arrive: ${reason(error)}. Reload the page to try again.`, {
      file: path,
    })
  })
  try {
    return loaders[name](JSON.parse(new TextDecoder().decode(bytes)))
  } catch (error) {
    throw new DataError(`The built-in data is damaged: ${reason(error)}. Reload the page to try again.`, { file: path })
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
