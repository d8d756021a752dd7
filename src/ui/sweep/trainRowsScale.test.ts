import { describe, expect, it } from 'vitest'
import { sameSteps, trainRowsStops } from './trainRowsScale'

describe('the rows to learn from', () => {
  it('go in steps that double or so, up to all there are', () => {
    expect(trainRowsStops(3600)).toEqual([100, 200, 500, 1000, 2000, 3600])
    expect(trainRowsStops(1000)).toEqual([100, 200, 500, 1000])
    expect(trainRowsStops(80)).toEqual([80])
  })

  it('are gone through so often that the steps stay as many', () => {
    expect(sameSteps(40, 18_000, 18_000, 1024, 1000)).toBe(40)
    expect(sameSteps(40, 18_432, 2048, 1024, 1000)).toBe(360)
    expect(sameSteps(40, 18_432, 100, 1024, 500)).toBe(500)
  })
})
