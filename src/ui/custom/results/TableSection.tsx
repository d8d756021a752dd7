import { NativeSelect } from '@mantine/core'
import { IconFocusCentered } from '@tabler/icons-react'
import { useCallback, useRef, useState } from 'react'
import { nearestRows } from '../../../geometry/nearest'
import { createEmbeddingMap, type EmbeddingMap } from '../../../plots/embeddingMap'
import type { EmbeddingMapProps, MapView } from '../../../plots/mapProps'
import { IconButton } from '../../controls/IconButton'
import { Section } from '../../measures/Section'
import { usePlotOf } from '../../usePlotOf'
import { watchedTable } from '../lab'
import type { DeclaredTable, TableVectors } from '../runView'
import { useLab } from '../useLab'
import { announced } from './announced'
import { Empty } from './Empty'
import classes from './results.module.css'
import { viewOf, viewOptions } from './tableViews'

const NEIGHBOURS = 6
const TRAIL = 12

/** The embedding tables that the code declares, on the map while they train. */
export function TableSection() {
  const tables = useLab(({ run }) => run.tables)
  const table = useLab(watchedTable)
  const watch = useLab((state) => state.watch)
  const isAnnounced = useLab(({ code }) => announced(code).tables)
  const [chosen, setChosen] = useState<string | null>(null)
  const options = viewOptions(table?.dimension ?? 0)
  const view = viewOf(options.some(({ value }) => value === chosen) ? chosen : null, table?.dimension ?? 2)
  return (
    <Section
      title="Embedding tables"
      aside={
        <div className={classes.selects}>
          {table && tables.length > 1 && (
            <NativeSelect
              aria-label="Table on the map"
              data={tables.map(({ name }) => name)}
              value={table.name}
              onChange={(event) => watch(event.currentTarget.value)}
            />
          )}
          {options.length > 1 && (
            <NativeSelect
              aria-label="View of the table"
              data={options}
              value={chosen ?? options[0]?.value ?? ''}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          )}
        </div>
      }
    >
      {table && <TableMap key={table.name} table={table} view={view} />}
      {!table && isAnnounced && (
        <Empty tall>Each row a point: those that are used alike come near to one another.</Empty>
      )}
      {!table && (
        <p className={classes.quiet}>Tables that the code shows by watchEmbedding, and those of embedding columns.</p>
      )}
    </Section>
  )
}

function TableMap({ table, view }: { table: DeclaredTable; view: MapView }) {
  const vectors = useLab(({ run }) => run.vectors.find(({ name }) => name === table.name) ?? null)
  const isTraining = useLab(({ run }) => run.status === 'running')
  const [picked, setSelected] = useState<number | null>(null)
  // The table may have been declared anew with fewer rows.
  const selected = picked !== null && picked < table.rows ? picked : null
  const map = useRef<EmbeddingMap | null>(null)
  const create = useCallback((container: HTMLDivElement) => {
    map.current = createEmbeddingMap(container)
    return map.current
  }, [])
  const near = nearOf(vectors, selected)
  const plot = usePlotOf(create, mapProps({ table, vectors, view, selected, near, isTraining, onSelect: setSelected }))
  return (
    <>
      <div className={classes.map}>
        <div ref={plot} className={classes.mapPlot} />
        <div className={classes.mapButtons}>
          <IconButton label="Show all points" data-tip-at="left" onClick={() => map.current?.resetZoom()}>
            <IconFocusCentered size={18} stroke={1.6} />
          </IconButton>
        </div>
      </div>
      <p className={classes.quiet} aria-live="polite">
        {table.rows.toLocaleString('en-US')} rows × {table.dimension}
        {vectors && ` at step ${vectors.step.toLocaleString('en-US')}`}.{' '}
        {selected === null
          ? 'Pick a point to see its neighbours.'
          : `${table.keys[selected]}: near to it ${near.map((row) => table.keys[row]).join(', ')}.`}
      </p>
    </>
  )
}

/** By the distance that the picture shows, or by the cosine where a projection hides some of it. */
function nearOf(vectors: TableVectors | null, selected: number | null): number[] {
  if (!vectors || selected === null || selected >= vectors.rows) return []
  const similarity = vectors.dimension > 2 ? 'cosine' : 'euclidean'
  return [...nearestRows(vectors.vectors, vectors.rows, vectors.dimension, selected, NEIGHBOURS, similarity).rows]
}

interface Shown {
  table: DeclaredTable
  vectors: TableVectors | null
  view: MapView
  selected: number | null
  near: number[]
  isTraining: boolean
  onSelect(row: number | null): void
}

function mapProps({ table, vectors, view, selected, near, isTraining, onSelect }: Shown): EmbeddingMapProps {
  // A table that was declared anew with other rows: its vectors are on their way.
  const isCurrent = vectors?.rows === table.rows && vectors.dimension === table.dimension
  return {
    vectors: isCurrent ? vectors.vectors : null,
    rows: table.rows,
    dimension: table.dimension,
    step: isCurrent ? vectors.step : -1,
    source: table.name,
    view,
    labels: table.keys,
    counts: null,
    colorBy: null,
    visible: null,
    hits: null,
    shared: null,
    selected,
    hovered: null,
    neighbours: near,
    trails: isTraining ? TRAIL : 0,
    ariaLabel: `Map of ${table.rows} rows of ${table.name}. Arrows pan, Shift with an arrow goes from point to point, plus and minus zoom.`,
    onHover: () => {},
    onSelect,
  }
}
