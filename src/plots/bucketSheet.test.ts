import { describe, expect, it } from 'vitest'
import { describeHour, numberSharedBuckets } from './bucketSheet'

const buckets = new Int32Array(168).map((_, cell) => 1000 + cell)
buckets[0] = buckets[30] = buckets[31] = 7
buckets[5] = buckets[160] = 3
buckets[100] = -1
buckets[101] = -1

describe('the sheet of buckets', () => {
  it('numbers the buckets that hours share, in the order of the week', () => {
    const numbers = numberSharedBuckets(buckets)
    expect([0, 30, 31, 5, 160].map((cell) => numbers[cell])).toEqual([1, 1, 1, 2, 2])
    expect(numbers.filter((number) => number > 0)).toHaveLength(5)
  })

  it('says with whom an hour shares its bucket', () => {
    expect(describeHour(buckets, 30)).toBe('Tue 6 h: bucket 7, with Mon 0 h and Tue 7 h')
    expect(describeHour(buckets, 160)).toBe('Sun 16 h: bucket 3, with Mon 5 h')
    expect(describeHour(buckets, 1)).toBe('Mon 1 h: bucket 1001, alone')
    expect(describeHour(buckets, 100)).toBe('Fri 4 h: not in the data')
  })
})
