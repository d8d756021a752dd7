import { SegmentedControl } from '@mantine/core'
import { dayHourFeatures, dayHourKeys, withCrossKind, withDayHourFeatures } from '../../experiment/presets'
import { useApp, useAppStore } from '../useApp'
import classes from './columns.module.css'

const features = [
  { value: 'cross', label: 'Cross' },
  { value: 'separate', label: 'Two columns' },
  { value: 'hourOnly', label: 'Hour alone' },
] as const
const kinds = [
  { value: 'exact', label: 'Exact' },
  { value: 'hashed', label: 'Hashed 24·7' },
] as const

/** For data with day and hour: three ways to read them, and the cross with or without collisions. */
export function DayHourToggle() {
  const { store } = useApp()
  const { experiment, columns } = useAppStore(({ experiment, summary }) => ({ experiment, columns: summary?.columns }))
  const keys = columns ? dayHourKeys(columns) : null
  if (!keys || experiment.model.type !== 'tabular') return null
  const chosen = dayHourFeatures(experiment, keys)
  const { edit } = store.getState()
  const cross = experiment.columns.find((column) => column.type !== 'numeric' && column.categorical.type === 'crossed')
  const exact = cross && cross.type !== 'numeric' && cross.categorical.type === 'crossed' && cross.categorical.exact
  return (
    <div className={classes.toggles}>
      <SegmentedControl
        fullWidth
        aria-label="How day and hour are read"
        value={chosen ?? ''}
        data={[...features]}
        onChange={(value) => {
          const next = features.find((feature) => feature.value === value)?.value
          if (next) edit((current) => withDayHourFeatures(current, next, keys))
        }}
      />
      {chosen === 'cross' && (
        <SegmentedControl
          fullWidth
          aria-label="Kind of the cross"
          value={exact ? 'exact' : 'hashed'}
          data={[...kinds]}
          onChange={(value) => edit((current) => withCrossKind(current, value === 'exact' ? 'exact' : 'hashed'))}
        />
      )}
    </div>
  )
}
