import { useMemo } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import type { DataSummary } from '../../experiment/dataSummary'
import { fourthRoot } from '../../experiment/fourthRoot'
import { formatCount } from '../../lib/formatNumber'
import { createSpreadChart, type SpreadChartProps, type SpreadSeries, type ValueRule } from '../../plots/spreadChart'
import type { MetricName } from '../../protocol/trainer'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep } from '../../sweep/runSweep'
import {
  type CellState,
  elbowOf,
  type MeasuredAt,
  summarizeSweep,
  tiedForBest,
  type ValueSummary,
} from '../../sweep/sweepResults'
import { hasCost, settingName } from '../../sweep/sweepSetting'
import { formatNamedMetric, isShare, metricTitles } from '../measures/metricTitles'
import classes from '../pages/labPage.module.css'
import { useAppStore } from '../useApp'
import { usePlotOf } from '../usePlotOf'
import { rowsWords } from './planWords'

interface Props {
  plan: SweepPlan
  before: Sweep | null
  cells: readonly CellState[]
  summaries: ValueSummary[]
  metric: MetricName
  at: MeasuredAt
  /** `seed` null: of the first one. */
  onOpen(value: number, seed: number | null): void
}

/** The metric against the setting, with the rule of thumb and the elbow; before the first run its frame, and what will stand there. */
export function SweepChart({ plan, before, cells, summaries, metric, at, onOpen }: Props) {
  const summary = useAppStore((s) => s.summary)
  const rule = useMemo(() => ruleOfThumb(plan, summary), [plan, summary])
  const name = settingName(plan.setting, plan.base)
  const past = before && beforeOf(before, plan, metric, at)
  const isEmpty = summaries.length === 0 && !past
  const props: SpreadChartProps = {
    title: metricTitles[metric],
    note: past && before ? `dotted: validation before, ${rowsWords(before.plan)}` : null,
    xName: name,
    values: plan.values,
    series: [
      {
        name: 'train',
        look: 'ground',
        points: summaries.map((each) => ({ ...each.train, value: each.value, runs: [] })),
      },
      {
        name: 'validation',
        look: 'main',
        points: summaries.map(({ value, validation }) => {
          return { ...validation, value, runs: runsOf(plan, cells, value, metric, at) }
        }),
      },
      ...(past ? [past] : []),
    ],
    rules: [...(rule ? [rule] : []), ...marksOf(plan, summaries, metric)],
    within: null,
    decimals: isShare(metric) ? 'percent' : 3,
    dots: 'large',
    chosen: null,
    nameOf: (value) => `${name} ${value}`,
    ariaLabel: isEmpty
      ? `${metricTitles[metric]} by ${name}: nothing is trained yet`
      : `${metricTitles[metric]} by ${name}, mean and spread over the seeds. Arrows read the values off, Enter opens a run; the same numbers are in the table below`,
    onChoose: onOpen,
  }
  const container = usePlotOf(createSpreadChart, props)
  return (
    <div className={classes.picture}>
      <div ref={container} className={classes.chart} />
      {isEmpty && (
        <p className={classes.promise}>
          <span>{promise(plan)}</span>
        </p>
      )}
    </div>
  )
}

function promise({ setting, seeds }: SweepPlan): string {
  const dots = seeds.length === 1 ? 'A dot for every run' : 'A dot for every run, a line through their means'
  return `${dots}: on rows learnt from, and on others${hasCost(setting) ? '. Where does more stop helping?' : '.'}`
}

function runsOf(plan: SweepPlan, cells: readonly CellState[], value: number, metric: MetricName, at: MeasuredAt) {
  return plan.cells.flatMap((each, i) => {
    const cell = cells[i]!
    if (each.value !== value || cell.state !== 'done') return []
    return [{ seed: each.seed, reading: cell[at].validation[metric] ?? Number.NaN }]
  })
}

/** The validation means of the sweep before, where it was of the same setting. */
function beforeOf({ plan, state }: Sweep, now: SweepPlan, metric: MetricName, at: MeasuredAt): SpreadSeries | null {
  if (settingName(plan.setting, plan.base) !== settingName(now.setting, now.base)) return null
  const points = summarizeSweep(plan, state.cells, metric, at).map(({ value, validation }) => {
    return { value, mean: validation.mean, deviation: 0, runs: [] }
  })
  return { name: 'before', look: 'past', points }
}

function marksOf(plan: SweepPlan, summaries: ValueSummary[], metric: MetricName): ValueRule[] {
  if (summaries.length < 2) return []
  const costly = hasCost(plan.setting) && plan.seeds.length > 1
  const tied = tiedForBest(summaries, metric, (mean) => formatNamedMetric(metric, mean))
  // A mark at one of several that read the same would say more than the numbers do.
  const [best = null] = tied.length > 1 ? [] : tied
  const marked = costly ? elbowOf(summaries, metric) : best
  return marked ? [{ at: marked.value, label: `${costly ? 'elbow' : 'best'}: ${marked.value}`, look: 'main' }] : []
}

/** TensorFlow's, for a dimension: the fourth root of the buckets. */
function ruleOfThumb({ setting, base }: SweepPlan, summary: DataSummary | null): ValueRule | null {
  const column = setting.kind === 'dimension' ? base.columns[setting.column] : undefined
  if (!column || column.type === 'numeric' || !summary) return null
  const buckets = bucketCount(column.categorical, summary.columns)
  if (!(buckets >= 1)) return null
  const at = fourthRoot(buckets)
  return { at, label: `rule of thumb: ⁴√${formatCount(buckets)} = ${at.toFixed(1)}`, look: 'quiet' }
}
