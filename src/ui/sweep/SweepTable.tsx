import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { MetricName } from '../../protocol/trainer'
import type { SweepPlan } from '../../sweep/planSweep'
import type { CellState, MeasuredAt, Spread, ValueSummary } from '../../sweep/sweepResults'
import { settingName } from '../../sweep/sweepSetting'
import { formatNamedMetric, isShare, metricTitles } from '../measures/metricTitles'
import classes from './sweep.module.css'

interface Props {
  plan: SweepPlan
  cells: readonly CellState[]
  summaries: ValueSummary[]
  metric: MetricName
  at: MeasuredAt
  onOpen(value: number, seed: number): void
}

/** A line for each value: mean ± deviation, every seed's run to open, and what it costs. */
export function SweepTable(props: Props) {
  const { plan, metric } = props
  const name = settingName(plan.setting, plan.base)
  return (
    <section className={classes.scroller} aria-label="Results">
      <table className={classes.table}>
        <caption className="visually-hidden">{metricTitles[metric]} by value and seed</caption>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">validation</th>
            <th scope="col">train</th>
            {plan.seeds.map((seed) => (
              <th key={seed} scope="col">
                seed {seed}
              </th>
            ))}
            <th scope="col">parameters</th>
            <th scope="col">size</th>
            <th scope="col">ms an epoch</th>
          </tr>
        </thead>
        <tbody>
          {plan.values.map((value) => (
            <Line key={value} {...props} value={value} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Line({ plan, cells, summaries, metric, at, onOpen, value }: Props & { value: number }) {
  const summary = summaries.find((each) => each.value === value)
  return (
    <tr>
      <th scope="row">{value}</th>
      <td>{spreadText(metric, summary?.validation)}</td>
      <td>{spreadText(metric, summary?.train)}</td>
      {plan.seeds.map((seed) => {
        const cell = cells[plan.cells.findIndex((each) => each.value === value && each.seed === seed)]!
        return (
          <td key={seed}>
            <CellText
              cell={cell}
              reading={cell.state === 'done' ? formatNamedMetric(metric, cell[at].validation[metric]) : ''}
              name={`${settingName(plan.setting, plan.base)} ${value}, seed ${seed}`}
              onOpen={() => onOpen(value, seed)}
            />
          </td>
        )
      })}
      <td>{summary ? formatCount(summary.parameters) : '–'}</td>
      <td>{summary ? formatBytes(summary.bytes) : '–'}</td>
      <td>{summary ? Number(summary.msPerEpoch.toPrecision(2)) : '–'}</td>
    </tr>
  )
}

interface CellProps {
  cell: CellState
  reading: string
  name: string
  onOpen(): void
}

function CellText({ cell, reading, name, onOpen }: CellProps) {
  if (cell.state === 'waiting') return <span className={classes.quiet}>–</span>
  if (cell.state === 'running') return <span className={classes.quiet}>epoch {Math.floor(cell.epoch)}</span>
  if (cell.state === 'failed') return <span className={classes.fault}>{cell.message}</span>
  return (
    <button type="button" className={classes.open} aria-label={`${reading}: show the run of ${name}`} onClick={onOpen}>
      {reading}
    </button>
  )
}

function spreadText(metric: MetricName, spread: Spread | undefined): string {
  if (!spread) return '–'
  const { count, mean, deviation } = spread
  if (count < 2) return formatNamedMetric(metric, mean)
  // Seeds may agree to the fourth digit: a spread of 0.000 would hide that they differ.
  const small = !isShare(metric) && deviation < 0.001
  return `${formatNamedMetric(metric, mean)} ± ${small ? Number(deviation.toFixed(5)) : formatNamedMetric(metric, deviation)}`
}
