import { useMemo } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import type { DataSummary } from '../../experiment/dataSummary'
import { fourthRoot } from '../../experiment/fourthRoot'
import { formatCount } from '../../lib/formatNumber'
import { createSweepChart, type SweepChartProps } from '../../plots/sweepChart'
import type { MetricName } from '../../protocol/trainer'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep } from '../../sweep/runSweep'
import {
  bestValue,
  type CellState,
  elbowOf,
  type MeasuredAt,
  summarizeSweep,
  type ValueSummary,
} from '../../sweep/sweepResults'
import { hasCost, settingName } from '../../sweep/sweepSetting'
import { isShare, metricTitles } from '../measures/metricTitles'
import { useAppStore } from '../useApp'
import { rowsWords } from './planWords'
import classes from './sweep.module.css'
import { usePlotOf } from './usePlotOf'

interface Props {
  sweep: Sweep
  before: Sweep | null
  cells: readonly CellState[]
  summaries: ValueSummary[]
  metric: MetricName
  at: MeasuredAt
  onOpen(value: number, seed: number): void
}

/** The metric against the setting, with the rule of thumb and the elbow. */
export function SweepChart({ sweep: { plan }, before, cells, summaries, metric, at, onOpen }: Props) {
  const summary = useAppStore((s) => s.summary)
  const rule = useMemo(() => ruleOfThumb(plan, summary), [plan, summary])
  const name = settingName(plan.setting, plan.base)
  const props: SweepChartProps = {
    title: metricTitles[metric],
    xName: name,
    values: plan.values,
    points: summaries.map((each) => ({ ...each, runs: runsOf(plan, cells, each.value, metric, at) })),
    mark: markOf(plan, summaries, metric),
    rule,
    before: before && beforeOf(before, plan, metric, at),
    percent: isShare(metric),
    ariaLabel: `${metricTitles[metric]} by ${name}, mean and spread over the seeds. Arrows read the values off, Enter opens a run; the same numbers are in the table below`,
    onOpen,
  }
  const container = usePlotOf(createSweepChart, props)
  return <div ref={container} className={classes.chart} />
}

function runsOf(plan: SweepPlan, cells: readonly CellState[], value: number, metric: MetricName, at: MeasuredAt) {
  return plan.cells.flatMap((each, i) => {
    const cell = cells[i]!
    if (each.value !== value || cell.state !== 'done') return []
    return [{ seed: each.seed, validation: cell[at].validation[metric] ?? Number.NaN }]
  })
}

/** The validation means of the sweep before, where it was of the same setting. */
function beforeOf(
  { plan, state }: Sweep,
  now: SweepPlan,
  metric: MetricName,
  at: MeasuredAt,
): SweepChartProps['before'] {
  if (settingName(plan.setting, plan.base) !== settingName(now.setting, now.base)) return null
  const points = summarizeSweep(plan, state.cells, metric, at)
  return {
    label: `validation before, ${rowsWords(plan)}`,
    points: points.map(({ value, validation }) => ({ value, mean: validation.mean })),
  }
}

function markOf(plan: SweepPlan, summaries: ValueSummary[], metric: MetricName): SweepChartProps['mark'] {
  if (summaries.length < 2) return null
  const costly = hasCost(plan.setting) && plan.seeds.length > 1
  const marked = costly ? elbowOf(summaries, metric) : bestValue(summaries, metric)
  return marked && { value: marked.value, label: `${costly ? 'elbow' : 'best'}: ${marked.value}` }
}

/** TensorFlow's, for a dimension: the fourth root of the buckets. */
function ruleOfThumb({ setting, base }: SweepPlan, summary: DataSummary | null): SweepChartProps['rule'] {
  const column = setting.kind === 'dimension' ? base.columns[setting.column] : undefined
  if (!column || column.type === 'numeric' || !summary) return null
  const buckets = bucketCount(column.categorical, summary.columns)
  if (!(buckets >= 1)) return null
  const at = fourthRoot(buckets)
  return { at, label: `rule of thumb: ⁴√${formatCount(buckets)} = ${at.toFixed(1)}` }
}
