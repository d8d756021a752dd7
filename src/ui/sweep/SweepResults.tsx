import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useRef } from 'react'
import type { MetricName } from '../../protocol/trainer'
import { selectMetric, selectMetricNames } from '../../store/selectors'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep, SweepState } from '../../sweep/runSweep'
import { type MeasuredAt, summarizeSweep } from '../../sweep/sweepResults'
import { metricHelp, metricTitles } from '../measures/metricTitles'
import classes from '../pages/labPage.module.css'
import { useAppStore } from '../useApp'
import { lab } from './lab'
import { cellId } from './runChoices'
import { SaveSweep } from './SaveSweep'
import { SweepChart } from './SweepChart'
import { SweepProgress } from './SweepProgress'
import { SweepTable } from './SweepTable'
import { SweepVerdict } from './SweepVerdict'
import { useLab } from './useLab'
import { useAsk } from './usePlan'

interface Props {
  plan: SweepPlan
  /** null: nothing of the plan is trained yet. Everything has its place then already. */
  sweep: Sweep | null
  state: SweepState | null
  estimate: string
  /** Of the fields: they ask for something else than the plan, that cannot be. */
  fault: string | null
}

/** Progress, the picture and the table of one sweep. */
export function SweepResults({ plan, sweep, state, estimate, fault }: Props) {
  const { before, shown } = useLab()
  const { metric, names, at } = useMeasure()
  const ask = useAsk()
  const chart = useRef<HTMLDivElement>(null)
  const cells = state?.cells ?? plan.cells.map(() => ({ state: 'waiting' }) as const)
  const summaries = summarizeSweep(plan, cells, metric, at)
  const measured = { plan, cells, summaries, metric, at }

  function show(value: number, seed: number | null): void {
    const cell = plan.cells.findIndex((each) => each.value === value && (seed === null || each.seed === seed))
    if (cell >= 0) lab.setState({ shown: cellId('sweep', cell) })
  }

  return (
    <section className={classes.stack} aria-label="Results">
      <SweepProgress {...{ plan, sweep, state, estimate, fault }} />
      <div className={classes.controls}>
        <NativeSelect
          aria-label="Metric"
          title={metricHelp[metric]}
          data={names.map((name) => ({ value: name, label: metricTitles[name] }))}
          value={metric}
          onChange={(event) => ask({ metric: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label="Measured at"
          data={[
            { value: 'last', label: 'Last epoch' },
            { value: 'best', label: 'Best epoch' },
          ]}
          value={at}
          onChange={(value) => ask({ at: value === 'best' ? 'best' : 'last' })}
        />
        <span className={classes.end}>
          {summaries.length > 0 && <SaveSweep plan={plan} cells={cells} chart={chart} />}
        </span>
      </div>
      <SweepVerdict {...measured} complete={state?.status === 'done'} isPlanned={state === null} />
      <div ref={chart}>
        <SweepChart {...measured} before={before} onOpen={show} />
      </div>
      <SweepTable {...measured} shown={shown} onOpen={show} />
    </section>
  )
}

/** What the picture shows: the person's choice, or what suits the task. */
function useMeasure(): { metric: MetricName; names: MetricName[]; at: MeasuredAt } {
  const names = useAppStore(selectMetricNames)
  const preferred = useAppStore(selectMetric)
  const { metric, at } = useAppStore((s) => s.sweep)
  return { names, at, metric: names.find((name) => name === metric) ?? preferred }
}
