import { memo, useMemo } from 'react'
import { type Projection, principalComponents } from '../../geometry/pca'
import { createEmbeddingMap } from '../../plots/embeddingMap'
import type { EmbeddingMapProps, MapView } from '../../plots/mapProps'
import type { PointsInfo } from '../../protocol/trainer'
import { suitableProjection } from '../../store/selectors'
import { AttributeLegend } from '../map/AttributeLegend'
import classes from '../pages/labPage.module.css'
import { usePlotOf } from '../usePlotOf'

interface Props {
  /** Tells this map from the last one that stood here. */
  name: string
  points: PointsInfo
  dimension: number
  vectors: Float32Array
  /** The source's: their directions are the axes, so that both maps can be compared. */
  before: Float32Array
  /** Drawn faintly, with a line to where each hour is now. */
  movedFrom: Float32Array | null
  /** Its numbers mean what the source's mean. */
  isOfSource: boolean
  selected: number | null
  onSelect(row: number | null): void
}

/** The hours of the week as a map, coloured by the hour. Drawn again only when it is another: students end several times a second. */
export const HoursMap = memo(function HoursMap({
  name,
  points,
  dimension,
  vectors,
  before,
  movedFrom,
  isOfSource,
  selected,
  onSelect,
}: Props) {
  const view = useMemo(
    () => (isOfSource ? viewOfSource(before, points.keys.length, dimension) : suitableProjection(null, dimension)),
    [isOfSource, before, points, dimension],
  )
  const colorBy = points.attributes.find((attribute) => attribute.name === points.colorBy) ?? null
  const props: EmbeddingMapProps = {
    vectors,
    rows: points.keys.length,
    dimension,
    step: 0,
    source: name,
    view,
    other: movedFrom,
    labels: points.labels,
    counts: null,
    colorBy,
    visible: null,
    hits: null,
    shared: null,
    selected,
    hovered: null,
    neighbours: [],
    trails: 0,
    ariaLabel: `Map of ${points.keys.length} hours of the week, ${name}. Arrows pan, Shift with an arrow goes from point to point, plus and minus zoom.`,
    onHover: () => undefined,
    onSelect,
  }
  const container = usePlotOf(createEmbeddingMap, props)
  return (
    <figure className={classes.figure}>
      <div ref={container} className={classes.map} />
      <figcaption className={classes.mapLegend}>
        {colorBy && <AttributeLegend attribute={colorBy} points={points} />}
      </figcaption>
    </figure>
  )
})

/** The two directions in which the source's vectors spread most; the plane or the line itself where there are no more. */
function viewOfSource(vectors: Float32Array, rows: number, dimension: number): MapView {
  if (dimension <= 2) return suitableProjection(null, dimension)
  const axes: Projection = principalComponents(vectors, rows, dimension)
  const title = (k: number) => `component ${k + 1} of the source · ${Math.round(100 * axes.explained[k]!)} %`
  return { kind: 'axes', name: 'source', axes, titles: { x: title(0), y: title(1) } }
}
