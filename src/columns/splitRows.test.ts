import { describe, expect, it } from 'vitest'
import { splitRows } from './splitRows'

const split = { validationShare: 0.5, seed: 3 }

describe('splitRows with a sample to learn from', () => {
  it('leaves the validation rows as they are, whatever the size and the seed of the sample', () => {
    const whole = splitRows(1000, split)
    const few = splitRows(1000, { ...split, trainSample: { rows: 20, seed: 8 } })
    expect(few.validationRows).toEqual(whole.validationRows)
    expect(few.trainRows).toHaveLength(20)
    expect([...few.trainRows].every((row) => whole.trainRows.includes(row))).toBe(true)
    expect([...few.trainRows]).toEqual([...few.trainRows].sort((a, b) => a - b))
  })

  it('holds the smaller sample of the same seed in the larger one, and other rows for another seed', () => {
    const sample = (rows: number, seed: number) => splitRows(1000, { ...split, trainSample: { rows, seed } }).trainRows
    expect([...sample(50, 8)]).toEqual(expect.arrayContaining([...sample(20, 8)]))
    expect([...sample(50, 8)]).not.toEqual(expect.arrayContaining([...sample(20, 9)]))
  })

  it('takes all rows where fewer are there than asked for', () => {
    expect(splitRows(10, { ...split, trainSample: { rows: 99, seed: 1 } })).toEqual(splitRows(10, split))
  })
})
