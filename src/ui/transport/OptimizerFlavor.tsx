import { NativeSelect } from '@mantine/core'
import { flavorDifference } from '../../experiment/flavorDifferences'
import { flavorNames } from '../../experiment/optimizerNames'
import { flavorOf, optimizerFlavors } from '../../experiment/optimizerRules'
import { useApp, useAppStore } from '../useApp'
import classes from './transport.module.css'

/** Whose optimizers, and what that changes for the one chosen. */
export function OptimizerFlavor() {
  const { store } = useApp()
  const { optimizer } = useAppStore(({ experiment: { optimizer } }) => ({ optimizer }))
  return (
    <NativeSelect
      className={classes.wide}
      label="Optimizer as in"
      description={flavorDifference(optimizer)}
      inputWrapperOrder={['label', 'input', 'description']}
      data={optimizerFlavors.map((flavor) => ({ value: flavor, label: flavorNames[flavor] }))}
      value={flavorOf(optimizer)}
      onChange={(event) => {
        const flavor = event.currentTarget.value === 'keras' ? 'keras' : 'tf1'
        store.getState().edit((current) => ({ ...current, optimizer: { ...current.optimizer, flavor } }))
      }}
    />
  )
}
