import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { formatQuantity } from '../../plots/legend'
import type { ObservedGrid, Prediction } from '../../protocol/trainer'
import { askCell, CELLS } from '../../store/gridSelectors'
import { useApp, useAppStore } from '../useApp'
import { AnswerList } from './AnswerList'
import classes from './lab.module.css'
import { usePrediction } from './usePrediction'
import { dayNames, hourSpan } from './weekWords'

const days = dayNames.map((label, i) => ({ value: String(i), label }))
const hours = Array.from({ length: 24 }, (_, i) => ({ value: String(i), label: hourSpan(i) }))

/** Pick a day and an hour, read what the model expects, beside the mean of the data. */
export function AskHour({ grid }: { grid: ObservedGrid }) {
  const { store } = useApp()
  const cell = useAppStore((s) => s.askedCell)
  const day = Math.floor(cell / 24)
  const hour = cell % 24
  const values = useMemo(
    () => (grid.readsOnlyTheWeek ? { [grid.dayColumn]: String(day), [grid.hourColumn]: String(hour) } : null),
    [grid, day, hour],
  )
  const { value, fault } = usePrediction(values)
  const ofSheet = useAppStore((s) => s.gridPredicted?.values)
  const answer = { fault, value: value && ofSheet ? asOnSheet(value, ofSheet, cell) : value }
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
      {grid.readsOnlyTheWeek ? (
        <AnswerList answer={answer} note={(target) => observedNote(grid, target, cell)} />
      ) : (
        <p className={classes.quiet}>
          This model reads more than day and hour: ask it in “Ask the model”, with a value for each of its columns.
        </p>
      )}
    </section>
  )
}

/** The sheet’s own numbers where it has them: asked a moment later, a model in training would say others. */
function asOnSheet(outputs: Prediction[], ofSheet: Float32Array, cell: number): Prediction[] {
  return outputs.map((output, target) => {
    const value = ofSheet[target * CELLS + cell]
    return value !== undefined && Number.isFinite(value) ? { ...output, value } : output
  })
}

function observedNote(grid: ObservedGrid, target: number, cell: number): string | null {
  const mean = grid.values[target * CELLS + cell]
  if (mean === undefined || !Number.isFinite(mean)) return 'no such row in the data'
  return `data ${formatQuantity(mean)}`
}
