import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { DataSummary } from '../../experiment/dataSummary'
import { formatCount } from '../../lib/formatNumber'
import type { RunInfo } from '../../protocol/trainer'
import layout from '../controls/layout.module.css'
import { useAppStore } from '../useApp'
import { DataDetails } from './DataDetails'
import classes from './data.module.css'
import { LabelPicker } from './LabelPicker'

const natures: Record<DataSummary['nature'], string> = {
  measured: 'measured',
  simulated: 'simulated',
  yours: 'your own',
}

/** Where the rows come from, how many, how they are split, and what is predicted of them. */
export function DataCard() {
  const { summary, run, dataset, failed } = useAppStore(({ summary, run, experiment, status }) => ({
    summary,
    run,
    dataset: experiment.dataset,
    failed: status === 'failed',
  }))
  const [opened, setOpened] = useState(false)
  const id = useId()
  return (
    <section className={layout.section} aria-label="Data">
      <h2>Data</h2>
      <div className={classes.card}>
        <div className={classes.cardHead}>
          <h3 className={classes.title}>{summary?.title ?? (failed ? `${dataset.name} (not open)` : 'Reading…')}</h3>
          {summary && (
            <span className={layout.chip} title={summary.natureText}>
              {natures[summary.nature]}
            </span>
          )}
        </div>
        <Facts summary={summary} run={run} />
        <LabelPicker />
        <UnstyledButton
          className={`${layout.more} ${classes.more}`}
          aria-expanded={opened}
          aria-controls={id}
          disabled={!summary}
          onClick={() => setOpened(!opened)}
        >
          About this data <IconChevronDown size={12} stroke={2} />
        </UnstyledButton>
        <div id={id} hidden={!opened}>
          {opened && summary && <DataDetails summary={summary} />}
        </div>
      </div>
    </section>
  )
}

function Facts({ summary, run }: { summary: DataSummary | null; run: RunInfo | null }) {
  const current = run && summary && run.summary.fingerprint === summary.fingerprint ? run : null
  const unseen = current?.validationOnlyIds.filter(({ ids }) => ids > 0) ?? []
  return (
    <dl className={classes.facts}>
      <Fact
        name="Rows × columns"
        value={summary ? `${formatCount(summary.rowCount)} × ${summary.columns.length}` : '–'}
      />
      <Fact
        name="Train + validation"
        value={current ? `${formatCount(current.trainRows)} + ${formatCount(current.validationRows)}` : '–'}
      />
      {unseen.map(({ column, ids, rows }) => (
        <Fact
          key={column}
          name={`${column} only in validation`}
          value={`${formatCount(ids)} ${ids === 1 ? 'id' : 'ids'}`}
          title={`In ${formatCount(rows)} validation rows: training never moves their vectors`}
        />
      ))}
    </dl>
  )
}

function Fact({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <div className={classes.fact} title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
