import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { PointsInfo } from '../../protocol/trainer'
import { useApp, useAppStore } from '../useApp'
import classes from './lab.module.css'
import { Recommendations } from './Recommendations'
import { useRepeatedAnswer } from './useRepeatedAnswer'

/** Somebody of the data: what they rated, and what the model would show them next. */
export function ExistingViewer({ items }: { items: PointsInfo | null }) {
  const { ask } = useApp()
  const user = useAppStore((s) => (s.experiment.model.type === 'dotProduct' ? s.experiment.model.user : ''))
  const column = useAppStore((s) => s.summary?.columns.find(({ name }) => name === user) ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const id = typed ?? column?.samples[0] ?? '0'
  const question = useMemo(
    () => (id.trim() === '' ? null : () => ask({ type: 'recommend', user: id.trim(), ratings: [] })),
    [ask, id],
  )
  const answer = useRepeatedAnswer(question)
  const rated = [...(answer.value?.rated ?? [])].sort((a, b) => b.rating - a.rating)
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          aria-label={`Which ${user}`}
          leftSection={user}
          leftSectionWidth={`${user.length + 3}ch`}
          value={id}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button onClick={() => setTyped(another(id, column))}>Another {user}</Button>
      </div>
      {rated.length > 0 && (
        <p className={classes.quiet}>
          Liked most of {rated.length}:{' '}
          {rated
            .slice(0, 3)
            .map(({ item, rating }) => `${labelOf(items, item)} (${rating})`)
            .join(', ')}
        </p>
      )}
      <Recommendations title={`Next for ${user} ${id}`} answer={answer} items={items} />
    </>
  )
}

function labelOf(items: PointsInfo | null, key: string): string {
  return items?.labels[items.keys.indexOf(key)] ?? key
}

/** A different id within the range of the column, or its next sample. */
function another(id: string, column: ColumnSummary | null): string {
  if (!column) return id
  if (column.type === 'integer' && column.min !== null && column.max !== null) {
    const size = column.max - column.min + 1
    // A step that shares no factor with most sizes walks through all of them.
    return String(column.min + ((Number(id) - column.min + 37) % size))
  }
  const at = column.samples.indexOf(id)
  return column.samples[(at + 1) % column.samples.length] ?? id
}
