import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { formatNumber } from '../../plots/legend'
import type { ObservedGrid } from '../../protocol/trainer'
import { askCell } from '../../store/gridSelectors'
import { useApp, useAppStore } from '../useApp'
import { AnswerList } from './AnswerList'
import { featureKeys } from './featureKeys'
import classes from './lab.module.css'
import { usePrediction } from './usePrediction'
import { dayNames, hourSpan } from './weekWords'

const days = dayNames.map((label, i) => ({ value: String(i), label }))
const hours = Array.from({ length: 24 }, (_, i) => ({ value: String(i), label: hourSpan(i) }))

/** Pick a day and an hour, read what the model expects, beside the mean of the data. */
export function AskHour({ grid }: { grid: ObservedGrid }) {
  const { store } = useApp()
  const cell = useAppStore((s) => s.askedCell)
  const keys = useAppStore((s) => featureKeys(s.run?.experiment.columns ?? []))
  const day = Math.floor(cell / 24)
  const hour = cell % 24
  const answerable = keys.length > 0 && keys.every((key) => key === grid.dayColumn || key === grid.hourColumn)
  const values = useMemo(
    () => (answerable ? { [grid.dayColumn]: String(day), [grid.hourColumn]: String(hour) } : null),
    [answerable, grid, day, hour],
  )
  const answer = usePrediction(values)
  return (
    <section className={classes.ask} aria-label="Ask an hour">
      <div className={classes.askHead}>
        <h2>Ask an hour</h2>
      </div>
      <div className={classes.pair}>
        <NativeSelect
          aria-label="Day"
          data={days}
          value={String(day)}
          onChange={(event) => askCell(store.getState(), Number(event.currentTarget.value) * 24 + hour)}
        />
        <NativeSelect
          aria-label="Hour"
          data={hours}
          value={String(hour)}
          onChange={(event) => askCell(store.getState(), day * 24 + Number(event.currentTarget.value))}
        />
      </div>
      {answerable ? (
        <AnswerList answer={answer} note={(target) => observedNote(grid, target, cell)} />
      ) : (
        <p className={classes.quiet}>
          This model reads more than day and hour: ask it in “Ask the model”, with a value for each of its columns.
        </p>
      )}
    </section>
  )
}

function observedNote(grid: ObservedGrid, target: number, cell: number): string | null {
  const mean = grid.values[target * 168 + cell]
  if (mean === undefined || !Number.isFinite(mean)) return 'no such row in the data'
  return `data ${formatNumber(Number(mean.toPrecision(4)))}`
}
