import { DataError } from '../table'
import { readBlob, type SourceFile } from './sourceFile'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_SIZES = 1
const LONGEST_END = 22 + 65_535
const FULL = 0xffffffff

/**
 * The files in a zip, from the directory at its end (APPNOTE 6.3.9, zip64 included), so that only those that are wanted get
 * unpacked: of MovieLens 25M's 1.2 GB, the 680 MB of ratings. Folders and macOS's shadow files are left out. Nothing is unpacked yet.
 */
export async function zipFiles(file: File): Promise<SourceFile[]> {
  const directory = await readDirectory(file)
  const view = new DataView(directory.buffer)
  const files: SourceFile[] = []
  let at = 0
  while (at + 46 <= directory.length && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const path = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameLength))
    const name = path.split('/').at(-1) ?? ''
    if (name !== '' && !name.startsWith('.') && !path.startsWith('__MACOSX/')) {
      const entry = {
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
      }
      readZip64(entry, new DataView(directory.buffer, at + 46 + nameLength, extraLength))
      files.push({
        name,
        shown: `${file.name} › ${name}`,
        container: file,
        bytesTotal: entry.packed,
        chunks: (onBytes) => unpack(file, `${file.name} › ${name}`, entry, onBytes),
      })
    }
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return files
}

interface ZipEntry {
  encrypted: boolean
  method: number
  packed: number
  size: number
  offset: number
}

async function readBytes(file: File, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer())
}

async function readDirectory(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const tailStart = Math.max(0, file.size - LONGEST_END)
  const tail = await readBytes(file, tailStart, file.size)
  const view = new DataView(tail.buffer)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue
    let size = view.getUint32(at + 12, true)
    let offset = view.getUint32(at + 16, true)
    if ((offset === FULL || size === FULL) && at >= 20 && view.getUint32(at - 20, true) === ZIP64_LOCATOR) {
      const end = Number(view.getBigUint64(at - 12, true))
      const large = new DataView((await readBytes(file, end, end + 56)).buffer)
      size = Number(large.getBigUint64(40, true))
      offset = Number(large.getBigUint64(48, true))
    }
    return readBytes(file, offset, offset + size)
  }
  throw new DataError('The zip file is damaged or cut short: its table of contents is missing.', { file: file.name })
}

/** Sizes over 4 GB stand in an extra field, each only where the plain field is full. */
function readZip64(entry: ZipEntry, extra: DataView): void {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== ZIP64_SIZES) continue
    let field = at + 4
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (entry[key] !== FULL) continue
      entry[key] = Number(extra.getBigUint64(field, true))
      field += 8
    }
  }
}

async function* unpack(
  file: File,
  shown: string,
  entry: ZipEntry,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new DataError('The zip file is encrypted: unpack it first.', { file: shown })
  if (entry.method !== 0 && entry.method !== 8) {
    throw new DataError(`Packed by a rare method (number ${entry.method}): unpack the zip first.`, { file: shown })
  }
  const header = new DataView((await readBytes(file, entry.offset, entry.offset + 30)).buffer)
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  const packed = file.slice(start, start + entry.packed)
  const damaged = () => new DataError('The zip file is damaged: this part of it cannot be unpacked.', { file: shown })
  let size = 0
  const chunks = entry.method === 0 ? readBlob(packed, shown, onBytes) : inflate(packed, shown, damaged, onBytes)
  for await (const chunk of chunks) {
    size += chunk.length
    yield chunk
  }
  if (size !== entry.size) throw damaged()
}

/** The browser's own inflater, fed chunk by chunk as it asks for more. */
async function* inflate(
  packed: Blob,
  shown: string,
  damaged: () => DataError,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  const source = readBlob(packed, shown, onBytes)
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await source.return(undefined)
    },
  })
  const reader = compressed.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    throw error instanceof DataError ? error : damaged()
  } finally {
    // A stream that has failed refuses to be cancelled; the failure itself is already on its way.
    await reader.cancel().catch(() => undefined)
  }
}
