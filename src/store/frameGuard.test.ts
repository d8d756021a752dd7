import { describe, expect, it } from 'vitest'
import { nextRest, type Rest } from './frameGuard'

const USUAL = 1000 / 60
const smooth = Array.from({ length: 30 }, () => USUAL)
const stuttering = smooth.map((ms, i) => (i % 10 === 0 ? 2 * ms : ms))
const through = (rest: Rest, windows: number[][]) =>
  windows.reduce((now, intervals) => nextRest(now, intervals, USUAL), rest)

describe('the rest that training takes', () => {
  it('grows while frames come late, up to a bound', () => {
    expect(through({ ms: 0, smooth: 0 }, [stuttering]).ms).toBe(4)
    expect(through({ ms: 0, smooth: 0 }, Array(20).fill(stuttering)).ms).toBe(16)
  })

  it('stays through a single late frame', () => {
    const once = smooth.map((ms, i) => (i === 3 ? 4 * ms : ms))
    expect(through({ ms: 4, smooth: 0 }, [once]).ms).toBe(4)
  })

  it('is given back only after the page has been smooth for a while', () => {
    expect(through({ ms: 8, smooth: 0 }, Array(7).fill(smooth)).ms).toBe(8)
    expect(through({ ms: 8, smooth: 0 }, Array(8).fill(smooth)).ms).toBe(4)
    expect(through({ ms: 8, smooth: 0 }, [...Array(7).fill(smooth), stuttering, smooth]).ms).toBe(12)
    expect(through({ ms: 8, smooth: 0 }, Array(40).fill(smooth)).ms).toBe(0)
  })

  it('measures frames by the rhythm of their own screen', () => {
    const fast = smooth.map(() => 1000 / 144)
    expect(nextRest({ ms: 0, smooth: 0 }, smooth, 1000 / 144).ms).toBe(4)
    expect(nextRest({ ms: 0, smooth: 0 }, fast, 1000 / 144).ms).toBe(0)
  })
})
