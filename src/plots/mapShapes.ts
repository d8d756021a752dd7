import { fromPixel, planeOf } from './buildMapScene'
import { type PointStyle, youngest } from './mapPoints'
import type { EmbeddingMapProps } from './mapProps'
import type { SceneDot, SceneTrail } from './mapScene'
import type { MapState } from './mapState'
import { toCss } from './oklch'

/** Of the dots of a run that is laid over. */
const OTHER_OPACITY = 0.16

/** The dots that are on screen as shapes, for an export. */
export function dotsOf(state: MapState, props: EmbeddingMapProps, colors: Uint32Array, style: PointStyle): SceneDot[] {
  const plane = planeOf(state.width, state.height)
  const dots: SceneDot[] = state.other ? dotsOfOther(state, colors, style) : []
  for (const row of style.order) {
    const [x, y] = [state.screenX[row]!, state.screenY[row]!]
    const radius = style.radii[style.size[row]!]!
    if (
      props.visible?.[row] === 0 ||
      !(x > -radius && x < plane.width + radius && y > -radius && y < plane.height + radius)
    )
      continue
    dots.push({ x, y, radius, color: toCss(fromPixel(colors[row]!)), opacity: props.hits?.[row] === 0 ? 0.16 : 0.85 })
  }
  return dots
}

function dotsOfOther({ other, transform }: MapState, colors: Uint32Array, { radii, size }: PointStyle): SceneDot[] {
  const { xScale, xOffset, yScale, yOffset } = transform!
  return Array.from(other!.x, (x, row) => ({
    x: xScale * x + xOffset,
    y: yScale * other!.y[row]! + yOffset,
    radius: radii[size[row]!]!,
    color: toCss(fromPixel(colors[row]!)),
    opacity: OTHER_OPACITY,
  }))
}

/** The trails that are on screen as lines; points that have hardly moved have none. */
export function trailsOf(
  state: MapState,
  props: EmbeddingMapProps,
  colors: Uint32Array,
  past: readonly { x: Float32Array; y: Float32Array }[],
): SceneTrail[] {
  if (past.length === 0) return []
  const { xScale, xOffset, yScale, yOffset } = state.transform!
  const shown = youngest(past, state.screenX.length)
  const trails: SceneTrail[] = []
  for (let row = 0; row < state.screenX.length; row++) {
    if (props.visible?.[row] === 0 || props.hits?.[row] === 0) continue
    const [x, y] = [state.screenX[row]!, state.screenY[row]!]
    const points = shown.flatMap((at) => [xScale * at.x[row]! + xOffset, yScale * at.y[row]! + yOffset])
    if (Math.hypot(points[0]! - x, points[1]! - y) > 0.5) {
      trails.push({ points: [...points, x, y], color: toCss(fromPixel(colors[row]!)) })
    }
  }
  return trails
}
