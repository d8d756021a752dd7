import { bounds, type Series } from './protocol'

export interface SeriesOptions {
  title: string
  /** Of the values: `cars an hour`. */
  unit?: string
  /** What one place on the x axis is: `hour`. */
  xName?: string
  /** By name, in the order they are drawn; the first one stands out. */
  lines: Record<string, ArrayLike<number>>
}

let drawSeries: ((series: Series) => void) | null = null

/** For the sandbox, before a person's code runs. */
export function setDrawSeries(draw: (series: Series) => void): void {
  drawSeries = draw
}

/**
 * Draws lines over one another, a forecast over the truth; a plot of the same title is drawn anew. For the code of a model:
 *
 *     import { showSeries } from 'playground'
 */
export function showSeries({ title, unit = '', xName = 'step', lines }: SeriesOptions): void {
  const drawn = Object.entries(lines).map(([name, values]) => ({ name, values: Float32Array.from(values) }))
  if (drawn.length === 0 || drawn.length > 6) throw new Error('showSeries draws one to six lines.')
  checkText('title', title, bounds.plotTitle)
  checkText('unit', unit, bounds.plotUnit)
  checkText('xName', xName, bounds.plotUnit)
  for (const { name, values } of drawn) {
    checkText('name of a line', name, bounds.lineName)
    if (values.length > bounds.plotPoints) {
      throw new Error(`showSeries draws at most ${bounds.plotPoints} points; '${name}' has ${values.length}.`)
    }
  }
  drawSeries?.({ title, unit, xName, lines: drawn })
}

function checkText(what: string, text: unknown, most: number): void {
  if (typeof text !== 'string') throw new TypeError(`showSeries: the ${what} is a text, not ${typeof text}.`)
  if (text.length <= most) return
  throw new RangeError(
    `showSeries: the ${what} has ${text.length} characters, and there is room for ${most}: '${text}'.`,
  )
}
