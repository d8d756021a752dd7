import { DataError } from '../table'
import { growingInt32 } from './growingArray'
import { isMissing } from './missingValue'

const MOST_TEXT = 1 << 29
const SPACE = 32

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
  readonly values: string[] = []
  readonly codes = growingInt32()
  missing = 0
  private arena = new Uint8Array(1 << 12)
  private ends: number[] = []
  private hashes: number[] = []
  /** Code + 1 of the value in each slot; 0 = free; -1 = a word for "missing". */
  private slots = new Int32Array(1 << 8)
  private missingWords = new Map<number, boolean>()

  constructor(
    readonly name: string,
    private readonly file: string,
  ) {}

  add(bytes: Uint8Array, start: number, end: number): void {
    while (start < end && bytes[start] === SPACE) start++
    while (end > start && bytes[end - 1] === SPACE) end--
    if (start === end) {
      this.missing++
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
        this.put(code)
        return
      }
      slot = (slot + 1) & mask
    }
    this.put(this.insert(slot, hash, bytes, start, end))
  }

  private put(code: number): void {
    if (this.missingWords.size > 0 && this.missingWords.has(code)) {
      this.missing++
      this.codes.push(-1)
    } else this.codes.push(code)
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : this.ends[code - 1]!
    if (this.ends[code]! - from !== end - start) return false
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== this.arena[j]) return false
    return true
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.values.length
    const from = code === 0 ? 0 : this.ends[code - 1]!
    const to = from + end - start
    if (to > MOST_TEXT) {
      throw new DataError(
        `Column ${this.name} holds over half a gigabyte of distinct texts: leave it out of the file.`,
        {
          file: this.file,
          column: this.name,
        },
      )
    }
    if (to > this.arena.length) {
      const larger = new Uint8Array(Math.max(to, this.arena.length * 2))
      larger.set(this.arena)
      this.arena = larger
    }
    const text = decodeUtf8(bytes.subarray(start, end))
    this.arena.set(bytes.subarray(start, end), from)
    this.ends.push(to)
    this.hashes.push(hash)
    this.values.push(text)
    this.slots[slot] = code + 1
    if (isMissing(text, false)) this.missingWords.set(code, true)
    if (this.values.length * 2 > this.slots.length) this.grow()
    return code
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 4)
    const mask = slots.length - 1
    for (let code = 0; code < this.hashes.length; code++) {
      let slot = this.hashes[code]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code + 1
    }
    this.slots = slots
  }

  /** Codes in the order of first occurrence, words for "missing" taken out of the dictionary. */
  finish(): { codes: Int32Array; values: string[] } {
    const codes = this.codes.finish()
    if (this.missingWords.size === 0) return { codes, values: this.values }
    const renumbered = new Int32Array(this.values.length)
    const values = this.values.filter((_, code) => !this.missingWords.has(code))
    let next = 0
    for (let code = 0; code < renumbered.length; code++) renumbered[code] = this.missingWords.has(code) ? -1 : next++
    for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = renumbered[codes[row]!]!
    return { codes, values }
  }
}
