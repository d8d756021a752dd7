import { describe, expect, it } from 'vitest'
import { nearestSize, type TransferChartProps, transferFrame } from './transferFrame'

const size = { width: 600, height: 300 }
const point = (size: number, mean: number) => ({ size, mean, deviation: 0.05, runs: [{ seed: 1, r2: mean }] })
const props: TransferChartProps = {
  title: 'R²',
  xName: 'labels',
  sizes: [10, 100, 1000],
  series: [{ name: 'from scratch', role: 'ground', points: [point(10, -0.1), point(100, 0.4)] }],
  chosen: null,
  crossing: null,
  ariaLabel: '',
  onChoose: () => undefined,
}

describe('transferFrame', () => {
  it('puts ten times as many labels at even distances, whether their results are there or not', () => {
    const { x } = transferFrame(size, props)
    expect(x(100) - x(10)).toBeCloseTo(x(1000) - x(100))
  })

  it('shows R² from below the lowest spread to 1, with 0 among the ticks', () => {
    const { y, bottom, top, yTicks } = transferFrame(size, props)
    expect(y(-0.15)).toBeLessThanOrEqual(bottom)
    expect(y(1)).toBe(top)
    expect(yTicks.map(({ label }) => label)).toContain('0')
  })

  it('keeps a model that is far worse than the mean at the foot', () => {
    const worse = { ...props, series: [{ ...props.series[0]!, points: [point(10, -7)] }] }
    const { y, bottom } = transferFrame(size, worse)
    expect(y(-7)).toBe(bottom)
  })

  it('finds the size under the pointer', () => {
    const { x } = transferFrame(size, props)
    expect(nearestSize(props.sizes, x, x(100) + 20)).toBe(100)
    expect(nearestSize([], x, 0)).toBeNull()
  })
})
