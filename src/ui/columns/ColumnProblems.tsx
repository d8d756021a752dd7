import { Button } from '@mantine/core'
import { categoricalName } from '../../experiment/columnName'
import { withModel } from '../../experiment/withModel'
import { useApp, useAppStore } from '../useApp'
import classes from './columns.module.css'

/** Why this column can't run: what the form found, or what the worker answered about it; and the way out where there is one. */
export function ColumnProblems({ index }: { index: number }) {
  const { store } = useApp()
  const messages = useAppStore(({ problems, failure, status }) => {
    const found = problems.map(({ field, message }) => ({ field, message }))
    if (status === 'failed' && failure?.field && problems.length === 0)
      found.push({ field: failure.field, message: failure.message })
    return found.filter(({ field }) => isAbout(field, index)).map(({ message }) => message)
  })
  const wantsNetwork = useAppStore(({ experiment: { model, columns } }) => {
    const column = columns[index]
    if (model.type !== 'dotProduct' || !column) return false
    return column.type !== 'embedding' || ![model.user, model.item].includes(categoricalName(column.categorical))
  })
  if (messages.length === 0) return null
  return (
    <div className={classes.problem} role="alert">
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
      {wantsNetwork && (
        <Button onClick={() => store.getState().edit((experiment) => withModel(experiment, 'tabular'))}>
          Use the network
        </Button>
      )}
    </div>
  )
}

function isAbout(field: string, index: number): boolean {
  const path = `columns.${index}`
  return field === path || field.startsWith(`${path}.`)
}
