import type { MapScene, SceneMark } from './mapScene'
import type { PlotTheme } from './plotTheme'

type Theme = Pick<PlotTheme, 'accent' | 'ink' | 'surface'>

/** Lines to neighbours, and the points that stand out above the others. The context's unit is the CSS pixel of the plane. */
export function paintMarks(context: CanvasRenderingContext2D, scene: MapScene, theme: Theme): void {
  context.globalAlpha = 0.6
  context.strokeStyle = theme.accent
  context.lineWidth = 1.25
  for (const { x1, y1, x2, y2 } of scene.links) {
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
  }
  context.globalAlpha = RING_OPACITY
  context.strokeStyle = theme.ink
  context.lineWidth = RING_WIDTH
  for (const { x, y, radius } of scene.rings) {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.stroke()
  }
  context.globalAlpha = 1
  for (const mark of sortedMarks(scene)) {
    context.beginPath()
    context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI)
    context.fillStyle = mark.color
    context.fill()
    context.lineWidth = mark.role === 'selected' ? 2 : 1.5
    context.strokeStyle = markStroke(mark, theme)
    context.stroke()
  }
}

/** Quieter than the dots that they surround. */
export const RING_OPACITY = 0.7
export const RING_WIDTH = 1

export function markStroke(mark: SceneMark, theme: Theme): string {
  if (mark.role === 'selected') return theme.accent
  return mark.role === 'hovered' ? theme.ink : theme.surface
}

/** The selected mark comes last, above its neighbours. */
export function sortedMarks({ marks }: MapScene): SceneMark[] {
  return [...marks].sort((a, b) => importance[a.role] - importance[b.role])
}

const importance = { neighbour: 0, hovered: 1, selected: 2 }
