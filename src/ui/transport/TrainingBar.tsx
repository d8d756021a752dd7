import { Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconDice5 } from '@tabler/icons-react'
import { IconButton } from '../controls/IconButton'
import { NumberField } from '../controls/NumberField'
import { Setting } from '../controls/Setting'
import settingClasses from '../controls/setting.module.css'
import { useApp, useAppStore } from '../useApp'
import { MoreTraining } from './MoreTraining'
import { optionsWith, type TrainingControl, trainingControls } from './trainingControls'
import classes from './transport.module.css'

/** The settings at hand, and the others behind a button. Where the bar is narrow they are all behind it. */
export function TrainingBar() {
  return (
    <div className={classes.settings}>
      {trainingControls.map((control) => (
        <BarSetting key={control.id} control={control} />
      ))}
      <Seed />
      <Popover width={304} trapFocus>
        <Popover.Target>
          <IconButton className={classes.more} label="Training settings" data-tip-at="end">
            <IconAdjustmentsHorizontal size={18} stroke={1.6} />
          </IconButton>
        </Popover.Target>
        <Popover.Dropdown>
          <MoreTraining />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

function BarSetting({ control }: { control: TrainingControl }) {
  const { store } = useApp()
  const value = useAppStore(control.read)
  const label = useAppStore((state) => control.labelOf?.(state) ?? control.label)
  return (
    <div className={classes.inBar} style={{ width: control.width }}>
      <Setting
        label={label}
        help={control.help}
        value={value}
        options={optionsWith(control, value)}
        onChange={(next) => control.apply(store.getState(), next)}
      />
    </div>
  )
}

export function Seed() {
  const { store } = useApp()
  const seed = useAppStore((state) => state.experiment.seed)
  return (
    <div className={`${classes.inBar} ${classes.seed}`}>
      <NumberField
        label="Seed"
        title="Of the initial weights and of the order of the rows: the same seed, the same run."
        classNames={{
          label: settingClasses.label!,
          wrapper: settingClasses.wrapper!,
          input: settingClasses.input!,
          error: classes.seedFault!,
        }}
        value={seed}
        min={0}
        max={4_294_967_295}
        onCommit={(next) => next !== null && store.getState().edit((experiment) => ({ ...experiment, seed: next }))}
      />
      <IconButton label="New seed" size={24} onClick={store.getState().newSeed}>
        <IconDice5 size={16} stroke={1.6} />
      </IconButton>
    </div>
  )
}
