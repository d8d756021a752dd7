import {
  airportsFileSchema,
  builtinPaths,
  dayHourFileSchema,
  moviesFileSchema,
} from '../../src/data/builtin/builtinFiles'
import { buildAirports } from './buildAirports'
import { buildDayHour } from './buildDayHour'
import { buildMovies } from './buildMovies'
import { buildTitles } from './buildTitles'

/** Every file of the built-in data: path under `public/` and text, checked against the shape that the page reads. Same input, same bytes. */
export async function makeBuiltinFiles(): Promise<{ path: string; text: string }[]> {
  return [
    { path: builtinPaths.dayHour, text: oneItemALine(dayHourFileSchema.parse(buildDayHour())) },
    { path: builtinPaths.movies, text: oneItemALine(moviesFileSchema.parse(buildMovies())) },
    { path: 'data/film-titles.csv', text: buildTitles() },
    { path: builtinPaths.airports, text: oneItemALine(airportsFileSchema.parse(await buildAirports())) },
  ]
}

/** JSON with one list item a line, so that a change of the data shows in a diff. */
function oneItemALine(file: Record<string, unknown>): string {
  const fields = Object.entries(file).map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`
      : JSON.stringify(value)
    return `${JSON.stringify(key)}:${text}`
  })
  return `{${fields.join(',\n')}}\n`
}
