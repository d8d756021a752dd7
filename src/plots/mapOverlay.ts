import { type Selection, select } from 'd3-selection'
import { MAP_MARGIN, type MapScene, type SceneTick } from './mapScene'
import type { PlotTheme } from './plotTheme'

/** The SVG around the points: ticks and titles of the axes. */
export interface MapOverlay {
  show(scene: MapScene, theme: PlotTheme): void
  clear(): void
  remove(): void
}

type Group = Selection<SVGGElement, unknown, null, undefined>

export function createMapOverlay(container: HTMLElement): MapOverlay {
  const svg = select(container)
    .append('svg')
    .attr('aria-hidden', 'true')
    .attr('font-size', 11)
    .style('position', 'absolute')
    .style('inset', '0')
    .style('width', '100%')
    .style('height', '100%')
    .style('pointer-events', 'none')
    .style('font-variant-numeric', 'tabular-nums')
  const ticksX = svg.append('g').attr('text-anchor', 'middle')
  const ticksY = svg.append('g').attr('text-anchor', 'end')
  const titleX = svg.append('text').attr('text-anchor', 'end')
  const titleY = svg.append('text').attr('y', MAP_MARGIN.top + 4)
  let placedFor = ''

  return {
    show(scene, theme) {
      const { left, top, width, height } = scene.plane
      const place = `${width} ${height} ${theme.muted} ${scene.titles.x} ${scene.titles.y}`
      if (place !== placedFor) {
        placedFor = place
        ticksX.attr('transform', `translate(${left},${top + height + 15})`).attr('fill', theme.muted)
        ticksY.attr('transform', `translate(${left - 8},${top + 4})`).attr('fill', theme.muted)
        titleX.attr('transform', `translate(${left + width},${scene.height - 4})`).attr('fill', theme.muted)
        titleX.text(scene.titles.x)
        titleY.attr('transform', `translate(${left + 6},0)`).attr('fill', theme.muted)
        titleY.text(scene.titles.y)
      }
      showTicks(ticksX, scene.ticksX, (at) => `translate(${at},0)`)
      showTicks(ticksY, scene.ticksY, (at) => `translate(0,${at})`)
    },
    clear() {
      for (const group of [ticksX, ticksY]) group.selectAll('*').remove()
      for (const title of [titleX, titleY]) title.text('')
      placedFor = ''
    },
    remove: () => svg.remove(),
  }
}

/** Ticks keep their element, and move by transform: neither lays text out again. To a tenth of a pixel, so that most frames change none. */
function showTicks(group: Group, ticks: readonly SceneTick[], transform: (at: number) => string): void {
  group
    .selectAll<SVGTextElement, SceneTick>('text')
    .data(ticks, (tick) => tick.label)
    .join((enter) => enter.append('text').text((tick) => tick.label))
    .each(function (tick) {
      const place = transform(Math.round(10 * tick.at) / 10)
      if (this.getAttribute('transform') !== place) this.setAttribute('transform', place)
    })
}
