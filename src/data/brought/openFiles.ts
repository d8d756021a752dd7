import { DataError, type DataSet } from '../table'
import type { DateOrder } from './dateColumn'
import { fingerprint } from './fingerprint'
import { jsonLinesAsCsv } from './jsonLines'
import { findMovieLens, readMovieLens } from './movieLens'
import { type OnRead, readDelimited } from './readDelimited'
import type { SourceFile } from './sourceFile'
import { type Origin, tableDataSet } from './tableDataSet'
import { unpackFiles } from './unpackFiles'

export interface OpenOptions {
  /** How ambiguous dates are read, by column; dayFirst where nothing is said. */
  dateOrders: Record<string, DateOrder>
  onProgress: (progress: { file: string; bytesRead: number; bytesTotal: number; rows: number }) => void
}

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 40
const TABLE = /\.(csv|tsv|tab|txt|dat|data|psv|jsonl|ndjson)$/i
const JSON_LINES = /\.(jsonl|ndjson)$/i

/**
 * Reads the files that a person dropped: MovieLens in any of its forms, or one table (CSV and its kin, JSON lines; plain, gzipped
 * or in a zip). Nothing leaves the machine. Throws `DataError` with file, row and column where they are known.
 */
export async function openFiles(files: File[], options: OpenOptions): Promise<DataSet> {
  const sources = await unpackFiles(files)
  const movieLens = await findMovieLens(sources)
  const main = movieLens?.ratings ?? (await onlyTable(sources))
  const name =
    movieLens === null || files.length === 1
      ? (files[0]?.name ?? main.name)
      : files.map((file) => file.name).join(' + ')
  const origin: Origin = {
    file: name,
    title: name.replace(/(\.(csv|tsv|tab|txt|dat|data|psv|jsonl|ndjson|zip|gz))+$/i, ''),
    fingerprint: await fingerprint(files),
  }
  const onRead = throttledProgress(main, options.onProgress)
  if (movieLens !== null) return readMovieLens(movieLens, origin, onRead)
  const raw = await readDelimited(JSON_LINES.test(main.name) ? await jsonLinesAsCsv(main) : main, onRead)
  return tableDataSet(raw, origin, options.dateOrders)
}

function throttledProgress(source: SourceFile, onProgress: OpenOptions['onProgress']): OnRead {
  let last = Number.NEGATIVE_INFINITY
  return (bytesRead, rows) => {
    const now = performance.now()
    if (now - last < PROGRESS_INTERVAL) return
    last = now
    onProgress({ file: source.shown, bytesRead, bytesTotal: source.bytesTotal, rows })
  }
}

async function onlyTable(sources: SourceFile[]): Promise<SourceFile> {
  if (sources.length === 0) throw new DataError('There is no file to read.')
  const only = sources[0]!
  if (sources.length === 1) return only
  const tables = sources.filter((source) => TABLE.test(source.name) && !/^(readme|licen[cs]e)/i.test(source.name))
  // A text file beside one real table is its description.
  const sure = tables.filter((source) => !/\.txt$/i.test(source.name))
  const candidates = sure.length > 0 ? sure : tables
  if (candidates.length === 1) return candidates[0]!
  const names = (candidates.length > 0 ? candidates : sources).slice(0, 5).map((source) => source.name)
  throw new DataError(
    candidates.length === 0
      ? `None of these files is a table (CSV, TSV or JSON lines): ${names.join(', ')}.`
      : `Several tables at once (${names.join(', ')}): choose one. Only MovieLens is read from two files, ratings and films.`,
    { file: only.shown },
  )
}
