import { NativeSelect } from '@mantine/core'
import { columnName } from '../../experiment/columnName'
import type { Experiment } from '../../experiment/experiment'
import { sweepLimits } from '../../experiment/sweepLink'
import { formatCount } from '../../lib/formatNumber'
import { parseValues, type SweepPlan } from '../../sweep/planSweep'
import { type SweepSetting, settingName } from '../../sweep/sweepSetting'
import { NumberField } from '../controls/NumberField'
import classes from '../pages/labPage.module.css'
import { NumbersField } from '../pages/NumbersField'
import { StartButton } from '../pages/StartButton'
import type { Faults } from '../pages/useFaults'
import { workersWords } from '../pages/workersWords'
import { useAppStore } from '../useApp'
import own from './sweep.module.css'
import { hasRows, sweepWorkers } from './sweepWorkers'
import { TrainRows } from './TrainRows'
import { type Planned, useAsk } from './usePlan'
import { ValueChips } from './ValueChips'

interface Props {
  planned: Planned
  faults: Faults
  /** How long it will take, in words, where it stands nowhere else. */
  estimate: string
  /** A sweep runs: another has to wait. */
  isBusy: boolean
  onStart(plan: SweepPlan): void
}

/** Which setting, which values, how many rows and seeds, how long. The runs start with its button. */
export function SweepForm({ planned, faults, estimate, isBusy, onStart }: Props) {
  const experiment = useAppStore((s) => s.experiment)
  const seeds = useAppStore((s) => s.sweep.seeds)
  const rowsAtHand = useAppStore(hasRows)
  const ask = useAsk()
  const { settings, chosen, values, all, rows, epochs, isScaled, plan, fault, faultOf, settingFault } = planned
  const setting = settings[chosen]!
  // Where a field is wrong the plan is still the one before.
  const ready = faults.first === null ? plan : null
  return (
    <fieldset className={classes.form} aria-label="What to try">
      <NativeSelect
        label="Setting"
        error={settingFault}
        data={settings.map((each, i) => ({ value: String(i), label: settingName(each, experiment) }))}
        value={String(chosen)}
        onChange={(event) =>
          ask({ ...namesOf(settings[Number(event.currentTarget.value)]!, experiment), values: null })
        }
      />
      <div className={own.values}>
        <NumbersField
          label="Values"
          values={values}
          parse={(text) => parseValues(text, faultOf)}
          fault={fault}
          onChange={(taken) => ask({ values: taken })}
          onFault={faults.tell}
        />
        {setting.kind === 'dimension' && <ValueChips values={values} onChange={(next) => ask({ values: next })} />}
      </div>
      {all !== null && <TrainRows all={all} rows={rows} onChange={(next) => ask({ rows: next })} />}
      <div className={own.pair}>
        <NumberField
          label="Seeds"
          value={seeds}
          min={1}
          max={sweepLimits.seeds}
          onCommit={(count) => count !== null && ask({ seeds: count })}
          onFault={faults.tell}
        />
        <NumberField
          label="Epochs"
          title={isScaled ? 'As many steps as with all rows' : 'How often each run goes through its rows'}
          value={epochs}
          min={1}
          max={sweepLimits.epochs}
          onCommit={(count) => count !== null && ask({ epochs: count })}
          onFault={faults.tell}
        />
      </div>
      {!rowsAtHand && (
        <p className={classes.fault}>
          The rows of {experiment.dataset.name} are not at hand: open the file again to sweep over it.
        </p>
      )}
      <StartButton
        fault={isBusy ? null : faults.first}
        disabled={isBusy || !rowsAtHand || (!plan && faults.first === null)}
        note={isBusy ? 'A sweep is running: wait for it or cancel it.' : estimate || workersWords(sweepWorkers())}
        onStart={() => ready && onStart(ready)}
      >
        {ready ? `Train ${formatCount(ready.cells.length)} runs` : 'Train'}
      </StartButton>
    </fieldset>
  )
}

function namesOf(setting: SweepSetting, { columns }: Experiment) {
  const column = 'column' in setting ? columns[setting.column] : undefined
  return { setting: setting.kind, column: column ? columnName(column) : null }
}
