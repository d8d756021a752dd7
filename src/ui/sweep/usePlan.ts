import { bucketCount } from '../../experiment/bucketCount'
import { checkExperiment } from '../../experiment/checkExperiment'
import { columnName } from '../../experiment/columnName'
import type { DataSummary } from '../../experiment/dataSummary'
import type { Experiment } from '../../experiment/experiment'
import { type SweepLink, sweepLimits } from '../../experiment/sweepLink'
import { planSweep, type SweepPlan } from '../../sweep/planSweep'
import { type SweepSetting, suggestValues, sweepSettings } from '../../sweep/sweepSetting'
import { useApp, useAppStore } from '../useApp'
import { sameSteps } from './trainRowsScale'

const USUAL_EPOCHS = 40

/** What the form shows, and the plan that it makes. */
export interface Planned {
  settings: SweepSetting[]
  /** Index of the one that is tried. */
  chosen: number
  values: readonly number[]
  /** Rows there are to learn from; null before they are counted. */
  all: number | null
  /** Rows of them that are learnt from. */
  rows: number
  epochs: number
  /** Epochs are as many as take the steps of all rows. */
  isScaled: boolean
  /** null: it can't be trained. */
  plan: SweepPlan | null
  /** What is wrong with the setting, and with its values. */
  settingFault: string | null
  fault: string | null
  /** What is wrong with one value of the setting. */
  faultOf(value: number): string | null
}

/** The next sweep, from what the person chose (and the link has) and what suits the experiment otherwise. */
export function usePlan(): Planned {
  const asked = useAppStore((s) => s.sweep)
  const experiment = useAppStore((s) => s.experiment)
  const summary = useAppStore((s) => s.summary)
  return planned(asked, experiment, summary)
}

/** Writes a choice to where the link reads it. */
export function useAsk(): (change: Partial<SweepLink>) => void {
  const { store } = useApp()
  return (change) => {
    const { sweep, setView } = store.getState()
    setView({ sweep: { ...sweep, ...change } })
  }
}

function planned(asked: SweepLink, experiment: Experiment, summary: DataSummary | null): Planned {
  const settings = sweepSettings(experiment)
  const found = indexOf(asked, settings, experiment)
  const setting = settings[Math.max(0, found)]!
  const values = asked.values ?? suggestValues(setting, bucketsOf(setting, experiment, summary))
  const length = lengthOf(asked, experiment, summary)
  const planOf = (values: readonly number[], seedCount: number) =>
    planSweep(experiment, {
      setting,
      values,
      seedCount,
      epochs: length.epochs,
      trainRows: asked.rows === null ? null : length.rows,
    })
  const faultOf = (value: number) => summary && faultIn(planOf([value], 1), summary)
  const plan = summary && planOf(values, asked.seeds)
  const fault = plan && faultIn(plan, summary)
  const settingFault =
    found < 0 && asked.setting !== null
      ? 'What the link asks for is no setting of this experiment: the first one is chosen instead.'
      : null
  return {
    settings,
    chosen: Math.max(0, found),
    values,
    ...length,
    plan: fault ? null : plan,
    fault,
    faultOf,
    settingFault,
  }
}

/** -1 where the experiment has no such setting. */
function indexOf({ setting, column }: SweepLink, settings: SweepSetting[], { columns, model }: Experiment): number {
  return settings.findIndex((each) => {
    if (each.kind !== (setting ?? 'dimension')) return false
    if (!('column' in each) || column === null) return true
    const own = columns[each.column]
    const isShared = model.type === 'dotProduct' && each.kind === 'dimension'
    return isShared || (own !== undefined && columnName(own) === column)
  })
}

/** Rows to learn from, and how often. Fewer rows are gone through more often, unless the person chose how often. */
function lengthOf({ rows: picked, epochs }: SweepLink, experiment: Experiment, summary: DataSummary | null) {
  const { split, stop, batchSize } = experiment
  const all = summary && Math.round(summary.rowCount * (1 - split.validationShare))
  const most = all ?? Number.POSITIVE_INFINITY
  const usual = stop.epochs ?? USUAL_EPOCHS
  const before = Math.min(split.trainSample?.rows ?? Number.POSITIVE_INFINITY, most)
  const rows = Math.min(picked ?? before, most)
  const isScaled = epochs === null && all !== null && rows < before
  const scaled = isScaled ? sameSteps(usual, before, rows, batchSize, sweepLimits.epochs) : usual
  return { all, rows, isScaled, epochs: epochs ?? scaled }
}

function bucketsOf(setting: SweepSetting, { columns }: Experiment, summary: DataSummary | null): number {
  const column = 'column' in setting ? columns[setting.column] : undefined
  if (!column || column.type === 'numeric') return 1
  const { categorical } = column
  const own = 'hashBucketSize' in categorical ? categorical.hashBucketSize : 1
  const counted = bucketCount(categorical, summary?.columns ?? [])
  return Number.isFinite(counted) ? counted : own
}

function faultIn(plan: SweepPlan, summary: DataSummary): string | null {
  for (const cell of plan.cells.slice(0, plan.values.length)) {
    const [problem] = checkExperiment(cell.experiment, summary)
    if (problem) return `${cell.value}: ${problem.message}`
  }
  return null
}
