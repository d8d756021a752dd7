import { Button, Group, NativeSelect, Radio, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import { columnName } from '../../experiment/columnName'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { DenseColumn } from '../../experiment/experiment'
import { embeddingColumn, indicatorColumn } from '../../experiment/featureColumn'
import { fourthRoot } from '../../experiment/fourthRoot'
import { limits } from '../../experiment/limits'
import { formatCount } from '../../lib/formatNumber'
import { Dialog } from '../controls/Dialog'
import { useApp } from '../useApp'
import { type ColumnKind, freeKinds, kindOf, kindsFor, kindTitles, makeColumn } from './columnKinds'
import classes from './columns.module.css'
import { KindFields } from './KindFields'

const LookupFields = lazy(() => import('./LookupFields').then(({ LookupFields }) => ({ default: LookupFields })))

interface Props {
  /** The card to change; null adds one. */
  index: number | null
  onClose(): void
}

/** Which column of the data, made into what. Opened anew each time: what is there at the start is the present column. */
export function ColumnDialog({ index, onClose }: Props) {
  const { store } = useApp()
  const [{ experiment, summary }] = useState(() => store.getState())
  const present = index === null ? undefined : experiment.columns[index]
  const offered = (summary?.columns ?? []).filter((column) =>
    index === null ? freeKinds(experiment, column).length > 0 : kindsFor(column).length > 0,
  )
  const dimension = experiment.columns.find((column) => column.type === 'embedding')?.dimension ?? 2
  const makeFirst = (column: ColumnSummary) =>
    makeColumn(freeKinds(experiment, column)[0] ?? kindsFor(column)[0] ?? 'numeric', column, dimension)
  const [draft, setDraft] = useState<DenseColumn | null>(() => {
    if (present) return present
    const taken = new Set(experiment.columns.map(keyOf))
    const first = offered.find(({ name }) => !taken.has(name)) ?? offered[0]
    return first ? makeFirst(first) : null
  })
  const [partner, setPartner] = useState(() => partnerOf(present, experiment.columns))
  if (!draft) return <NothingLeft onClose={onClose} />
  const others = experiment.columns.filter((_, i) => i !== index)
  const isCross = draft.type !== 'numeric' && draft.categorical.type === 'crossed'
  const source = offered.find(({ name }) => name === keyOf(draft))

  function save() {
    const asked = draft as DenseColumn
    const { edit, setColumn, addColumn } = store.getState()
    if (asked.type === 'embedding' && (partner !== null || asked.sharedEmbeddingCollectionName !== undefined)) {
      void import('../../experiment/withSharedTable').then(({ withSharedTable }) =>
        edit((current) => withSharedTable(current, index, asked, partner)),
      )
    } else if (index === null) addColumn(asked)
    else setColumn(index, asked)
    onClose()
  }
  return (
    <Dialog title={index === null ? 'Add a feature column' : 'Change kind or size'} widthPx={480} onClose={onClose}>
      <div className={classes.dialog}>
        {index !== null && source && <p>{columnLine(source)}</p>}
        {index === null && (
          <NativeSelect
            label="Column of the data"
            data={offered.map((column) => ({ value: column.name, label: columnLine(column) }))}
            value={source?.name ?? ''}
            onChange={(event) => {
              const next = offered.find(({ name }) => name === event.currentTarget.value)
              if (next) setDraft(makeFirst(next))
            }}
          />
        )}
        {!isCross && source && (
          <Kinds
            kinds={index === null ? freeKinds(experiment, source) : kindsFor(source)}
            kind={kindOf(draft)}
            onChange={(kind) => setDraft(keepingOutput(draft, makeColumn(kind, source, dimension)))}
          />
        )}
        <KindFields column={draft} onChange={setDraft} />
        {draft.type !== 'numeric' && experiment.model.type === 'tabular' && (
          <>
            <Output column={draft} dimension={dimension} onChange={setDraft} />
            <Suspense fallback={null}>
              <LookupFields
                column={draft}
                others={others}
                columns={summary?.columns ?? []}
                label={experiment.label}
                partner={partner}
                onPartner={setPartner}
                onChange={setDraft}
              />
            </Suspense>
          </>
        )}
        <Preview column={draft} columns={summary?.columns ?? []} />
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" onClick={save} data-autofocus>
            {index === null ? 'Add column' : 'Change column'}
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}

function NothingLeft({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Add a feature column" widthPx={480} onClose={onClose}>
      <div className={classes.dialog}>
        <p>
          No column is left: the model reads every column of the data already, except for dates and for what it
          predicts. A cross of two columns may still tell it something new.
        </p>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}

interface KindsProps {
  kinds: ColumnKind[]
  kind: ColumnKind | null
  onChange(kind: ColumnKind): void
}

function Kinds({ kinds, kind, onChange }: KindsProps) {
  return (
    <Radio.Group
      label="Kind"
      value={kind ?? ''}
      onChange={(value) => {
        const next = kinds.find((name) => name === value)
        if (next) onChange(next)
      }}
    >
      <div className={classes.kinds}>
        {kinds.map((name, i) => (
          <Radio
            key={name}
            value={name}
            label={
              <>
                {kindTitles[name].title} <code className={classes.code}>{kindTitles[name].tensorflow}</code>
                {i === 0 && <span className={classes.suggested}>suggested</span>}
              </>
            }
            description={kindTitles[name].words}
          />
        ))}
      </div>
    </Radio.Group>
  )
}

interface OutputProps {
  column: Exclude<DenseColumn, { type: 'numeric' }>
  dimension: number
  onChange(column: DenseColumn): void
}

function Output({ column, dimension, onChange }: OutputProps) {
  return (
    <SegmentedControl
      aria-label="What the model gets"
      value={column.type}
      data={[
        { value: 'embedding', label: 'Embedding: a vector that is learned' },
        { value: 'indicator', label: 'Indicator: one-hot' },
      ]}
      onChange={(type) => {
        const { categorical } = column
        onChange(type === 'indicator' ? indicatorColumn(categorical) : embeddingColumn(categorical, dimension))
      }}
    />
  )
}

function Preview({ column, columns }: { column: DenseColumn; columns: ColumnSummary[] }) {
  if (column.type === 'numeric') return null
  const buckets = bucketCount(column.categorical, columns)
  if (!(buckets >= 1 && buckets <= limits.buckets)) {
    return (
      <p className={classes.warning} role="status">
        A column has 1 to {formatCount(limits.buckets)} buckets.
      </p>
    )
  }
  return (
    <p className={classes.preview} role="status">
      <b>{formatCount(buckets)}</b> buckets
      {column.type === 'embedding'
        ? ` × ${column.dimension} dimensions = ${formatCount(buckets * column.dimension)} parameters. Rule of thumb: dimension ⁴√${formatCount(buckets)} = ${fourthRoot(buckets).toFixed(1)}`
        : ', one input each'}
    </p>
  )
}

/** The column that it shares its table with. */
function partnerOf(column: DenseColumn | undefined, columns: readonly DenseColumn[]): string | null {
  const name = column?.type === 'embedding' ? column.sharedEmbeddingCollectionName : undefined
  const found = columns.find(
    (one) => one !== column && one.type === 'embedding' && one.sharedEmbeddingCollectionName === name,
  )
  return name === undefined || !found ? null : columnName(found)
}

function keyOf(column: DenseColumn): string | null {
  if (column.type === 'numeric') return column.key
  return column.categorical.type === 'crossed' ? null : column.categorical.key
}

/** Another kind of the same column keeps being an indicator, or the embedding's dimension and options; words have no weight. */
function keepingOutput(before: DenseColumn, after: DenseColumn): DenseColumn {
  if (before.type === 'numeric' || after.type === 'numeric') return after
  const { weightKey } = before.categorical
  const isWords = after.categorical.type === 'vocabularyList' && after.categorical.split !== undefined
  const weight = weightKey === undefined || isWords ? {} : { weightKey }
  return { ...before, categorical: { ...after.categorical, ...weight } }
}

function columnLine({ name, type, distinct }: ColumnSummary): string {
  return `${name}  (${type}, ${formatCount(distinct)} values)`
}
