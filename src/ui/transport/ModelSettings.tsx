import { NativeSelect, TextInput } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { chooseModel } from '../../experiment/chooseModel'
import type { Experiment } from '../../experiment/experiment'
import { ratingColumns } from '../../experiment/ratingColumns'
import { canBeDotProduct } from '../../experiment/withModel'
import { useApp, useAppStore } from '../useApp'
import classes from './transport.module.css'

const WatchListSettings = lazy(() =>
  import('./WatchListSettings').then(({ WatchListSettings }) => ({ default: WatchListSettings })),
)
const types = ['dotProduct', 'tabular', 'watchList'] as const

/** Which model, and what it has to set. */
export function ModelSettings() {
  const { store } = useApp()
  const { experiment } = useAppStore(({ experiment }) => ({ experiment }))
  const { model } = experiment
  const { edit } = store.getState()
  const lists = useAppStore((s) => s.summary !== null && ratingColumns(s.summary.columns) !== null)
  const dotProduct = model.type === 'watchList' ? lists : canBeDotProduct(experiment)
  return (
    <>
      <NativeSelect
        className={classes.wide}
        label="Model"
        data={[
          { value: 'dotProduct', label: 'Dot product of two embeddings', disabled: !dotProduct },
          { value: 'tabular', label: 'Network on all feature columns' },
          ...(lists ? [{ value: 'watchList', label: 'Watch list: what comes next' }] : []),
        ]}
        value={model.type}
        onChange={(event) => {
          const chosen = types.find((type) => type === event.currentTarget.value)
          if (chosen) edit((current) => chooseModel(current, chosen, store.getState().summary))
        }}
      />
      <OfModel model={model} onChange={(next) => edit((current) => ({ ...current, model: next }))} />
    </>
  )
}

interface ModelProps {
  model: Experiment['model']
  onChange(model: Experiment['model']): void
}

function OfModel({ model, onChange }: ModelProps) {
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
  if (model.type === 'watchList') {
    return (
      <Suspense fallback={null}>
        <WatchListSettings model={model} onChange={onChange} />
      </Suspense>
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
