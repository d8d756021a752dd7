import { DataError, type DataSet } from '../table'
import type { DateOrder } from './dateColumn'
import { fingerprint } from './fingerprint'
import { jsonLinesAsCsv } from './jsonLines'
import { findMovieLens, readMovieLens } from './movieLens'
import { type OnRead, readDelimited } from './readDelimited'
import { firstBytes, type SourceFile } from './sourceFile'
import { type Origin, tableDataSet } from './tableDataSet'
import { unpackFiles } from './unpackFiles'

export interface OpenOptions {
  /** How ambiguous dates are read, by column; dayFirst where nothing is said. */
  dateOrders: Record<string, DateOrder>
  onProgress: (progress: { file: string; bytesRead: number; bytesTotal: number; rows: number }) => void
}

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 40
const TABLE = /\.(csv|tsv|tab|txt|dat|data|psv|jsonl|ndjson|json)$/i
const ENDINGS = /(\.(csv|tsv|tab|txt|dat|data|psv|jsonl|ndjson|json|zip|gz))+(?= \+ |$)/gi

/**
 * Reads the files that a person dropped: MovieLens in any of its forms, or one table (CSV and its kin, JSON lines; plain, gzipped
 * or in a zip). Nothing leaves the machine. Throws `DataError` with file, row and column where they are known.
 */
export async function openFiles(files: File[], options: OpenOptions): Promise<DataSet> {
  const sources = await unpackFiles(files)
  const movieLens = await findMovieLens(sources)
  const used =
    movieLens === null
      ? [await onlyTable(sources)]
      : [movieLens.ratings, ...(movieLens.films ? [movieLens.films.source] : [])]
  const main = used[0]!
  const onRead = throttledProgress(main, options.onProgress)
  onRead(0, 0)
  const containers = [...new Set(used.map((source) => source.container))]
  const name = containers.map((file) => file.name).join(' + ')
  const origin: Origin = { file: name, title: name.replaceAll(ENDINGS, ''), fingerprint: await fingerprint(containers) }
  const data =
    movieLens === null ? await readTable(main, origin, options, onRead) : await readMovieLens(movieLens, origin, onRead)
  const { bytesTotal } = main
  options.onProgress({ file: main.shown, bytesRead: bytesTotal, bytesTotal, rows: data.table.rowCount })
  return data
}

async function readTable(source: SourceFile, origin: Origin, options: OpenOptions, onRead: OnRead): Promise<DataSet> {
  const raw = await readDelimited((await isJsonLines(source)) ? await jsonLinesAsCsv(source) : source, onRead)
  return tableDataSet(raw, origin, options.dateOrders, () => onRead(source.bytesTotal, raw.rowCount))
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

/** Told by the first character. Throws `DataError` for what is text, but no table. */
async function isJsonLines(source: SourceFile): Promise<boolean> {
  const first = new TextDecoder().decode(await firstBytes(source, 200)).trimStart()
  if (/^<(!doctype|html|\?xml)/i.test(first)) {
    throw new DataError('This is a web page or XML, not a table: was the download link a page of its own?', {
      file: source.shown,
    })
  }
  if (/^\[\s*[{[]/.test(first)) {
    throw new DataError('JSON is read one object a line (.jsonl), not as one long list.', { file: source.shown })
  }
  return /^\{\s*("|$)/.test(first)
}
