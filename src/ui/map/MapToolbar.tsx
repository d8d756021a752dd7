import { SegmentedControl } from '@mantine/core'
import { selectColorAttribute, selectProjection, selectTableNames } from '../../store/selectors'
import { LessonButton } from '../lessons/LessonButton'
import { useAppStore } from '../useApp'
import { InlineSelect } from './InlineSelect'
import { MapSearch } from './MapSearch'
import classes from './mapToolbar.module.css'
import { optionOf, parseProjection, projectionOptions, withAxis } from './projectionOptions'
import { tableTitle } from './tableTitle'

/** Which table, seen how, coloured by what; map or table; search. */
export function MapToolbar() {
  const tables = useAppStore(selectTableNames)
  const watched = useAppStore((s) => s.table ?? s.points?.table ?? null)
  const mapView = useAppStore((s) => s.mapView)
  const watchTable = useAppStore((s) => s.watchTable)
  const setView = useAppStore((s) => s.setView)
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="What the map shows">
      <LessonButton />
      {tables.length > 1 && watched !== null && (
        <InlineSelect
          label="Table"
          value={watched}
          options={tables.map((name) => ({ value: name, label: tableTitle(name) }))}
          onChange={watchTable}
        />
      )}
      <ProjectionSelects />
      <ColorSelect />
      <MapSearch />
      <SegmentedControl
        aria-label="Map or table"
        data={[
          { value: 'map', label: 'Map' },
          { value: 'table', label: 'Table' },
        ]}
        value={mapView}
        onChange={(value) => setView({ mapView: value === 'table' ? 'table' : 'map' })}
      />
    </div>
  )
}

function ColorSelect() {
  const attributes = useAppStore((s) => s.points?.attributes ?? null)
  const chosen = useAppStore(selectColorAttribute)
  const setView = useAppStore((s) => s.setView)
  if (!attributes || attributes.length < 2 || !chosen) return null
  return (
    <InlineSelect
      label="Colour"
      value={chosen.name}
      options={attributes.map(({ name, title }) => ({ value: name, label: title.replaceAll('_', ' ') }))}
      onChange={(colorBy) => setView({ colorBy, hiddenCategories: [] })}
    />
  )
}

function ProjectionSelects() {
  const dimension = useAppStore((s) => s.snapshot?.dimension ?? 0)
  const projection = useAppStore(selectProjection)
  const setView = useAppStore((s) => s.setView)
  const options = projectionOptions(dimension, projection)
  if (options.length === 0) return null
  const dimensions = Array.from({ length: dimension }, (_, i) => ({ value: String(i), label: String(i + 1) }))
  return (
    <>
      <InlineSelect
        label="View"
        value={optionOf(projection, dimension)}
        options={options}
        onChange={(value) => setView({ projection: parseProjection(value) })}
      />
      {projection.kind === 'plane' &&
        dimension > 2 &&
        (['x', 'y'] as const).map((axis) => (
          <InlineSelect
            key={axis}
            label={axis}
            value={String(projection[axis])}
            options={dimensions}
            onChange={(value) => setView({ projection: withAxis(projection, axis, Number(value)) })}
          />
        ))}
    </>
  )
}
