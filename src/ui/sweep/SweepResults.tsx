import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useRef, useState } from 'react'
import type { MetricName } from '../../protocol/trainer'
import { selectMetric, selectMetricNames } from '../../store/selectors'
import type { Sweep } from '../../sweep/runSweep'
import { type MeasuredAt, summarizeSweep } from '../../sweep/sweepResults'
import { metricHelp, metricTitles } from '../measures/metricTitles'
import { useAppStore } from '../useApp'
import { cellId } from './runChoices'
import { SaveSweep } from './SaveSweep'
import { SweepChart } from './SweepChart'
import { SweepProgress } from './SweepProgress'
import { SweepTable } from './SweepTable'
import { SweepVerdict } from './SweepVerdict'
import classes from './sweep.module.css'
import { useSweep } from './useSweep'

interface Props {
  sweep: Sweep
  before: Sweep | null
  /** Looks at a run, by its id. */
  onShow(id: string): void
}

/** Progress, the picture and the table of one sweep. */
export function SweepResults({ sweep, before, onShow }: Props) {
  const { cells, status } = useSweep(sweep)
  const names = useAppStore(selectMetricNames)
  const preferred = useAppStore(selectMetric)
  const [picked, setPicked] = useState<MetricName | null>(null)
  const [at, setAt] = useState<MeasuredAt>('last')
  const chart = useRef<HTMLDivElement>(null)
  const metric = picked && names.includes(picked) ? picked : preferred
  const { plan } = sweep
  const summaries = summarizeSweep(plan, cells, metric, at)
  const measured = { cells, summaries, metric, at }

  function show(value: number, seed: number): void {
    const cell = plan.cells.findIndex((each) => each.value === value && each.seed === seed)
    if (cell >= 0) onShow(cellId('sweep', cell))
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
        <span className={classes.end}>{summaries.length > 0 && <SaveSweep sweep={sweep} chart={chart} />}</span>
      </div>
      <SweepVerdict plan={plan} summaries={summaries} metric={metric} complete={status === 'done'} />
      <div ref={chart}>
        <SweepChart sweep={sweep} before={before} {...measured} onOpen={show} />
      </div>
      <SweepTable plan={plan} {...measured} onOpen={show} />
    </div>
  )
}
