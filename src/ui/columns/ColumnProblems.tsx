import { useAppStore } from '../useApp'
import classes from './columns.module.css'

/** Why this column can't run: what the form found, or what the worker answered about it. */
export function ColumnProblems({ index }: { index: number }) {
  const messages = useAppStore(({ problems, failure, status }) => {
    const found = problems.map(({ field, message }) => ({ field, message }))
    if (status === 'failed' && failure?.field && problems.length === 0)
      found.push({ field: failure.field, message: failure.message })
    return found.filter(({ field }) => isAbout(field, index)).map(({ message }) => message)
  })
  return messages.map((message) => (
    <p key={message} className={classes.problem} role="alert">
      {message}
    </p>
  ))
}

function isAbout(field: string, index: number): boolean {
  const path = `columns.${index}`
  return field === path || field.startsWith(`${path}.`)
}
