import { SegmentedControl } from '@mantine/core'
import { chooseModel } from '../../experiment/chooseModel'
import { ratingColumns } from '../../experiment/ratingColumns'
import { useApp, useAppStore } from '../useApp'

/** The two models of users and items; nothing for data that have neither, or under a network. */
export function ModelChoice() {
  const { store } = useApp()
  const type = useAppStore((s) => s.experiment.model.type)
  const offered = useAppStore((s) => s.summary !== null && ratingColumns(s.summary.columns) !== null)
  if (!offered || type === 'tabular') return null
  return (
    <SegmentedControl
      fullWidth
      aria-label="Which model"
      data={[
        { value: 'dotProduct', label: 'Dot product' },
        { value: 'watchList', label: 'Watch list' },
      ]}
      value={type}
      onChange={(value) => {
        const { edit, summary } = store.getState()
        edit((experiment) => chooseModel(experiment, value === 'watchList' ? 'watchList' : 'dotProduct', summary))
      }}
    />
  )
}
