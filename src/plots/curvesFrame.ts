import { scaleLinear, scaleLog } from 'd3-scale'
import { cutOff, robustDomain } from './curveScales'
import type { CurvePoints } from './decimate'
import { formatNumber } from './legend'

export interface Curve extends CurvePoints {
  /** `train`, `validation`. Short: it stands at the end of its line. */
  name: string
  /** `main`: the accent colour; `quiet`: grey. */
  role: 'main' | 'quiet'
}

export interface CurvesProps {
  /** With unit: `RMSE (stars)`. */
  title: string
  /** `epoch` or `step`: what x counts. */
  xName: string
  curves: readonly Curve[]
  yScale: 'linear' | 'log'
  /** x of the best validation value; null: none yet. */
  best: number | null
  ariaLabel: string
  /** Values are shares, to be read as `11.0 %`. */
  percent?: boolean
}

export interface CurvesFrame {
  left: number
  right: number
  top: number
  bottom: number
  x: (value: number) => number
  y: (value: number) => number
  yTicks: { at: number; label: string }[]
  xTicks: { at: number; label: string }[]
  /** Highest value above the top of the axis; null: everything is inside. */
  cut: number | null
  toX(pixel: number): number
}

export function leadingCurve({ curves }: CurvesProps): Curve | undefined {
  return curves.find((curve) => curve.role === 'main') ?? curves[0]
}

const HEADER = 20

/** Scales and ticks for a size in pixels. */
export function curvesFrame({ width, height }: { width: number; height: number }, props: CurvesProps): CurvesFrame {
  const [right, top, bottom] = [width - labelsWidth(props.curves), HEADER + 4, height - 20]
  const xEnd = props.curves.reduce((most, { x }) => Math.max(most, x[x.length - 1] ?? 0), 0)
  const xStart = props.curves.reduce((least, { x }) => Math.min(least, x[0] ?? 0), 0)
  const domain = robustDomain(props.curves, props.yScale === 'log')
  const log = props.yScale === 'log'
  const y = log ? scaleLog(domain, [bottom, top]) : scaleLinear(domain, [bottom, top]).nice(4)
  const count = Math.max(2, Math.floor((bottom - top) / 32))
  // Within a decade a logarithmic axis has hardly a power of ten to name.
  const even = log && domain[1] < 10 * domain[0] ? scaleLinear().domain(domain) : y
  const yLabel = yFormat(log ? formatNumber : y.tickFormat(count), props.percent === true)
  const yTicks = thinned(even.ticks(count), log ? count + 1 : 99).map((value) => ({
    at: y(value),
    label: yLabel(value),
  }))
  // Room for the longest number, estimated at 6.2 pixels a character.
  const left = yTicks.reduce((most, { label }) => Math.max(most, 10 + 6.2 * label.length), 36)
  const x = scaleLinear([xStart, xEnd > xStart ? xEnd : xStart + 1], [left, right])
  return {
    left,
    right,
    top,
    bottom,
    x,
    y,
    yTicks,
    xTicks: x
      .ticks(Math.max(1, Math.floor((right - left) / 64)))
      .filter((value) => Number.isInteger(value))
      .map((value) => ({ at: x(value), label: formatNumber(value) })),
    cut: cutOff(props.curves, y.domain()[1]!),
    toX: (pixel) => x.invert(pixel),
  }
}

function yFormat(plain: (value: number) => string, percent: boolean): (value: number) => string {
  return percent ? (value) => `${formatNumber(100 * value)} %` : plain
}

function thinned(values: number[], most: number): number[] {
  const every = Math.ceil(values.length / most)
  return values.filter((_, i) => i % every === 0)
}

/** Room for the names at the line ends, estimated at 6.5 pixels a character. */
function labelsWidth(curves: readonly Curve[]): number {
  return 14 + 6.5 * curves.reduce((most, curve) => Math.max(most, curve.name.length), 7)
}
