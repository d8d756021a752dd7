import { describe, expect, it } from 'vitest'
import { fillRows, orderedAt, orderKeys } from './rowOrder'

const epochOf = (seed: number, epoch: number, count: number) => {
  const order = orderKeys(seed, epoch, count)
  return Array.from({ length: count }, (_, i) => orderedAt(i, count, order))
}

describe('the order of training rows', () => {
  it.each([1, 2, 3, 4, 5, 16, 17, 63, 64, 65, 1000, 4097])('has each of %i rows once', (count) => {
    expect(epochOf(3, 0, count).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
  })

  it('is another one in every epoch and for every seed, and the same when asked again', () => {
    expect(epochOf(3, 1, 50)).toEqual(epochOf(3, 1, 50))
    expect(epochOf(3, 1, 50)).not.toEqual(epochOf(3, 0, 50))
    expect(epochOf(4, 1, 50)).not.toEqual(epochOf(3, 1, 50))
  })

  it('brings every row to every place about equally often', () => {
    const [count, epochs] = [13, 13_000]
    const seen = new Float64Array(count * count)
    for (let epoch = 0; epoch < epochs; epoch++)
      for (const [place, row] of epochOf(1, epoch, count).entries()) seen[place * count + row]!++
    const expected = epochs / count
    const chiSquare = seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    // 144 degrees of freedom: mean 144, standard deviation 17.
    expect(chiSquare).toBeLessThan(144 + 4 * 17)
  })

  it('parts neighbours: their distance afterwards is that of two random rows', () => {
    const order = epochOf(2, 0, 10_000)
    const apart = order.slice(1).reduce((sum, row, i) => sum + Math.abs(row - order[i]!), 0) / 9999
    expect(apart / (10_000 / 3)).toBeCloseTo(1, 1)
  })

  it('goes on from any place', () => {
    const trainRows = Uint32Array.from({ length: 20 }, (_, i) => 100 + 2 * i)
    const order = orderKeys(5, 2, 20)
    const all = new Uint32Array(20)
    fillRows(all, trainRows, 0, order)
    const rest = new Uint32Array(7)
    fillRows(rest, trainRows, 13, order)
    expect([...rest]).toEqual([...all.subarray(13)])
  })
})
