import { csvField } from '../lib/csvField'
import type { MetricName } from '../protocol/trainer'
import type { SweepPlan } from './planSweep'
import type { CellState } from './sweepResults'
import { settingName } from './sweepSetting'

/** The sweep as CSV: a line for each run, finished or not, in the order of `plan.cells`. */
export function resultsCsv(plan: SweepPlan, cells: readonly CellState[]): string {
  const done = cells.find((cell) => cell.state === 'done')
  const metrics = done ? (Object.keys(done.last.validation) as MetricName[]) : []
  const header = [
    'setting',
    'value',
    'seed',
    'state',
    'epochs',
    'best_epoch',
    ...['last', 'best'].flatMap((at) =>
      ['train', 'validation'].flatMap((part) => metrics.map((m) => `${part}_${m}_${at}`)),
    ),
    'ms_per_epoch',
    'parameters',
    'bytes',
    'message',
  ]
  const name = settingName(plan.setting, plan.base)
  const lines = plan.cells.map(({ value, seed }, i) => {
    const cell = cells[i]!
    const start = [name, value, seed, cell.state]
    if (cell.state !== 'done') {
      const empty = header.length - start.length - 1
      return [...start, ...Array<string>(empty).fill(''), cell.state === 'failed' ? cell.message : '']
    }
    const { last, best } = cell
    const read = [last, best].flatMap(({ train, validation }) =>
      [train, validation].flatMap((part) => metrics.map((metric) => part[metric] ?? '')),
    )
    return [...start, last.epoch, best.epoch, ...read, cell.msPerEpoch, cell.parameters, cell.bytes, '']
  })
  return `${[header, ...lines].map((line) => line.map(csvField).join(',')).join('\n')}\n`
}
