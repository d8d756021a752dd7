import { NativeSelect } from '@mantine/core'
import { isSampled, type WatchListSpec } from '../../experiment/watchList'
import { NumberField } from '../controls/NumberField'
import { useAppStore } from '../useApp'

interface Props {
  model: WatchListSpec
  onChange(model: WatchListSpec): void
}

/** What stands on a list, in which order, and how much of it is read. */
export function WatchListSettings({ model, onChange }: Props) {
  const columns = useAppStore((s) => s.summary?.columns ?? [])
  const item = useAppStore((s) => (s.experiment.label.task === 'multiclass' ? s.experiment.label.column : ''))
  const items = columns.find(({ name }) => name === item)?.distinct ?? 0
  const numbers = columns.filter(({ type, name }) => (type === 'integer' || type === 'number') && name !== item)
  const rating =
    model.liked?.column ?? numbers.find(({ unit, name }) => unit === 'stars' || /rating|score/i.test(name))?.name
  return (
    <>
      <NativeSelect
        label="Order of a list"
        data={[{ value: '', label: 'at random' }, ...numbers.map(({ name }) => ({ value: name, label: name }))]}
        value={model.order ?? ''}
        onChange={(event) => onChange({ ...model, order: event.currentTarget.value || null })}
      />
      <NumberField
        label="Read, last items"
        value={model.length}
        min={1}
        max={1000}
        onCommit={(length) => length !== null && onChange({ ...model, length })}
      />
      {rating !== undefined && (
        <NumberField
          label={`Listed from, ${rating}`}
          placeholder="all"
          value={model.liked?.atLeast ?? null}
          min={-1e9}
          max={1e9}
          integer={false}
          emptyMeans={null}
          onCommit={(atLeast) => onChange({ ...model, liked: atLeast === null ? null : { column: rating, atLeast } })}
        />
      )}
      {isSampled(model, items) && (
        <NumberField
          label="Candidates a step"
          value={model.candidates}
          min={1}
          max={10_000}
          onCommit={(candidates) => candidates !== null && onChange({ ...model, candidates })}
        />
      )}
    </>
  )
}
