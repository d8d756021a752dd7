import { Gunzip } from 'fflate'
import { DataError } from '../table'

/** A file to read rows from: one that was dropped, or one inside a zip. May be opened more than once. */
export interface SourceFile {
  /** Without folders, `.gz` taken off: `ratings.csv`. */
  name: string
  /** For messages: `ml-25m.zip › ratings.csv`. */
  shown: string
  /** The file on the disk that it is, or lies in. */
  container: File
  /** Bytes to be read from the disk (compressed, where it is). */
  bytesTotal: number
  /** The header is not in the file but was made for it (JSON lines): rows are counted from the first row of data. */
  headerAdded?: boolean
  /** The bytes, unpacked. `onBytes` is told how many were read from the disk in all. Throws `DataError` when packed bytes are damaged. */
  chunks(onBytes?: (bytesRead: number) => void): AsyncGenerator<Uint8Array>
}

/** The file as it lies on the disk. */
export function plainFile(file: File): SourceFile {
  return {
    name: file.name,
    shown: file.name,
    container: file,
    bytesTotal: file.size,
    chunks: (onBytes) => readBlob(file, file.name, onBytes),
  }
}

/** A gzip file; several members one after the other are read as one, which `DecompressionStream` refuses. */
export function gzipFile(file: File): SourceFile {
  return {
    name: file.name.replace(/\.gz$/i, ''),
    shown: file.name,
    container: file,
    bytesTotal: file.size,
    chunks: async function* (onBytes) {
      const unpacked: Uint8Array[] = []
      const gunzip = new Gunzip((chunk) => unpacked.push(chunk))
      let last = new Uint8Array(0)
      const push = (chunk: Uint8Array, final: boolean) => {
        try {
          gunzip.push(chunk, final)
        } catch {
          throw new DataError('The gzip file is damaged or cut short: its content cannot be unpacked.', {
            file: file.name,
          })
        }
        return unpacked.splice(0)
      }
      for await (const chunk of readBlob(file, file.name, onBytes)) {
        yield* push(last, false)
        last = chunk
      }
      yield* push(last, true)
    },
  }
}

/** Reads a blob chunk by chunk, in words when the browser cannot (a file that was moved or changed since it was chosen). */
export async function* readBlob(
  blob: Blob,
  name: string,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = blob.stream().getReader()
  let bytesRead = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      bytesRead += value.length
      onBytes?.(bytesRead)
      yield value
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new DataError('The file could not be read: it may have been moved or changed since you chose it.', {
      file: name,
    })
  } finally {
    await reader.cancel()
  }
}

/** The first bytes of a file, at most `length`, fewer when the file is shorter. */
export async function firstBytes(source: SourceFile, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  for await (const chunk of source.chunks()) {
    const part = chunk.subarray(0, length - filled)
    bytes.set(part, filled)
    filled += part.length
    if (filled === length) break
  }
  return bytes.slice(0, filled)
}
