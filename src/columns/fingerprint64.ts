/**
 * FarmHash Fingerprint64 (farmhashna::Hash64, Geoff Pike, Google 2014) and TensorFlow's FingerprintCat64, the two hashes behind
 * `to_hash_bucket_fast` and `cross_hashed`.
 *
 * JavaScript has no fast 64-bit integers, so a number is a pair of 32-bit halves in a file of registers, and the algorithm is
 * written as operations on register numbers. Nothing is allocated; nothing here may be called re-entrantly.
 */

/** 64-bit numbers side by side: `high[i]` and `low[i]` hold the two's-complement halves of number i. */
export interface Uint64Array {
  high: Int32Array
  low: Int32Array
}

const high = new Int32Array(32)
const low = new Int32Array(32)

const [X, Y, Z, V1, V2, W1, W2, A, B, C, D, E, F, G, MUL, T, U, S, P, Q, R] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
] as const
const K0 = 24
const K1 = 25
const K2 = 26

set(K0, 0xc3a5c85c, 0x97cb3127)
set(K1, 0xb492b66f, 0xbe98f273)
set(K2, 0x9ae16a3b, 0x2f90404f)

function set(to: number, highHalf: number, lowHalf: number) {
  high[to] = highHalf
  low[to] = lowHalf
}

function copy(to: number, a: number) {
  high[to] = high[a]!
  low[to] = low[a]!
}

function add(to: number, a: number, b: number) {
  const sum = (low[a]! >>> 0) + (low[b]! >>> 0)
  high[to] = high[a]! + high[b]! + (sum > 0xffffffff ? 1 : 0)
  low[to] = sum
}

function xor(to: number, a: number, b: number) {
  high[to] = high[a]! ^ high[b]!
  low[to] = low[a]! ^ low[b]!
}

/** Low 64 bits of the product. */
function multiply(to: number, a: number, b: number) {
  const al = low[a]!
  const bl = low[b]!
  high[to] = upperHalf(al, bl) + Math.imul(al, high[b]!) + Math.imul(high[a]!, bl)
  low[to] = Math.imul(al, bl)
}

/** Upper 32 bits of the product of two unsigned 32-bit numbers, from 16-bit pieces; no sum of them reaches 2^32. */
function upperHalf(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) >>> 0
  const middle2 = (Math.imul(a0, b1) + (middle & 0xffff)) >>> 0
  return (Math.imul(a1, b1) + (middle >>> 16) + (middle2 >>> 16)) | 0
}

/** Rotates right by 1 … 63 bits, except 32. */
function rotate(to: number, a: number, bits: number) {
  const swap = bits > 32
  const h = swap ? low[a]! : high[a]!
  const l = swap ? high[a]! : low[a]!
  const n = bits & 31
  high[to] = (h >>> n) | (l << (32 - n))
  low[to] = (l >>> n) | (h << (32 - n))
}

function shiftMix(to: number, a: number) {
  const h = high[a]!
  low[to] = low[a]! ^ (h >>> 15)
  high[to] = h
}

let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024)
const encoder = new TextEncoder()

function load32(at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

function load(to: number, at: number) {
  low[to] = load32(at)
  high[to] = load32(at + 4)
}

/** to = a + 8 bytes at `at`; spoils T. */
function addLoaded(to: number, a: number, at: number) {
  load(T, at)
  add(to, a, T)
}

/** Murmur-like mix of two numbers; spoils S. */
function hashLen16(to: number, u: number, v: number, mul: number) {
  xor(S, u, v)
  multiply(S, S, mul)
  shiftMix(S, S)
  xor(S, v, S)
  multiply(S, S, mul)
  shiftMix(S, S)
  multiply(to, S, mul)
}

function setMul(length: number) {
  set(MUL, 0, length * 2)
  add(MUL, MUL, K2)
}

function hashUpTo16(length: number) {
  if (length >= 8) {
    setMul(length)
    load(A, 0)
    add(A, A, K2)
    load(B, length - 8)
    rotate(C, B, 37)
    multiply(C, C, MUL)
    add(C, C, A)
    rotate(D, A, 25)
    add(D, D, B)
    multiply(D, D, MUL)
    hashLen16(X, C, D, MUL)
  } else if (length >= 4) {
    setMul(length)
    const first = load32(0)
    set(A, first >>> 29, first << 3)
    set(B, 0, length)
    add(A, A, B)
    set(B, 0, load32(length - 4))
    hashLen16(X, A, B, MUL)
  } else if (length > 0) {
    set(A, 0, bytes[0]! + (bytes[length >> 1]! << 8))
    set(B, 0, length + (bytes[length - 1]! << 2))
    multiply(A, A, K2)
    multiply(B, B, K0)
    xor(A, A, B)
    shiftMix(A, A)
    multiply(X, A, K2)
  } else copy(X, K2)
}

/** 17 … 64 bytes. Beyond 32 a second round follows the first. */
function hashUpTo64(length: number) {
  setMul(length)
  load(A, 0)
  multiply(A, A, length <= 32 ? K1 : K2)
  load(B, 8)
  load(C, length - 8)
  multiply(C, C, MUL)
  load(D, length - 16)
  multiply(D, D, K2)
  add(Y, A, B)
  rotate(Y, Y, 43)
  rotate(T, C, 30)
  add(Y, Y, T)
  add(Y, Y, D)
  add(Z, B, K2)
  rotate(Z, Z, 18)
  add(Z, Z, A)
  add(Z, Z, C)
  hashLen16(X, Y, Z, MUL)
  if (length <= 32) return
  load(E, 16)
  multiply(E, E, MUL)
  load(F, 24)
  addLoaded(G, Y, length - 32)
  multiply(G, G, MUL)
  addLoaded(U, X, length - 24)
  multiply(U, U, MUL)
  add(Y, E, F)
  rotate(Y, Y, 43)
  rotate(T, G, 30)
  add(Y, Y, T)
  add(Y, Y, U)
  add(Z, F, A)
  rotate(Z, Z, 18)
  add(Z, Z, E)
  add(Z, Z, G)
  hashLen16(X, Y, Z, MUL)
}

/** (first, second) = 32 bytes at `at`, mixed with the seeds P and Q; spoils P, Q, R, T. */
function weakHash(first: number, second: number, at: number) {
  addLoaded(P, P, at)
  addLoaded(Q, Q, at + 24)
  add(Q, Q, P)
  rotate(Q, Q, 21)
  copy(R, P)
  addLoaded(P, P, at + 8)
  addLoaded(P, P, at + 16)
  rotate(T, P, 44)
  add(Q, Q, T)
  addLoaded(first, P, at + 24)
  add(second, Q, R)
}

/** One round over 64 bytes; `last` marks the closing round, whose two xor and add terms count nine times. */
function round(at: number, mul: number, last: boolean) {
  set(U, 0, last ? 9 : 1)
  add(X, X, Y)
  add(X, X, V1)
  addLoaded(X, X, at + 8)
  rotate(X, X, 37)
  multiply(X, X, mul)
  add(Y, Y, V2)
  addLoaded(Y, Y, at + 48)
  rotate(Y, Y, 42)
  multiply(Y, Y, mul)
  multiply(A, W2, U)
  xor(X, X, A)
  multiply(A, V1, U)
  add(Y, Y, A)
  addLoaded(Y, Y, at + 40)
  add(Z, Z, W1)
  rotate(Z, Z, 33)
  multiply(Z, Z, mul)
  multiply(P, V2, mul)
  add(Q, X, W1)
  weakHash(V1, V2, at)
  add(P, Z, W2)
  addLoaded(Q, Y, at + 16)
  weakHash(W1, W2, at + 32)
  copy(A, X)
  copy(X, Z)
  copy(Z, A)
}

function hashLong(length: number) {
  set(X, 0, 81)
  set(T, 0, 113)
  multiply(Y, X, K1)
  add(Y, Y, T)
  multiply(Z, Y, K2)
  add(Z, Z, T)
  shiftMix(Z, Z)
  multiply(Z, Z, K2)
  for (const register of [V1, V2, W1, W2]) set(register, 0, 0)
  multiply(X, X, K2)
  addLoaded(X, X, 0)
  const end = (length - 1) & ~63
  for (let at = 0; at < end; at += 64) round(at, K1, false)
  set(MUL, 0, (low[Z]! & 0xff) << 1)
  add(MUL, MUL, K1)
  set(A, 0, (length - 1) & 63)
  add(W1, W1, A)
  add(V1, V1, W1)
  add(W1, W1, V1)
  round(length - 64, MUL, true)
  hashLen16(A, V1, W1, MUL)
  shiftMix(B, Y)
  multiply(B, B, K0)
  add(A, A, B)
  add(A, A, Z)
  hashLen16(C, V2, W2, MUL)
  add(C, C, X)
  hashLen16(X, A, C, MUL)
}

function hash(text: string) {
  if (text.length * 3 > bytes.length) bytes = new Uint8Array(text.length * 6)
  const length = encoder.encodeInto(text, bytes).written
  if (length <= 16) hashUpTo16(length)
  else if (length <= 64) hashUpTo64(length)
  else hashLong(length)
}

/** `count` numbers, all zero. */
export function createUint64Array(count: number): Uint64Array {
  return { high: new Int32Array(count), low: new Int32Array(count) }
}

/** Fingerprint64 of each text's UTF-8 bytes, as TensorFlow hashes strings. */
export function fingerprints(texts: readonly string[]): Uint64Array {
  const result = createUint64Array(texts.length)
  for (let i = 0; i < texts.length; i++) {
    hash(texts[i]!)
    result.high[i] = high[X]!
    result.low[i] = low[X]!
  }
  return result
}

/** Fingerprint64 of a text, unsigned, modulo `buckets` (1 … 2^37): TensorFlow's `to_hash_bucket_fast`. */
export function hashBucket(text: string, buckets: number): number {
  hash(text)
  return modulo(high[X]!, low[X]!, buckets)
}

const CAT_HIGH = 0xc6a4a793 | 0
const CAT_LOW = 0x5bd1e995

/**
 * FingerprintCat64: target[at] = a[i] joined with b[j], in that order. Chained from `crossHashKey` it gives TensorFlow's `cross_hashed`.
 * `target` may be `a` or `b`. Written out in variables, not registers: a cross of a million rows is this and little else.
 */
export function fingerprintCat(target: Uint64Array, at: number, a: Uint64Array, i: number, b: Uint64Array, j: number) {
  let h = b.high[j]!
  let l = b.low[j]!
  h = timesCat(h, l)
  l = Math.imul(l, CAT_LOW) ^ (h >>> 15)
  h = timesCat(h, l)
  l = Math.imul(l, CAT_LOW)
  h ^= a.high[i]! ^ CAT_HIGH
  l ^= a.low[i]! ^ CAT_LOW
  h = timesCat(h, l)
  l = Math.imul(l, CAT_LOW) ^ (h >>> 15)
  h = timesCat(h, l)
  l = Math.imul(l, CAT_LOW) ^ (h >>> 15)
  target.high[at] = h
  target.low[at] = l
}

/** Upper half of a 64-bit number times the constant of FingerprintCat64. */
function timesCat(h: number, l: number): number {
  return (upperHalf(l, CAT_LOW) + Math.imul(l, CAT_HIGH) + Math.imul(h, CAT_LOW)) | 0
}

/** TensorFlow's default hash key of a cross, 0xDECAFCAFFE: what the chain of `fingerprintCat` starts from. */
export const crossHashKey: Uint64Array = { high: Int32Array.of(0xde), low: Int32Array.of(0xcafcaffe) }

/** The unsigned number high·2^32 + low, modulo `buckets` (1 … 2^37). */
export function modulo(highHalf: number, lowHalf: number, buckets: number): number {
  let rest = (highHalf >>> 0) % buckets
  rest = (rest * 65536 + (lowHalf >>> 16)) % buckets
  return (rest * 65536 + (lowHalf & 0xffff)) % buckets
}

/** Writes a whole number (exact to 2^53, negative allowed) as a 64-bit integer: how integers enter a cross. */
export function writeInteger(target: Uint64Array, at: number, value: number) {
  target.high[at] = Math.floor(value / 4294967296)
  target.low[at] = value
}
