import { describe, expect, it } from 'vitest'
import goldens from '../../tests/goldens/tensorflow-feature-columns.json'
import {
  createUint64Array,
  crossHashKey,
  fingerprintCat,
  fingerprints,
  hashBucket,
  modulo,
  writeInteger,
} from './fingerprint64'

function asBigInt(halves: { high: Int32Array; low: Int32Array }, at = 0): bigint {
  return (BigInt(halves.high[at]! >>> 0) << 32n) | BigInt(halves.low[at]! >>> 0)
}

const maxInt64 = 9223372036854775807n

/** The file as numbers loses the last digits of 64-bit values; doubles are compared with doubles. */
function asDouble(value: bigint): number {
  return Number(value % maxInt64)
}

function crossIntegers(values: number[]) {
  const fingerprint = createUint64Array(1)
  const next = createUint64Array(1)
  fingerprint.high[0] = crossHashKey.high[0]!
  fingerprint.low[0] = crossHashKey.low[0]!
  for (const value of values) {
    writeInteger(next, 0, value)
    fingerprintCat(fingerprint, 0, fingerprint, 0, next, 0)
  }
  return fingerprint
}

describe('fingerprints', () => {
  it('gives the hash buckets of TensorFlow for texts of every length class', () => {
    for (const [text, of1000, of10, of63Bits] of goldens.string_to_hash_bucket_fast as [
      string,
      number,
      number,
      number,
    ][]) {
      expect(hashBucket(text, 1000), text).toBe(of1000)
      expect(hashBucket(text, 10), text).toBe(of10)
      expect(asDouble(asBigInt(fingerprints([text]))), text).toBe(of63Bits)
    }
  })

  it('hashes a text longer than its buffer', () => {
    const long = 'ab'.repeat(5000)
    expect(asBigInt(fingerprints([long]))).toBe(asBigInt(fingerprints(['b', long]), 1))
  })
})

describe('fingerprintCat', () => {
  it('crosses integers as TensorFlow does, in the order given', () => {
    const rows = [
      [0, 0],
      [3, 17],
      [6, 23],
    ]
    rows.forEach(([day, hour], i) => {
      const there = crossIntegers([day!, hour!])
      const back = crossIntegers([hour!, day!])
      expect(modulo(there.high[0]!, there.low[0]!, 168)).toBe(goldens.cross_int_dow_hour_168[i]![1])
      expect(asDouble(asBigInt(there))).toBe(goldens.cross_int_dow_hour_0buckets[i]![1])
      expect(modulo(back.high[0]!, back.low[0]!, 168)).toBe(goldens['cross_int_hour_dow_168(order swapped)'][i]![1])
    })
  })

  it('crosses -1 as the 64-bit integer it is', () => {
    const crossed = crossIntegers([-1, 3])
    expect(asDouble(asBigInt(crossed))).toBe(goldens.cross_with_minus1_0[0]![1])
    expect(modulo(crossed.high[0]!, crossed.low[0]!, 168)).toBe(goldens.cross_with_minus1_168[0]![1])
  })

  it('crosses another hash key to other numbers', () => {
    const key = createUint64Array(1)
    writeInteger(key, 0, 1)
    const next = createUint64Array(1)
    for (const value of [3, 17]) {
      writeInteger(next, 0, value)
      fingerprintCat(key, 0, key, 0, next, 0)
    }
    expect(asDouble(asBigInt(key))).toBe(goldens.cross_hashkey1_0[1]![1])
  })
})

describe('modulo', () => {
  it('is exact for large bucket counts and unsigned numbers', () => {
    for (const buckets of [1, 7, 168, 65537, 99_999_989, 2 ** 36]) {
      for (const [h, l] of [
        [-1, -1],
        [0x7fffffff, -5],
        [0, 12345],
      ] as const) {
        const exact = (BigInt(h >>> 0) << 32n) | BigInt(l >>> 0)
        expect(modulo(h, l, buckets)).toBe(Number(exact % BigInt(buckets)))
      }
    }
  })

  it('agrees with 64-bit arithmetic on many products', () => {
    const mul = 0xc6a4a7935bd1e995n
    const mix = (value: bigint) => value ^ (value >> 47n)
    const wrap = (value: bigint) => BigInt.asUintN(64, value)
    const joined = (a: bigint, b: bigint) =>
      mix(wrap(mix(wrap((a ^ mul ^ wrap(mix(wrap(b * mul)) * mul)) * mul)) * mul))
    for (let i = 0; i < 500; i++) {
      const value = i * 7919 * 104729
      expect(asBigInt(crossIntegers([value]))).toBe(joined(0xdecafcaffen, BigInt(value)))
    }
  })
})
