import { describe, expect, it } from 'vitest'
import { nearestRun, nearestValue, type SpreadChartProps, type SpreadSeries, spreadFrame } from './spreadFrame'

const size = { width: 600, height: 300 }
const validation: SpreadSeries = {
  name: 'validation',
  look: 'main',
  points: [
    {
      value: 2,
      mean: 0.6,
      deviation: 0.05,
      runs: [
        { seed: 1, reading: 0.55 },
        { seed: 2, reading: 0.65 },
      ],
    },
  ],
}
const train: SpreadSeries = {
  name: 'train',
  look: 'ground',
  points: [{ value: 2, mean: 0.8, deviation: 0.1, runs: [] }],
}
const props: SpreadChartProps = {
  title: 'R²',
  note: null,
  xName: 'dimension',
  values: [1, 2, 4, 8],
  series: [train, validation],
  rules: [],
  within: null,
  decimals: 3,
  dots: 'large',
  chosen: null,
  nameOf: String,
  ariaLabel: '',
  onChoose: () => undefined,
}

describe('spreadFrame', () => {
  it('puts values that double at even distances, and keeps the axis while results come in', () => {
    const { x } = spreadFrame(size, props)
    expect(x(2) - x(1)).toBeCloseTo(x(8) - x(4))
    const { x: empty } = spreadFrame(size, { ...props, series: [] })
    expect(empty(8) - empty(1)).toBeGreaterThan(300)
  })

  it('has room for the spread of every mean, within the frame', () => {
    const { y, top, bottom } = spreadFrame(size, props)
    for (const reading of [0.55, 0.9]) {
      expect(y(reading)).toBeGreaterThan(top - 1)
      expect(y(reading)).toBeLessThan(bottom + 1)
    }
    expect(y(0.9)).toBeLessThan(y(0.55))
  })

  it('numbers no axis before there is something to read', () => {
    const labels = (series: SpreadSeries[]) =>
      spreadFrame(size, { ...props, series }).yTicks.map(({ label }) => label !== '')
    expect(new Set(labels([]))).toEqual(new Set([false]))
    expect(new Set(labels([validation]))).toEqual(new Set([true]))
  })

  it('reaches out to a rule beyond the values', () => {
    const { x, right } = spreadFrame(size, { ...props, rules: [{ at: 100, label: '', look: 'quiet' }] })
    expect(x(100)).toBeLessThanOrEqual(right)
    expect(x(8)).toBeLessThan(x(100))
  })

  it('leaves out ticks that would run into each other', () => {
    const values = Array.from({ length: 12 }, (_, i) => 1000 + i)
    expect(spreadFrame(size, { ...props, values: [1, ...values] }).xTicks.length).toBeLessThan(6)
    expect(spreadFrame(size, props).xTicks.map(({ label }) => label)).toEqual(['1', '2', '4', '8'])
  })

  it('goes at least from one end to the other where they are given, and at most so far', () => {
    const r2: SpreadChartProps['within'] = { least: [0, 1], most: [-0.5, 1] }
    const framed = (mean: number) =>
      spreadFrame(size, {
        ...props,
        within: r2,
        series: [{ ...validation, points: [{ ...validation.points[0]!, mean }] }],
      })
    const { y, bottom, top, yTicks } = framed(0.1)
    expect([y(1), y(0)]).toEqual([top, bottom])
    expect(yTicks.map(({ label }) => Number(label))).toContain(0)
    expect(framed(-0.2).y(-0.2)).toBeLessThan(bottom)
    // A model that is far worse than the mean stands at the foot.
    expect(framed(-7).y(-7)).toBe(bottom)
  })
})

describe('what is under the pointer', () => {
  const frame = spreadFrame(size, props)

  it('is the run of the nearest dot, and none far from every dot', () => {
    const at = (reading: number) => nearestRun(frame, props.series, [frame.x(2) + 3, frame.y(reading)], 14)
    expect(at(0.65)).toEqual({ value: 2, seed: 2 })
    expect(at(0.56)).toEqual({ value: 2, seed: 1 })
    expect(nearestRun(frame, props.series, [frame.x(4), frame.y(0.6)], 14)).toBeNull()
  })

  it('is the nearest value with a reading, none of an earlier time', () => {
    expect(nearestValue(frame, props.series, frame.x(8))).toBe(2)
    expect(nearestValue(frame, [{ ...validation, look: 'past' }], frame.x(8))).toBeNull()
  })
})
