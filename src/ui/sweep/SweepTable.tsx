import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { MetricName } from '../../protocol/trainer'
import type { SweepPlan } from '../../sweep/planSweep'
import type { CellState, MeasuredAt, Spread, ValueSummary } from '../../sweep/sweepResults'
import { settingName } from '../../sweep/sweepSetting'
import { formatNamedMetric, isShare, metricTitles } from '../measures/metricTitles'
import classes from '../pages/labPage.module.css'
import { Reading, ReadingsTable } from '../pages/ReadingsTable'
import { cellId } from './runChoices'

interface Props {
  plan: SweepPlan
  cells: readonly CellState[]
  summaries: ValueSummary[]
  metric: MetricName
  at: MeasuredAt
  /** Id of the run that is looked at. */
  shown: string | null
  onOpen(value: number, seed: number): void
}

/** A line for each value: mean ± deviation, every seed's run to open, and what it costs. */
export function SweepTable(props: Props) {
  const { plan, metric } = props
  const columns = [
    { name: settingName(plan.setting, plan.base) },
    { name: 'validation', isWide: true },
    { name: 'train', isWide: true },
    ...plan.seeds.map((seed) => ({ name: `seed ${seed}` })),
    { name: 'parameters' },
    { name: 'size' },
    {
      name: 'ms per epoch',
      help: 'Of training alone, without what measures it, of the fastest seed: the first run of all also has the browser compile its code',
    },
  ]
  return (
    <ReadingsTable
      caption={`${metricTitles[metric]} by value and seed`}
      columns={columns}
      lines={plan.values.map((value) => ({ name: String(value), cells: lineOf(props, value) }))}
    />
  )
}

function lineOf({ plan, cells, summaries, metric, at, shown, onOpen }: Props, value: number) {
  const summary = summaries.find((each) => each.value === value)
  const runs = plan.seeds.map((seed) => {
    const i = plan.cells.findIndex((each) => each.value === value && each.seed === seed)
    const cell = cells[i]!
    if (cell.state !== 'done') return <Pending key={seed} cell={cell} />
    return (
      <Reading
        key={seed}
        reading={formatNamedMetric(metric, cell[at].validation[metric])}
        opens={`the run of ${settingName(plan.setting, plan.base)} ${value}, seed ${seed}`}
        isShown={shown === cellId('sweep', i)}
        onOpen={() => onOpen(value, seed)}
      />
    )
  })
  return [
    spreadText(metric, summary?.validation),
    spreadText(metric, summary?.train),
    ...runs,
    summary ? formatCount(summary.parameters) : '–',
    summary ? formatBytes(summary.bytes) : '–',
    summary ? Number(summary.msPerEpoch.toPrecision(2)) : '–',
  ]
}

function Pending({ cell }: { cell: Exclude<CellState, { state: 'done' }> }) {
  if (cell.state === 'failed') return <span className={classes.fault}>{cell.message}</span>
  return <span className={classes.quiet}>{cell.state === 'waiting' ? '–' : `epoch ${Math.floor(cell.epoch)}`}</span>
}

function spreadText(metric: MetricName, spread: Spread | undefined): string {
  if (!spread) return '–'
  const { count, mean, deviation } = spread
  if (count < 2) return formatNamedMetric(metric, mean)
  // Seeds may agree to the fourth digit: a spread of 0.000 would hide that they differ.
  const small = !isShare(metric) && deviation < 0.001
  return `${formatNamedMetric(metric, mean)} ± ${small ? Number(deviation.toFixed(5)) : formatNamedMetric(metric, deviation)}`
}
