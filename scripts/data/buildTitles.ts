import { z } from 'zod'
import { cleanTitle, recordSchema } from './buildMovies'
import { readVegaDataset } from './vegaDatasets'

/**
 * Every title of vega-datasets' movies.json, and whether the film is rated R (or NC-17): as CSV, for the words of a text. Films without a
 * rating keep an empty cell: their titles have words, but nothing to learn from.
 */
export function buildTitles(): string {
  const records = z.array(recordSchema).parse(JSON.parse(readVegaDataset('movies.json').toString('utf8')))
  const rows = records.flatMap(({ Title, 'MPAA Rating': mpaa }) =>
    Title === null ? [] : [`${quoted(cleanTitle(String(Title)))},${ratedR(mpaa)}`],
  )
  return `title,r_rated\n${rows.join('\n')}\n`
}

function ratedR(mpaa: string | null): 'yes' | 'no' | '' {
  if (mpaa === 'R' || mpaa === 'NC-17') return 'yes'
  return mpaa === 'G' || mpaa === 'PG' || mpaa === 'PG-13' ? 'no' : ''
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
