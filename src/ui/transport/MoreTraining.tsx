import { NativeSelect } from '@mantine/core'
import type { Experiment } from '../../experiment/experiment'
import { NumberField } from '../controls/NumberField'
import { useApp, useAppStore } from '../useApp'
import { ModelSettings } from './ModelSettings'
import { OptimizerFlavor } from './OptimizerFlavor'
import { optionsWith, type TrainingControl, trainingControls } from './trainingControls'
import classes from './transport.module.css'

/** The settings that are used less, and those for which the bar has no room. */
export function MoreTraining() {
  const { store } = useApp()
  const { experiment } = useAppStore(({ experiment }) => ({ experiment }))
  const { split, stop, seed } = experiment
  const edit = (change: Partial<Experiment>) => store.getState().edit((current) => ({ ...current, ...change }))
  return (
    <div className={classes.moreGrid}>
      {/* The first fields are hidden where the bar shows them: a hidden field can't take the focus. */}
      <h2 className={classes.wide} tabIndex={-1} data-autofocus>
        Training settings
      </h2>
      {trainingControls.map((control) => (
        <NarrowSetting key={control.id} control={control} />
      ))}
      <OptimizerFlavor />
      <NumberField
        className={classes.onlyNarrow}
        label="Seed"
        value={seed}
        min={0}
        max={4_294_967_295}
        onCommit={(next) => next !== null && edit({ seed: next })}
      />
      <NumberField
        label="Stop after (epochs)"
        placeholder="never"
        value={stop.epochs}
        min={1}
        max={100_000}
        emptyMeans={null}
        onCommit={(epochs) => edit({ stop: { ...stop, epochs } })}
      />
      <NumberField
        label="Patience (epochs)"
        placeholder="never"
        title="Stops after so many epochs without a smaller validation loss"
        value={stop.patience}
        min={1}
        max={1000}
        emptyMeans={null}
        onCommit={(patience) => edit({ stop: { ...stop, patience } })}
      />
      <NumberField
        label="Validation rows (%)"
        title="Rows that training never sees; the validation metrics are measured on them"
        value={Math.round(split.validationShare * 100)}
        min={1}
        max={50}
        onCommit={(share) => share !== null && edit({ split: { ...split, validationShare: share / 100 } })}
      />
      <NumberField
        label="Split seed"
        title="Which rows are the validation rows"
        value={split.seed}
        min={0}
        max={4_294_967_295}
        onCommit={(next) => next !== null && edit({ split: { ...split, seed: next } })}
      />
      <ModelSettings />
    </div>
  )
}

function NarrowSetting({ control }: { control: TrainingControl }) {
  const { store } = useApp()
  const value = useAppStore(control.read)
  return (
    <NativeSelect
      className={classes.onlyNarrow}
      label={control.label}
      data={optionsWith(control, value)}
      value={value}
      onChange={(event) => control.apply(store.getState(), event.currentTarget.value)}
    />
  )
}
