import type { DataSet, Entity } from '../table'
import { filmEntity } from './filmEntity'
import { type FilmsForm, readFilms } from './movieLensFilms'
import { ratingsColumns, readRatings } from './movieLensRatings'
import type { OnRead } from './readDelimited'
import { firstBytes, type SourceFile } from './sourceFile'
import { sampleRows, summarizeColumn } from './summarizeColumn'
import { type Origin, YOURS } from './tableDataSet'

/** The files of a MovieLens data set that are read; tags, links and users are not. */
export interface MovieLensFiles {
  ratings: SourceFile
  form: { separator: string; hasHeader: boolean }
  /** null: titles and genres were not brought along. */
  films: { source: SourceFile; form: FilmsForm } | null
}

const FORMS = [
  { ratings: 'ratings.csv', films: 'movies.csv', form: { separator: ',', hasHeader: true } },
  { ratings: 'ratings.dat', films: 'movies.dat', form: { separator: '::', hasHeader: false } },
  { ratings: 'u.data', films: 'u.item', form: { separator: '\t', hasHeader: false } },
] as const

/** Finds MovieLens among files by its names; null when it is not there. A `ratings.csv` of another shape is not MovieLens. */
export async function findMovieLens(sources: SourceFile[]): Promise<MovieLensFiles | null> {
  for (const { ratings: ratingsName, films: filmsName, form } of FORMS) {
    const ratings = sources.find((source) => source.name.toLowerCase() === ratingsName)
    if (ratings === undefined || !(await looksLikeRatings(ratings, form.separator))) continue
    const films = sources.find((source) => source.name.toLowerCase() === filmsName)
    return { ratings, form, films: films === undefined ? null : { source: films, form: filmsName } }
  }
  return null
}

async function looksLikeRatings(source: SourceFile, separator: string): Promise<boolean> {
  const [first = ''] = new TextDecoder().decode(await firstBytes(source, 200)).split(/\r?\n/, 1)
  if (separator === ',') return /^\uFEFF?userId,movieId,rating\b/i.test(first)
  return first.split(separator).length >= 3
}

/** Reads MovieLens: one row a rating, keyed by the film's number; titles and genres are facts about the film. */
export async function readMovieLens(files: MovieLensFiles, origin: Origin, onRead: OnRead): Promise<DataSet> {
  const films = files.films === null ? [] : await readFilms(files.films.source, files.films.form)
  const ratings = await readRatings(files.ratings, files.form, onRead)
  const columns = ratingsColumns(ratings)
  const entity = filmEntity(ratings, films)
  const rowCount = ratings.user.length
  const warnings = ratings.timestamp ? [] : ['Not every rating says when it was given: the times are left out.']
  if (files.films === null) {
    const wanted = FORMS.find((form) => form.ratings === files.ratings.name.toLowerCase())?.films
    warnings.push(
      `Films go by their numbers: drop ${wanted} together with ${files.ratings.name} to see titles and genres.`,
    )
  }
  const listed = new Set(films.map((film) => String(film.id)))
  const untitled = [...entity.index.keys()].filter((id) => !listed.has(id)).length
  if (films.length > 0 && untitled > 0)
    warnings.push(`${untitled.toLocaleString('en')} rated films have no title in the file.`)
  return {
    table: { name: origin.file, rowCount, columns },
    entities: [entity],
    summary: {
      name: origin.file,
      title: origin.title,
      fingerprint: origin.fingerprint,
      rowCount,
      columns: columns.map((column) => ({
        ...summarizeColumn(column),
        unit: units[column.name] ?? null,
      })),
      sampleRows: sampleRows(columns, rowCount).map((row) => withTitle(row, entity)),
      nature: 'yours',
      natureText: `Ratings that people gave to films on MovieLens. ${YOURS}`,
      source: origin.file,
      licence: 'GroupLens usage licence: research use; stays on your machine',
      kind: 'ratings',
      warnings,
    },
  }
}

const units: Record<string, string> = { rating: 'stars', timestamp: 'Unix seconds' }

function withTitle([user = '', film = '', ...rest]: string[], entity: Entity): string[] {
  const title = entity.labels[entity.index.get(film) ?? -1]
  return [user, title === undefined || title === `film ${film}` ? film : `${film} · ${title}`, ...rest]
}
