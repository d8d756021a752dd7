import { Button, Checkbox, Group, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import { labelColumns } from '../../experiment/checkExperiment'
import { columnName } from '../../experiment/columnName'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { CrossedColumn } from '../../experiment/experiment'
import { bucketizedColumn, crossedColumn, embeddingColumn, numericColumn } from '../../experiment/featureColumn'
import { limits } from '../../experiment/limits'
import { formatCount } from '../../lib/formatNumber'
import { Dialog } from '../controls/Dialog'
import { useApp } from '../useApp'
import { evenBoundaries } from './columnKinds'
import classes from './columns.module.css'
import { HashSize } from './KindFields'

const MOST_KEYS = 6

/** A cross: two or more columns whose combinations get buckets. Numbers are cut into ranges first. */
export function CrossDialog({ onClose }: { onClose(): void }) {
  const { store } = useApp()
  const [{ experiment, summary }] = useState(() => store.getState())
  const columns = summary?.columns ?? []
  const labels = labelColumns(experiment.label)
  const offered = columns.filter(({ name, type }) => type !== 'date' && !labels.includes(name))
  const [picked, setPicked] = useState<string[]>([])
  const [exact, setExact] = useState(true)
  const [size, setSize] = useState<number | null>(null)

  const keys = offered.filter(({ name }) => picked.includes(name)).map(crossKey)
  const combinations = bucketCount({ type: 'crossed', keys, hashBucketSize: 1, exact: true }, columns)
  const hashBucketSize = size ?? Math.max(2, Math.min(combinations, 100_000))
  const tooMany = exact && combinations > limits.buckets
  const dimension = experiment.columns.find((column) => column.type === 'embedding')?.dimension ?? 2
  const cross = keys.length < 2 ? null : embeddingColumn(crossedColumn(keys, hashBucketSize, { exact }), dimension)
  const twin = cross && experiment.columns.map(columnName).find((name) => name === columnName(cross))
  const preview = previewWords(keys.length, combinations, exact, hashBucketSize, tooMany)

  function add() {
    if (cross) store.getState().addColumn(cross)
    onClose()
  }
  return (
    <Dialog title="Cross columns" widthPx={480} onClose={onClose}>
      <div className={classes.dialog}>
        <p className={classes.words}>
          A cross gives each combination of values a vector of its own: Friday 17 h can mean something that neither
          Friday nor 17 h tells.
        </p>
        <Picks columns={offered} picked={picked} onChange={setPicked} />
        <SegmentedControl
          aria-label="Kind of the cross"
          value={exact ? 'exact' : 'hashed'}
          data={[
            { value: 'exact', label: 'Exact: no collisions' },
            { value: 'hashed', label: 'Hashed, as in TensorFlow' },
          ]}
          onChange={(kind) => setExact(kind === 'exact')}
        />
        {!exact && <HashSize value={hashBucketSize} onCommit={setSize} />}
        <p className={tooMany || twin ? classes.warning : classes.preview} role="status">
          {twin ? `There is a column ${twin} already: its kind and size change on its card.` : preview}
        </p>
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" disabled={!cross || tooMany || twin !== undefined} onClick={add}>
            Add cross
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}

interface PicksProps {
  columns: ColumnSummary[]
  picked: string[]
  onChange(names: string[]): void
}

function Picks({ columns, picked, onChange }: PicksProps) {
  return (
    <Checkbox.Group label="Columns, two or more" value={picked} onChange={onChange}>
      <div className={classes.picks}>
        {columns.map(({ name, type, distinct }) => (
          <Checkbox
            key={name}
            value={name}
            label={name}
            description={type === 'number' ? 'cut into ranges' : `${formatCount(distinct)} values`}
            disabled={picked.length >= MOST_KEYS && !picked.includes(name)}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}

function previewWords(keys: number, combinations: number, exact: boolean, size: number, tooMany: boolean): string {
  if (keys < 2) return 'Pick two columns or more.'
  const all = formatCount(combinations)
  if (tooMany) return `${all} combinations are too many for an exact cross: hash them.`
  return exact ? `${all} combinations = ${all} buckets` : `${all} combinations hashed into ${formatCount(size)} buckets`
}

function crossKey(column: ColumnSummary): CrossedColumn['keys'][number] {
  if (column.type !== 'number') return column.name
  return bucketizedColumn(numericColumn(column.name), evenBoundaries(column))
}
