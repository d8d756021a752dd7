import { NativeSelect, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconDots, IconPencil, IconTrash, IconVector } from '@tabler/icons-react'
import { lazy, Suspense, useId, useState } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import { categoricalName, columnName } from '../../experiment/columnName'
import type { DenseColumn, ModelSpec } from '../../experiment/experiment'
import { embeddingColumn } from '../../experiment/featureColumn'
import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { ColumnReport } from '../../protocol/trainer'
import { ActionItem, ActionMenu } from '../controls/ActionMenu'
import layout from '../controls/layout.module.css'
import { inspectTabs } from '../inspect/inspectTabs'
import { useApp, useAppStore } from '../useApp'
import { ColumnProblems } from './ColumnProblems'
import classes from './columns.module.css'
import { DimensionSlider } from './DimensionSlider'
import { describeColumn } from './describeColumn'
import { EmbeddingOptions } from './EmbeddingOptions'
import { openSweep } from './openSweep'

const StartFromStatus = lazy(async () => ({ default: (await import('./StartFromStatus')).StartFromStatus }))

interface Props {
  column: DenseColumn
  index: number
  onChangeKind(): void
}

export function ColumnCard({ column, index, onChangeKind }: Props) {
  const { store } = useApp()
  const report = useAppStore(({ run }) => run?.columns.find(({ name }) => name === columnName(column)) ?? null)
  const buckets = useAppStore(({ summary }) =>
    column.type === 'numeric' ? 0 : (report?.buckets ?? bucketCount(column.categorical, summary?.columns ?? [])),
  )
  const { title, term, tensorflow, words, warning } = describeColumn(column, report)
  const isSide = useAppStore(({ experiment }) => isSideOfDotProduct(column, experiment.model))
  const { setColumn, setDimension } = store.getState()
  return (
    <article className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        <h3 className={classes.name} title={title}>
          {title}
        </h3>
        <span className={`${layout.chip} ${classes.term}`} title={tensorflow}>
          {term}
        </span>
        <ColumnMenu column={column} index={index} title={title} onChangeKind={onChangeKind} />
      </div>
      <p className={classes.words}>{words}</p>
      <p className={classes.words}>
        <LookInside column={column} title={title} />
        {column.type === 'embedding' && (
          <>
            {'\u00a0· '}
            <HowManyDimensions column={column} title={title} />
          </>
        )}
      </p>
      {warning && <p className={classes.warning}>{warning}</p>}
      {column.type === 'embedding' && (
        <DimensionSlider
          dimension={column.dimension}
          buckets={buckets}
          label={`Embedding dimension of ${title}`}
          onChange={(dimension) => setDimension(index, dimension)}
        />
      )}
      {isSide && (
        <p className={classes.size} title="Both sides of a dot product have the same dimension">
          Same on both sides of the product
        </p>
      )}
      {column.type === 'numeric' && (
        <NativeSelect
          aria-label={`Normalizer of ${title}`}
          data={[
            { value: 'standardize', label: 'standardized: mean 0, deviation 1' },
            { value: 'log1p', label: 'log(1 + x), then standardized' },
            { value: 'none', label: 'as it is' },
          ]}
          value={column.normalizer}
          onChange={(event) => {
            const normalizer = event.currentTarget.value
            if (normalizer === 'standardize' || normalizer === 'log1p' || normalizer === 'none')
              setColumn(index, { ...column, normalizer })
          }}
        />
      )}
      <Footer column={column} index={index} report={report} />
      <ColumnProblems index={index} />
    </article>
  )
}

function Footer({ column, index, report }: { column: DenseColumn; index: number; report: ColumnReport | null }) {
  const [opened, setOpened] = useState(false)
  const id = useId()
  const isShared = column.type === 'embedding' && column.sharedEmbeddingCollectionName !== undefined
  const size = report
    ? isShared && report.parameters === 0
      ? 'the table of another column'
      : `${formatCount(report.parameters)} parameters · ${formatBytes(report.bytes)}`
    : column.type === 'embedding'
      ? '–'
      : 'no parameters of its own'
  if (column.type !== 'embedding') return <p className={classes.size}>{size}</p>
  return (
    <>
      <div className={classes.footer}>
        <span className={classes.size}>{size}</span>
        <UnstyledButton
          className={`${layout.more} ${classes.more}`}
          aria-expanded={opened}
          aria-controls={id}
          onClick={() => setOpened(!opened)}
        >
          {column.trainable ? 'Options' : 'Frozen'} <IconChevronDown size={12} stroke={2} />
        </UnstyledButton>
      </div>
      {column.startFrom && (
        <Suspense fallback={null}>
          <StartFromStatus column={column} startFrom={column.startFrom} index={index} />
        </Suspense>
      )}
      <div id={id} hidden={!opened}>
        {opened && <EmbeddingOptions column={column} index={index} />}
      </div>
    </>
  )
}

/** Opens the place where a column shows how it works, at its first tab. */
function LookInside({ column, title }: { column: DenseColumn; title: string }) {
  const { store } = useApp()
  return (
    <button
      type="button"
      className={classes.inside}
      aria-label={`Look inside ${title}`}
      onClick={() => {
        const [tab] = inspectTabs(column)
        if (tab) store.getState().setView({ inspecting: { column: columnName(column), tab } })
      }}
    >
      Look inside
    </button>
  )
}

/** Opens the lab that tries dimensions of this column. */
function HowManyDimensions({ column, title }: { column: DenseColumn; title: string }) {
  const { store } = useApp()
  return (
    <button
      type="button"
      className={classes.inside}
      aria-label={`How many dimensions? For ${title}`}
      onClick={() => openSweep(store.getState(), columnName(column))}
    >
      How many dimensions?
    </button>
  )
}

function ColumnMenu({ column, index, title, onChangeKind }: Props & { title: string }) {
  const { store } = useApp()
  const { alone, needed } = useAppStore(({ experiment: { columns, model } }) => ({
    alone: columns.length === 1,
    needed: isSideOfDotProduct(column, model),
  }))
  const { setColumn, removeColumn } = store.getState()
  return (
    <ActionMenu label={`Change ${title}`} icon={<IconDots size={16} stroke={1.8} />} size={24}>
      <ActionItem icon={<IconPencil size={15} stroke={1.6} />} onClick={onChangeKind}>
        Change kind or size…
      </ActionItem>
      {column.type === 'embedding' && !needed && (
        <ActionItem
          icon={<IconVector size={15} stroke={1.6} />}
          onClick={() => setColumn(index, { type: 'indicator', categorical: column.categorical })}
        >
          Indicator instead (one-hot)
        </ActionItem>
      )}
      {column.type === 'indicator' && (
        <ActionItem
          icon={<IconVector size={15} stroke={1.6} />}
          onClick={() => setColumn(index, embeddingColumn(column.categorical, 2))}
        >
          Embedding instead
        </ActionItem>
      )}
      <ActionItem
        icon={<IconTrash size={15} stroke={1.6} />}
        disabled={alone || needed}
        onClick={() => removeColumn(index)}
      >
        Remove
        {needed && <small className={classes.reason}>A dot product needs both sides.</small>}
        {alone && <small className={classes.reason}>The model needs a column to read.</small>}
      </ActionItem>
    </ActionMenu>
  )
}

function isSideOfDotProduct(column: DenseColumn, model: ModelSpec): boolean {
  if (model.type !== 'dotProduct' || column.type === 'numeric') return false
  return [model.user, model.item].includes(categoricalName(column.categorical))
}
