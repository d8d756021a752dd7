import type { SourceFile } from './sourceFile'

/** Browsers hand out chunks of up to 2 MB: too long between two words about progress. */
const LARGEST_PIECE = 1 << 18

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** From a byte order mark, or from where the zero bytes of plain letters lie; otherwise UTF-8, until that proves wrong. */
export function detectEncoding(first: Uint8Array): Encoding {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  const length = Math.min(first.length & ~1, 1000)
  let evenZeros = 0
  let oddZeros = 0
  for (let i = 0; i < length; i += 2) {
    if (first[i] === 0) evenZeros++
    if (first[i + 1] === 0) oddZeros++
  }
  if (length >= 4 && oddZeros > length * 0.2 && evenZeros === 0) return 'utf-16le'
  if (length >= 4 && evenZeros > length * 0.2 && oddZeros === 0) return 'utf-16be'
  return 'utf-8'
}

/** The file's text as UTF-8 bytes without byte order mark. Bytes taken for UTF-8 are passed on unchecked. */
export async function* utf8Chunks(
  source: SourceFile,
  encoding: Encoding,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of decodedChunks(source, encoding, onBytes)) {
    for (let at = 0; at < chunk.length; at += LARGEST_PIECE) yield chunk.subarray(at, at + LARGEST_PIECE)
  }
}

async function* decodedChunks(
  source: SourceFile,
  encoding: Encoding,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* withoutMark(source.chunks(onBytes))
    return
  }
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  for await (const chunk of source.chunks(onBytes)) yield encoder.encode(decoder.decode(chunk, { stream: true }))
  const rest = decoder.decode()
  if (rest !== '') yield encoder.encode(rest)
}

async function* withoutMark(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true
  for await (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
    yield marked ? chunk.subarray(3) : chunk
    first = false
  }
}
