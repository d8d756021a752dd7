import type { BlobDatabase } from './blobDatabase'
import type { OpenedFiles, RequestValue, SandboxRequest } from './protocol'

/** What the page answers a sandbox with. */
export interface RequestSources {
  blobs: BlobDatabase
  /** A file of the page. */
  readFile(path: string): Promise<Uint8Array>
  /** Those that the person opened last. */
  openedFiles(): OpenedFiles
}

/** All that a sandbox may read of the page's files. */
const readable = ['data/day-hour.json', 'data/movies.json', 'data/airports.json', 'data/film-titles.csv']

/** `document`: whose checkpoints these are; the sandbox has no say in it. Throws in words. */
export async function answerRequest(
  request: SandboxRequest,
  document: string,
  { blobs, readFile, openedFiles }: RequestSources,
): Promise<RequestValue> {
  switch (request.op) {
    case 'save':
      await blobs.save(document, request.name, request.bytes)
      return null
    case 'load':
      return blobs.load(document, request.name)
    case 'list':
      return (await blobs.list(document, request.name)).map(({ name }) => name)
    case 'delete':
      await blobs.delete(document, request.name)
      return null
    case 'read':
      if (!readable.includes(request.name)) throw new Error(`The page gives out no file '${request.name}'.`)
      return readFile(request.name)
    case 'openFiles':
      return openedFiles()
  }
}
