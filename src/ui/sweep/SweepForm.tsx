import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { bucketCount } from '../../experiment/bucketCount'
import { checkExperiment } from '../../experiment/checkExperiment'
import { columnName } from '../../experiment/columnName'
import type { DataSummary } from '../../experiment/dataSummary'
import type { Experiment } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import { mostSeeds, parseValues, planSweep, type SweepPlan } from '../../sweep/planSweep'
import { type SweepSetting, settingName, suggestValues, sweepSettings } from '../../sweep/sweepSetting'
import { NumberField } from '../controls/NumberField'
import { useAppStore } from '../useApp'
import classes from './sweep.module.css'
import { hasRows, sweepWorkers } from './sweepWorkers'
import { TrainRows } from './TrainRows'
import { sameSteps } from './trainRowsScale'

const USUAL_EPOCHS = 40
const MOST_EPOCHS = 1000

interface Props {
  /** By name, the column whose dimension is asked about. */
  column: string | null
  /** A sweep runs: another has to wait. */
  isBusy: boolean
  onStart(plan: SweepPlan): void
}

/** Which setting, which values, how many rows and seeds, how long. Nothing trains before its button is pressed. */
export function SweepForm({ column, isBusy, onStart }: Props) {
  const experiment = useAppStore((s) => s.experiment)
  const summary = useAppStore((s) => s.summary)
  const rowsAtHand = useAppStore(hasRows)
  const settings = sweepSettings(experiment)
  const [chosen, setChosen] = useState(() => firstSetting(settings, experiment, column))
  const [typed, setTyped] = useState<string | null>(null)
  const [seedCount, setSeedCount] = useState(3)
  const length = useLength(experiment, summary)
  const setting = settings[chosen] ?? settings[0]!
  const text = typed ?? suggestValues(setting, bucketsOf(setting, experiment, summary)).join(', ')
  const asked = { setting, seedCount, epochs: length.epochs, trainRows: length.trainRows }
  const { plan, fault } = planned(text, asked, experiment, summary)
  return (
    <fieldset className={classes.form} aria-label="What to try">
      <NativeSelect
        label="Setting"
        data={settings.map((each, i) => ({ value: String(i), label: settingName(each, experiment) }))}
        value={String(chosen)}
        onChange={(event) => {
          setChosen(Number(event.currentTarget.value))
          setTyped(null)
        }}
      />
      <TextInput
        label="Values"
        autoComplete="off"
        value={text}
        error={fault}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {length.all !== null && <TrainRows all={length.all} rows={length.rows} onChange={length.setRows} />}
      <div className={classes.pair}>
        <NumberField
          label="Seeds"
          value={seedCount}
          min={1}
          max={mostSeeds}
          onCommit={(count) => count !== null && setSeedCount(count)}
        />
        <NumberField
          label="Epochs"
          title={length.isScaled ? 'As many steps as with all rows' : 'How often each run goes through its rows'}
          value={length.epochs}
          min={1}
          max={MOST_EPOCHS}
          onCommit={(count) => count !== null && length.setEpochs(count)}
        />
      </div>
      {!rowsAtHand && (
        <p className={classes.fault}>
          The rows of {experiment.dataset.name} are not at hand: open the file again to sweep over it.
        </p>
      )}
      <Button
        fullWidth
        variant="filled"
        disabled={!plan || !rowsAtHand || isBusy}
        onClick={() => plan && onStart(plan)}
      >
        {plan ? `Train ${formatCount(plan.cells.length)} runs` : 'Train'}
      </Button>
      <p className={classes.quiet}>{workersWords(sweepWorkers(), isBusy)}</p>
    </fieldset>
  )
}

function workersWords(workers: number, isBusy: boolean): string {
  if (isBusy) return 'A sweep is running: wait for it or cancel it.'
  return `On ${workers === 1 ? 'one processor' : `${workers} processors`} at once, beside the page.`
}

/** Rows to learn from, and how often. Fewer rows are gone through more often, unless the person chose how often. */
function useLength(experiment: Experiment, summary: DataSummary | null) {
  const { split, stop, batchSize } = experiment
  const all = summary && Math.round(summary.rowCount * (1 - split.validationShare))
  const [picked, setRows] = useState<number | null>(null)
  const [epochs, setEpochs] = useState<number | null>(null)
  const usual = stop.epochs ?? USUAL_EPOCHS
  const before = Math.min(split.trainSample?.rows ?? Number.POSITIVE_INFINITY, all ?? Number.POSITIVE_INFINITY)
  const rows = Math.min(picked ?? before, all ?? Number.POSITIVE_INFINITY)
  const isScaled = epochs === null && all !== null && rows < before
  return {
    all,
    rows,
    setRows,
    isScaled,
    epochs: epochs ?? (isScaled ? sameSteps(usual, before, rows, batchSize, MOST_EPOCHS) : usual),
    setEpochs,
    trainRows: picked === null ? null : rows,
  }
}

function firstSetting(settings: SweepSetting[], { columns, model }: Experiment, name: string | null): number {
  const asked = settings.findIndex((setting) => {
    if (setting.kind !== 'dimension') return false
    const column = columns[setting.column]
    return model.type === 'dotProduct' || name === null || (column !== undefined && columnName(column) === name)
  })
  return Math.max(0, asked)
}

function bucketsOf(setting: SweepSetting, { columns }: Experiment, summary: DataSummary | null): number {
  const column = 'column' in setting ? columns[setting.column] : undefined
  if (!column || column.type === 'numeric') return 1
  const { categorical } = column
  const own = 'hashBucketSize' in categorical ? categorical.hashBucketSize : 1
  const counted = bucketCount(categorical, summary?.columns ?? [])
  return Number.isFinite(counted) ? counted : own
}

function planned(
  text: string,
  asked: { setting: SweepSetting; seedCount: number; epochs: number; trainRows: number | null },
  experiment: Experiment,
  summary: DataSummary | null,
): { plan: SweepPlan | null; fault: string | null } {
  const parsed = parseValues(text)
  if ('fault' in parsed) return { plan: null, fault: parsed.fault }
  if (!summary) return { plan: null, fault: null }
  const plan = planSweep(experiment, { ...asked, values: parsed.values })
  for (const cell of plan.cells.slice(0, plan.values.length)) {
    const [problem] = checkExperiment(cell.experiment, summary)
    if (problem) return { plan: null, fault: `${cell.value}: ${problem.message}` }
  }
  return { plan, fault: null }
}
