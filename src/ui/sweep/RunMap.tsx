import { useMemo, useState } from 'react'
import { createEmbeddingMap } from '../../plots/embeddingMap'
import type { EmbeddingMapProps } from '../../plots/mapProps'
import type { LearntTable } from '../../protocol/trainer'
import { suitableProjection } from '../../store/selectors'
import type { Overlay } from '../../sweep/overlayTables'
import { AttributeLegend } from '../map/AttributeLegend'
import { InlineSelect } from '../map/InlineSelect'
import page from '../pages/labPage.module.css'
import { usePlotOf } from '../usePlotOf'
import { lab } from './lab'
import { pointsOfRows } from './pointsOfRows'
import classes from './runsShown.module.css'
import { useLab } from './useLab'

interface Props {
  id: string
  table: LearntTable
  overlay: Overlay | null
  /** Of the run that is laid over. */
  overId: string
}

/** The map of a run; with another laid over it both, a line from each point to the same point there. */
export function RunMap({ id, table, overlay, overId }: Props) {
  const [selected, setSelected] = useState<number | null>(null)
  const points = useMemo(() => (overlay ? pointsOfRows(table.points, overlay.rows) : table.points), [table, overlay])
  const { colorBy: chosen } = useLab()
  const named = (name: string | null) => points.attributes.find((attribute) => attribute.name === name)
  const colorBy = named(chosen) ?? named(points.colorBy) ?? points.attributes[0] ?? null
  const { dimension, vectors } = overlay ?? table
  const props: EmbeddingMapProps = {
    vectors,
    rows: points.keys.length,
    dimension,
    step: 0,
    source: `${id} ${overlay ? overId : ''}`,
    view: suitableProjection(null, dimension),
    other: overlay?.other ?? null,
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
    ariaLabel: mapWords(points.keys.length, overlay !== null),
    onHover: () => undefined,
    onSelect: setSelected,
  }
  const container = usePlotOf(createEmbeddingMap, props)
  return (
    <figure className={page.figure}>
      <div ref={container} className={page.map} />
      <figcaption className={page.mapLegend}>
        {overlay && <span className={classes.key}>strong: the run · faint: the one laid over it</span>}
        {colorBy && points.attributes.length > 1 && (
          <InlineSelect
            label="Colour"
            value={colorBy.name}
            options={points.attributes.map(({ name, title }) => ({ value: name, label: title.replaceAll('_', ' ') }))}
            onChange={(name) => lab.setState({ colorBy: name })}
          />
        )}
        {colorBy && <AttributeLegend attribute={colorBy} points={points} />}
      </figcaption>
    </figure>
  )
}

function mapWords(count: number, isOverlay: boolean): string {
  const what = isOverlay ? 'Two runs laid over one another' : 'Map of the run'
  return `${what}: ${count} points. Arrows pan, Shift with an arrow goes from point to point, plus and minus zoom.`
}
