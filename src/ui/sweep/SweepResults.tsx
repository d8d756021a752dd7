import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { MetricName } from '../../protocol/trainer'
import { selectMetric, selectMetricNames } from '../../store/selectors'
import { resultsCsv } from '../../sweep/resultsCsv'
import type { Sweep } from '../../sweep/runSweep'
import { type MeasuredAt, summarizeSweep } from '../../sweep/sweepResults'
import { settingName } from '../../sweep/sweepSetting'
import { metricHelp, metricTitles } from '../measures/metricTitles'
import { saveFile } from '../saveFile'
import { useApp, useAppStore } from '../useApp'
import { SweepChart } from './SweepChart'
import { SweepProgress } from './SweepProgress'
import { SweepTable } from './SweepTable'
import { SweepVerdict } from './SweepVerdict'
import classes from './sweep.module.css'
import { useSweep } from './useSweep'

interface Props {
  sweep: Sweep
  /** Back to the form. */
  onAgain(): void
  onClose(): void
}

/** Progress, the picture and the table of one sweep. */
export function SweepResults({ sweep, onAgain, onClose }: Props) {
  const { store } = useApp()
  const { cells, status } = useSweep(sweep)
  const names = useAppStore(selectMetricNames)
  const preferred = useAppStore(selectMetric)
  const [picked, setPicked] = useState<MetricName | null>(null)
  const [at, setAt] = useState<MeasuredAt>('last')
  const metric = picked ?? preferred
  const { plan } = sweep
  const summaries = summarizeSweep(plan, cells, metric, at)
  const ended = status === 'done' || status === 'cancelled'

  function open(value: number, seed: number): void {
    const cell = plan.cells.find((each) => each.value === value && each.seed === seed)
    if (!cell) return
    const { edit, play } = store.getState()
    edit(({ backend }) => ({ ...cell.experiment, backend }))
    play()
    onClose()
  }

  return (
    <div className={classes.stack}>
      <SweepProgress sweep={sweep} />
      <div className={classes.controls}>
        <NativeSelect
          aria-label="Metric"
          title={metricHelp[metric]}
          data={names.map((name) => ({ value: name, label: metricTitles[name] }))}
          value={metric}
          onChange={(event) => setPicked(names.find((name) => name === event.currentTarget.value) ?? null)}
        />
        <SegmentedControl
          aria-label="Measured at"
          data={[
            { value: 'last', label: 'Last epoch' },
            { value: 'best', label: 'Best epoch' },
          ]}
          value={at}
          onChange={(value) => setAt(value === 'best' ? 'best' : 'last')}
        />
        <span className={classes.end}>
          {ended && <Button onClick={onAgain}>New sweep</Button>}
          <Button
            disabled={summaries.length === 0}
            onClick={() => saveFile(csvName(sweep), resultsCsv(plan, cells), 'text/csv')}
          >
            Save as CSV
          </Button>
        </span>
      </div>
      <SweepVerdict plan={plan} summaries={summaries} metric={metric} complete={status === 'done'} />
      <SweepChart sweep={sweep} cells={cells} summaries={summaries} metric={metric} at={at} onOpen={open} />
      <SweepTable plan={plan} cells={cells} summaries={summaries} metric={metric} at={at} onOpen={open} />
    </div>
  )
}

function csvName({ plan }: Sweep): string {
  return `sweep of ${settingName(plan.setting, plan.base)}.csv`.replaceAll(/[^\w.]+/g, '-')
}
