import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { DataSummary } from '../../experiment/dataSummary'
import { formatCount } from '../../lib/formatNumber'
import type { RunInfo } from '../../protocol/trainer'
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
  const { summary, run } = useAppStore(({ summary, run }) => ({ summary, run }))
  const [opened, setOpened] = useState(false)
  const id = useId()
  return (
    <section className={classes.section} aria-label="Data">
      <h2>Data</h2>
      <div className={classes.card}>
        <div className={classes.cardHead}>
          <h3 className={classes.title}>{summary?.title ?? 'Reading…'}</h3>
          {summary && (
            <span className={classes.nature} title={summary.natureText}>
              {natures[summary.nature]}
            </span>
          )}
        </div>
        <Facts summary={summary} run={run} />
        <LabelPicker />
        <UnstyledButton
          className={classes.more}
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
      <dt>Rows × columns</dt>
      <dd>{summary ? `${formatCount(summary.rowCount)} × ${summary.columns.length}` : '–'}</dd>
      <dt>Train + validation</dt>
      <dd>{current ? `${formatCount(current.trainRows)} + ${formatCount(current.validationRows)}` : '–'}</dd>
      {unseen.map(({ column, ids, rows }) => (
        <div key={column} className={classes.fact}>
          <dt>{column} seen only in validation</dt>
          <dd title={`In ${formatCount(rows)} validation rows: training never moves their vectors`}>
            {formatCount(ids)} in {formatCount(rows)} rows
          </dd>
        </div>
      ))}
    </dl>
  )
}
