import { describe, expect, it } from 'vitest'
import { nearestRun, type SweepChartProps, sweepFrame } from './sweepFrame'

const size = { width: 600, height: 300 }
const props: SweepChartProps = {
  title: 'R²',
  xName: 'dimension',
  values: [1, 2, 4, 8],
  points: [
    {
      value: 2,
      train: { mean: 0.8, deviation: 0.1 },
      validation: { mean: 0.6, deviation: 0.05 },
      runs: [
        { seed: 1, validation: 0.55 },
        { seed: 2, validation: 0.65 },
      ],
    },
  ],
  mark: null,
  rule: null,
  before: null,
  percent: false,
  ariaLabel: '',
  onOpen: () => undefined,
}

describe('sweepFrame', () => {
  it('puts values that double at even distances, and keeps the axis while results come in', () => {
    const { x } = sweepFrame(size, props)
    expect(x(2) - x(1)).toBeCloseTo(x(8) - x(4))
    const { x: empty } = sweepFrame(size, { ...props, points: [] })
    expect(empty(8) - empty(1)).toBeGreaterThan(300)
  })

  it('has room for the spread of every mean, within the frame', () => {
    const { y, top, bottom } = sweepFrame(size, props)
    for (const value of [0.55, 0.9]) {
      expect(y(value)).toBeGreaterThanOrEqual(top)
      expect(y(value)).toBeLessThanOrEqual(bottom)
    }
  })

  it('reaches out to a mark beyond the values', () => {
    const { x, right } = sweepFrame(size, { ...props, rule: { at: 100, label: '' } })
    expect(x(100)).toBeLessThanOrEqual(right)
    expect(x(8)).toBeLessThan(x(100))
  })

  it('leaves out ticks that would run into each other', () => {
    const values = Array.from({ length: 12 }, (_, i) => 1000 + i)
    expect(sweepFrame(size, { ...props, values: [1, ...values] }).xTicks.length).toBeLessThan(6)
    expect(sweepFrame(size, props).xTicks.map(({ label }) => label)).toEqual(['1', '2', '4', '8'])
  })
})

describe('nearestRun', () => {
  it('finds the run under the pointer, and none far from every dot', () => {
    const frame = sweepFrame(size, props)
    const at = (validation: number) => nearestRun(frame, props.points, [frame.x(2) + 3, frame.y(validation)], 14)
    expect(at(0.65)).toEqual({ value: 2, seed: 2 })
    expect(at(0.56)).toEqual({ value: 2, seed: 1 })
    expect(nearestRun(frame, props.points, [frame.x(4), frame.y(0.6)], 14)).toBeNull()
  })
})
