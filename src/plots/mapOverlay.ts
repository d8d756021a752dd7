import { type Selection, select } from 'd3-selection'
import { MAP_MARGIN, type MapScene, type SceneLabel, type SceneMark, type SceneTick } from './mapScene'
import { type PlotTheme, prefersReducedMotion } from './plotTheme'

/** The SVG above the points: ticks, titles, lines to neighbours, marks and labels. */
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
  const titleY = svg.append('text')
  const plane = svg.append('svg').attr('overflow', 'hidden')
  const links = plane.append('g')
  const marks = plane.append('g')
  const labels = plane
    .append('g')
    .attr('stroke-width', 3)
    .attr('stroke-linejoin', 'round')
    .attr('paint-order', 'stroke')

  return {
    show(scene, theme) {
      const { left, top, width, height } = scene.plane
      plane.attr('x', left).attr('y', top).attr('width', width).attr('height', height)
      ticksX.attr('transform', `translate(${left},${top + height + 15})`).attr('fill', theme.muted)
      ticksY.attr('transform', `translate(${left - 8},${top})`).attr('fill', theme.muted)
      showTicks(ticksX, scene.ticksX, 'x')
      showTicks(ticksY, scene.ticksY, 'y')
      titleX
        .attr('x', left + width)
        .attr('y', scene.height - 4)
        .attr('fill', theme.muted)
        .text(scene.titles.x)
      titleY
        .attr('x', 4)
        .attr('y', MAP_MARGIN.top + 4)
        .attr('fill', theme.muted)
      titleY.attr('transform', `translate(${left + 2},0)`).text(scene.titles.y)
      showLinks(links, scene, theme)
      showMarks(marks, scene.marks, theme)
      showLabels(labels, scene.labels, theme)
    },
    clear() {
      for (const group of [ticksX, ticksY, links, marks, labels]) group.selectAll('*').remove()
      titleX.text('')
      titleY.text('')
    },
    remove: () => svg.remove(),
  }
}

function showTicks(group: Group, ticks: readonly SceneTick[], attribute: 'x' | 'y'): void {
  group
    .selectAll<SVGTextElement, SceneTick>('text')
    .data(ticks)
    .join('text')
    .attr(attribute, (tick) => tick.at)
    .attr('dy', attribute === 'y' ? '0.35em' : null)
    .text((tick) => tick.label)
}

function showLinks(group: Group, scene: MapScene, theme: PlotTheme): void {
  group
    .selectAll('line')
    .data(scene.links)
    .join('line')
    .attr('x1', (link) => link.x1)
    .attr('y1', (link) => link.y1)
    .attr('x2', (link) => link.x2)
    .attr('y2', (link) => link.y2)
    .attr('stroke', theme.accent)
    .attr('stroke-width', 1.25)
    .attr('stroke-opacity', 0.6)
}

function showMarks(group: Group, marks: readonly SceneMark[], theme: PlotTheme): void {
  // The selected mark comes last, above its neighbours.
  const sorted = [...marks].sort((a, b) => importance(a) - importance(b))
  group
    .selectAll('circle')
    .data(sorted)
    .join('circle')
    .attr('cx', (mark) => mark.x)
    .attr('cy', (mark) => mark.y)
    .attr('r', (mark) => mark.radius)
    .attr('fill', (mark) => mark.color)
    .attr('stroke', (mark) => markStroke(mark, theme))
    .attr('stroke-width', (mark) => (mark.role === 'selected' ? 2 : 1.5))
}

export function markStroke(mark: SceneMark, theme: Pick<PlotTheme, 'accent' | 'ink' | 'surface'>): string {
  if (mark.role === 'selected') return theme.accent
  return mark.role === 'hovered' ? theme.ink : theme.surface
}

export function importance(mark: SceneMark): number {
  return { neighbour: 0, hovered: 1, selected: 2 }[mark.role]
}

function showLabels(group: Group, labels: readonly SceneLabel[], theme: PlotTheme): void {
  const still = prefersReducedMotion()
  group.attr('fill', theme.ink).attr('stroke', theme.surface)
  group
    .selectAll<SVGTextElement, SceneLabel>('text')
    .data(labels, (label) => label.row)
    .join((enter) => {
      const added = enter.append('text')
      if (!still) added.each((_, i, nodes) => void nodes[i]!.animate({ opacity: [0, 1] }, { duration: 160 }))
      return added
    })
    .attr('x', (label) => label.x)
    .attr('y', (label) => label.y)
    .attr('font-weight', (label) => (label.strong ? 650 : 450))
    .text((label) => label.text)
}
