import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { DayHourFile } from '../../src/data/builtin/builtinFiles'

const sourceSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    unit: z.string(),
    source: z.string(),
    licence: z.string(),
    citation: z.string(),
    /** day of week (Monday 0), hour, mean, standard deviation, hours observed. */
    cells: z.array(z.tuple([z.int(), z.int(), z.number(), z.number(), z.int()])),
  }),
)

const columnOfProfile: Record<string, string> = {
  'i94-traffic': 'cars',
  'bike-commuters': 'bike_members',
  'bike-casual': 'bike_visitors',
  'nyc-taxi': 'taxi_passengers',
}

/** The four weekly profiles under the names of the data set's columns, cells in order of the week. Throws where a cell is missing or out of order. */
export function buildDayHour(): DayHourFile {
  const path = new URL('./day-hour-profiles.json', import.meta.url)
  const profiles = sourceSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  return {
    version: 1,
    profiles: profiles.map(({ id, title, unit, source, licence, citation, cells }) => {
      const column = columnOfProfile[id]
      if (column === undefined) throw new Error(`No column is planned for the profile ${id}.`)
      return {
        column,
        title,
        unit,
        source,
        licence,
        citation,
        cells: cells.map(([day, hour, mean, deviation, count], position) => {
          if (day * 24 + hour !== position) throw new Error(`${id}: cell ${position} holds day ${day}, hour ${hour}.`)
          return [mean, deviation, count]
        }),
      }
    }),
  }
}
