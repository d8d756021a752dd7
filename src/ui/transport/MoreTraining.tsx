import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Experiment } from '../../experiment/experiment'
import { NumberField } from '../controls/NumberField'
import { useApp, useAppStore } from '../useApp'
import {
  batchSizeControl,
  l2Control,
  learningRateControl,
  optimizerControl,
  optionsWith,
  paceControl,
  type TrainingControl,
} from './trainingControls'
import classes from './transport.module.css'

const barControls = [optimizerControl, learningRateControl, batchSizeControl, l2Control, paceControl]

/** The settings that are used less, and those for which the bar has no room. */
export function MoreTraining() {
  const { store } = useApp()
  const { experiment } = useAppStore(({ experiment }) => ({ experiment }))
  const { split, stop, seed } = experiment
  const edit = (change: Partial<Experiment>) => store.getState().edit((current) => ({ ...current, ...change }))
  return (
    <div className={classes.moreGrid}>
      <h2 className={classes.wide}>Training settings</h2>
      {barControls.map((control) => (
        <NarrowSetting key={control.id} control={control} />
      ))}
      <NumberField
        className={classes.onlyNarrow}
        label="Seed"
        value={seed}
        min={0}
        max={4_294_967_295}
        onCommit={(next) => next !== null && edit({ seed: next })}
      />
      <NumberField
        label="Stop after epochs"
        placeholder="never"
        value={stop.epochs}
        min={1}
        max={100_000}
        emptyMeans={null}
        onCommit={(epochs) => edit({ stop: { ...stop, epochs } })}
      />
      <NumberField
        label="Stop without gain for"
        placeholder="never"
        title="Epochs without a smaller validation loss"
        value={stop.patience}
        min={1}
        max={1000}
        emptyMeans={null}
        onCommit={(patience) => edit({ stop: { ...stop, patience } })}
      />
      <NumberField
        label="Validation rows, %"
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
      <ModelSettings model={experiment.model} onChange={(model) => edit({ model })} />
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

interface ModelProps {
  model: Experiment['model']
  onChange(model: Experiment['model']): void
}

function ModelSettings({ model, onChange }: ModelProps) {
  if (model.type === 'dotProduct') {
    return (
      <NativeSelect
        className={classes.wide}
        label="Biases"
        description="A number for each side beside its vector: strict viewers, popular films"
        data={[
          { value: 'yes', label: 'Yes: ŷ = μ + bᵤ + bᵢ + ⟨u, v⟩' },
          { value: 'no', label: 'No: ŷ = μ + ⟨u, v⟩' },
        ]}
        value={model.biases ? 'yes' : 'no'}
        onChange={(event) => onChange({ ...model, biases: event.currentTarget.value === 'yes' })}
      />
    )
  }
  return (
    <>
      <HiddenLayers units={model.hiddenUnits} onCommit={(hiddenUnits) => onChange({ ...model, hiddenUnits })} />
      <NativeSelect
        label="Activation"
        data={[
          { value: 'relu', label: 'ReLU' },
          { value: 'tanh', label: 'tanh' },
        ]}
        disabled={model.hiddenUnits.length === 0}
        value={model.activation}
        onChange={(event) => onChange({ ...model, activation: event.currentTarget.value === 'tanh' ? 'tanh' : 'relu' })}
      />
    </>
  )
}

function HiddenLayers({ units, onCommit }: { units: number[]; onCommit(units: number[]): void }) {
  const [text, setText] = useState<string | null>(null)
  const asked = text?.trim()
    ? text
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number)
    : []
  const fault =
    asked.length > 4 || asked.some((width) => !Number.isInteger(width) || width < 1 || width > 1024)
      ? 'Up to 4 widths from 1 to 1,024'
      : null
  const commit = () => {
    if (text !== null && !fault) onCommit(asked)
    setText(null)
  }
  return (
    <TextInput
      label="Hidden layers"
      placeholder="none (linear)"
      title="Widths, separated by commas: 32, 16"
      value={text ?? units.join(', ')}
      error={fault}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && !fault && commit()}
    />
  )
}
