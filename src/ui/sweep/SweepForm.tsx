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

const USUAL_EPOCHS = 40
const MOST_EPOCHS = 1000

interface Props {
  /** By name, the column whose dimension is asked about. */
  column: string | null
  onStart(plan: SweepPlan): void
}

/** Which setting, which values, how many seeds, how long. */
export function SweepForm({ column, onStart }: Props) {
  const experiment = useAppStore((s) => s.experiment)
  const summary = useAppStore((s) => s.summary)
  const rowsAtHand = useAppStore(hasRows)
  const settings = sweepSettings(experiment)
  const [chosen, setChosen] = useState(() => firstSetting(settings, experiment, column))
  const [typed, setTyped] = useState<string | null>(null)
  const [seedCount, setSeedCount] = useState(3)
  const [epochs, setEpochs] = useState(experiment.stop.epochs ?? USUAL_EPOCHS)
  const setting = settings[chosen]!
  const text = typed ?? suggestValues(setting, bucketsOf(setting, experiment, summary)).join(', ')
  const { plan, fault } = planned(text, { setting, seedCount, epochs }, experiment, summary)
  const workers = sweepWorkers()
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (plan && rowsAtHand) onStart(plan)
      }}
    >
      <p className={classes.lead}>
        Trains the model once for every value and seed, everything else as it is, and compares them on rows that none of
        them has learnt from. The run on the page pauses meanwhile.
      </p>
      <div className={classes.fields}>
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
          className={classes.values!}
          label="Values"
          autoComplete="off"
          value={text}
          error={fault}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NumberField
          label="Seeds"
          className={classes.number!}
          value={seedCount}
          min={1}
          max={mostSeeds}
          onCommit={(count) => count !== null && setSeedCount(count)}
        />
        <NumberField
          label="Epochs"
          className={classes.number!}
          value={epochs}
          min={1}
          max={MOST_EPOCHS}
          onCommit={(count) => count !== null && setEpochs(count)}
        />
      </div>
      {!rowsAtHand && (
        <p className={classes.fault}>
          The rows of {experiment.dataset.name} are not at hand: open the file again to sweep over it.
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" variant="filled" disabled={!plan || !rowsAtHand}>
          {plan ? `Train ${formatCount(plan.cells.length)} runs` : 'Train'}
        </Button>
        <span className={classes.quiet}>
          on {workers === 1 ? 'one processor' : `${workers} processors`} at once, beside the page
        </span>
      </div>
    </form>
  )
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
  asked: { setting: SweepSetting; seedCount: number; epochs: number },
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
