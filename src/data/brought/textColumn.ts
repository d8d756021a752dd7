import { DataError } from '../table'
import { growingInt32 } from './growingArray'
import { isMissing } from './missingValue'

const MOST_TEXT = 1 << 29
const SPACE = 32
/** Bytes of the longest word that stands for "missing". */
const LONGEST_MISSING = 4

/** The bytes are not the UTF-8 they were taken for: the file is to be read again as windows-1252. */
export class NotUtf8 extends Error {}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Throws `NotUtf8`. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new NotUtf8()
  }
}

/**
 * A column of texts, dictionary-encoded as it is read: an open-addressing hash table over the bytes, so that a string is made
 * once per distinct value and not once per row.
 */
export class TextColumn {
  readonly codes = growingInt32()
  private distinct = 0
  /** The distinct values, one after the other; value c ends at ends[c]. */
  private arena = new Uint8Array(1 << 12)
  private ends = new Int32Array(1 << 8)
  private hashes = new Int32Array(1 << 8)
  /** Code + 1 of the value in each slot; 0 = free. */
  private slots = new Int32Array(1 << 9)
  /** Codes of the words that stand for "missing". */
  private readonly missingWords = new Set<number>()

  constructor(
    readonly name: string,
    private readonly file: string,
  ) {}

  add(bytes: Uint8Array, start: number, end: number): void {
    while (start < end && bytes[start] === SPACE) start++
    while (end > start && bytes[end - 1] === SPACE) end--
    if (start === end) {
      this.codes.push(-1)
      return
    }
    let hash = 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    hash ^= hash >>> 15
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (;;) {
      const code = this.slots[slot]! - 1
      if (code < 0) break
      if (this.hashes[code] === hash && this.equals(code, bytes, start, end)) {
        this.codes.push(code)
        return
      }
      slot = (slot + 1) & mask
    }
    this.codes.push(this.insert(slot, hash, bytes, start, end))
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : this.ends[code - 1]!
    if (this.ends[code]! - from !== end - start) return false
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== this.arena[j]) return false
    return true
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.distinct++
    const from = code === 0 ? 0 : this.ends[code - 1]!
    const to = from + end - start
    this.reserve(to)
    for (let i = start, j = from; i < end; i++, j++) this.arena[j] = bytes[i]!
    this.ends[code] = to
    this.hashes[code] = hash
    this.slots[slot] = code + 1
    if (end - start <= LONGEST_MISSING && isMissing(decodeUtf8(bytes.subarray(start, end)), false)) {
      this.missingWords.add(code)
    }
    if (this.distinct * 2 >= this.slots.length) this.grow()
    return code
  }

  private reserve(bytes: number): void {
    if (bytes <= this.arena.length) return
    if (bytes > MOST_TEXT) {
      throw new DataError(
        `Column ${this.name} holds over half a gigabyte of distinct texts: leave it out of the file.`,
        {
          file: this.file,
          column: this.name,
        },
      )
    }
    const larger = new Uint8Array(Math.max(bytes, this.arena.length * 2))
    larger.set(this.arena)
    this.arena = larger
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 4)
    const mask = slots.length - 1
    for (let code = 0; code < this.distinct; code++) {
      let slot = this.hashes[code]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code + 1
    }
    this.slots = slots
    const hashes = new Int32Array(slots.length / 2)
    hashes.set(this.hashes)
    this.hashes = hashes
    const ends = new Int32Array(slots.length / 2)
    ends.set(this.ends)
    this.ends = ends
  }

  /** Codes in the order of first occurrence, words for "missing" taken out of the dictionary. Throws `NotUtf8`. */
  finish(): { codes: Int32Array; values: string[] } {
    const codes = this.codes.finish()
    const all = this.decodeAll()
    if (this.missingWords.size === 0) return { codes, values: all }
    const renumbered = new Int32Array(all.length)
    let next = 0
    for (let code = 0; code < all.length; code++) renumbered[code] = this.missingWords.has(code) ? -1 : next++
    for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = renumbered[codes[row]!]!
    return { codes, values: all.filter((_, code) => !this.missingWords.has(code)) }
  }

  /** Plain ASCII is decoded in one go and cut, which is several times faster than a decoder call per value. */
  private decodeAll(): string[] {
    const { ends, distinct } = this
    const start = (code: number) => (code === 0 ? 0 : ends[code - 1]!)
    const bytes = this.arena.subarray(0, start(distinct))
    const text = decodeUtf8(bytes)
    const ascii = text.length === bytes.length
    return Array.from({ length: distinct }, (_, code) =>
      ascii ? text.slice(start(code), ends[code]) : decodeUtf8(bytes.subarray(start(code), ends[code])),
    )
  }
}
