import type { Selection } from 'd3-selection'
import { spreadOut } from './curveScales'
import type { PlotTheme } from './plotTheme'

export type Group = Selection<SVGGElement, unknown, null, undefined>

/** The plane of a chart in pixels, and its ticks. */
export interface ChartFrame {
  left: number
  right: number
  top: number
  bottom: number
  xTicks: { at: number; label: string }[]
  yTicks: { at: number; label: string }[]
}

export function drawGridLines(group: Group, { left, right, yTicks }: ChartFrame, { grid }: PlotTheme): void {
  group
    .selectAll('line')
    .data(yTicks)
    .join('line')
    .attr('x1', left)
    .attr('x2', right)
    .attr('y1', (tick) => Math.round(tick.at) + 0.5)
    .attr('y2', (tick) => Math.round(tick.at) + 0.5)
    .attr('stroke', grid)
}

/** A line from top to bottom. */
export interface Rule {
  x: number
  dash: string | null
  color: string
}

export function drawRules(group: Group, rules: readonly Rule[], { top, bottom }: ChartFrame): void {
  group
    .selectAll('line')
    .data(rules)
    .join('line')
    .attr('x1', (rule) => Math.round(rule.x) + 0.5)
    .attr('x2', (rule) => Math.round(rule.x) + 0.5)
    .attr('y1', top)
    .attr('y2', bottom)
    .attr('stroke', (rule) => rule.color)
    .attr('stroke-dasharray', (rule) => rule.dash)
}

export interface ChartText {
  x: number
  y: number
  text: string
  anchor: 'start' | 'middle' | 'end'
  weight: number
  fill: string
}

export function drawTexts(group: Group, texts: readonly ChartText[]): void {
  group
    .selectAll('text')
    .data(texts)
    .join('text')
    .attr('x', (text) => text.x)
    .attr('y', (text) => text.y)
    .attr('text-anchor', (text) => text.anchor)
    .attr('font-weight', (text) => text.weight)
    .attr('fill', (text) => text.fill)
    .text((text) => text.text)
}

/** The numbers of both axes; those below stand `below` pixels under the plane. */
export function tickTexts(
  { left, bottom, xTicks, yTicks }: ChartFrame,
  { muted }: PlotTheme,
  below: number,
): ChartText[] {
  return [
    ...yTicks.map(({ at, label }) => quiet(left - 8, at + 4, label, 'end', muted)),
    ...xTicks.map(({ at, label }) => quiet(at, bottom + below, label, 'middle', muted)),
  ]
}

export function quiet(x: number, y: number, text: string, anchor: ChartText['anchor'], fill: string): ChartText {
  return { x, y, text, anchor, weight: 450, fill }
}

/** What stands beside the end of a line: its name, and its value below. */
export interface LineEnd {
  name: string
  reading: string
  /** Where the line ends, pixels. */
  y: number
  fill: string
}

export function endTexts(ends: readonly LineEnd[], { right, top, bottom }: ChartFrame): ChartText[] {
  const wished = ends.map(({ y }) => Math.min(bottom, Math.max(top, y)))
  const heights = spreadOut(wished, 28, top + 6, bottom - 16)
  return ends.flatMap(({ name, reading, fill }, i): ChartText[] => [
    quiet(right + 8, heights[i]!, name, 'start', fill),
    { ...quiet(right + 8, heights[i]! + 13, reading, 'start', fill), weight: 600 },
  ])
}
