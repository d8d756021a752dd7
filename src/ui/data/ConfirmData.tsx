import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { checkExperiment, labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary, DataSummary } from '../../experiment/dataSummary'
import type { Experiment } from '../../experiment/experiment'
import { partsOfLabel } from '../../experiment/partsOfLabel'
import { suggestExperiment } from '../../experiment/suggestExperiment'
import { withModel } from '../../experiment/withModel'
import { formatCount } from '../../lib/formatNumber'
import { selectAwaitedFile } from '../../store/selectors'
import { useApp, useAppStore } from '../useApp'
import { ColumnsTable } from './ColumnsTable'
import { dateReadings } from './columnUse'
import classes from './data.module.css'
import { makeLabel, tasksFor } from './labelChoices'

interface Props {
  summary: DataSummary
  suggestion: Experiment
}

/** The facts of a file that was read; what to predict and what to read is confirmed before a run replaces the present one. */
export function ConfirmData({ summary, suggestion }: Props) {
  const { store } = useApp()
  const { awaited, hasWeights } = useAppStore((state) => ({
    awaited: selectAwaitedFile(state),
    hasWeights: state.pendingWeights !== null,
  }))
  const [fault, setFault] = useState<string | null>(null)
  const { reviseSuggestion, confirmOpening, cancelOpening } = store.getState()
  function train() {
    confirmOpening()
    store.getState().play()
  }
  const ambiguous = summary.columns.filter((column) => column.ambiguousDate)
  const unanswered = ambiguous.some(({ name }) => suggestion.dateOrders[name] === undefined)
  const label = labelColumns(suggestion.label)[0] ?? ''
  const parts = partsOfLabel(summary, label)
  const problems = checkExperiment(suggestion, summary)
  const messages = [...new Set([fault, ...problems.map(({ message }) => message)].filter((text) => text !== null))]

  return (
    <div className={classes.dialog}>
      {awaited && (
        <p className={classes.question}>
          This is not the file that the {hasWeights ? 'weights were trained on' : 'link names'} ({awaited}): its rows
          are others.
        </p>
      )}
      <p>
        <b>{summary.title}</b>: {formatCount(summary.rowCount)} rows, {summary.columns.length} columns.
      </p>
      {summary.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {summary.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {ambiguous.map((column) => (
        <DateQuestion
          key={column.name}
          column={column}
          order={suggestion.dateOrders[column.name]}
          onChange={(order) =>
            reviseSuggestion({ ...suggestion, dateOrders: { ...suggestion.dateOrders, [column.name]: order } })
          }
        />
      ))}
      <LabelQuestion summary={summary} suggestion={suggestion} onFault={setFault} />
      <Unlabelled summary={summary} label={label} />
      <ColumnsTable summary={summary} suggestion={suggestion} onChange={reviseSuggestion} />
      {suggestion.columns.some(({ type }) => type === 'numeric') && (
        <p className={classes.muted}>
          {parts && `In the sample rows ${parts.join(' + ')} is ${label}. `}
          Leave out what is only known together with the label, such as its parts: the model would just read the answer.
        </p>
      )}
      {messages.map((message) => (
        <p key={message} className={classes.problem} role="alert">
          {message}
        </p>
      ))}
      <div className={classes.actions}>
        <Button onClick={cancelOpening}>Cancel</Button>
        <Button variant="filled" disabled={problems.length > 0 || unanswered} onClick={train} data-autofocus>
          {unanswered ? 'Answer for the dates first' : 'Train on it'}
        </Button>
      </div>
    </div>
  )
}

/** Rows that nothing is learnt from. */
function Unlabelled({ summary, label }: { summary: DataSummary; label: string }) {
  const missing = summary.columns.find(({ name }) => name === label)?.missing ?? 0
  if (missing === 0) return null
  return (
    <p className={classes.muted}>
      {missing === 1 ? '1 row has' : `${formatCount(missing)} rows have`} no value of {label}: the model learns from the
      other {formatCount(summary.rowCount - missing)}.
    </p>
  )
}

interface LabelProps extends Props {
  onFault(fault: string | null): void
}

function LabelQuestion({ summary, suggestion, onFault }: LabelProps) {
  const { reviseSuggestion } = useApp().store.getState()
  const offered = summary.columns.filter((column) => tasksFor(column).length > 0)
  const name = labelColumns(suggestion.label)[0]
  const column = offered.find((candidate) => candidate.name === name)
  const tasks = column ? tasksFor(column) : []

  function choose(label: string) {
    onFault(null)
    try {
      // Another label wants other features: they are suggested anew.
      reviseSuggestion({ ...suggestExperiment(summary, label), dateOrders: suggestion.dateOrders })
    } catch (error) {
      onFault(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className={classes.confirmHead}>
      <NativeSelect
        label="Predict"
        data={offered.map((candidate) => candidate.name)}
        value={name ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <NativeSelect
        label="As"
        disabled={tasks.length < 2}
        data={tasks.map((task) => ({ value: task, label: taskWords[task] }))}
        value={suggestion.label.task}
        onChange={(event) => {
          const task = tasks.find((possible) => possible === event.currentTarget.value)
          if (column && task) reviseSuggestion({ ...suggestion, label: makeLabel(task, column) })
        }}
      />
      <NativeSelect
        label="Model"
        data={[
          ...(suggestion.model.type === 'dotProduct'
            ? [{ value: 'dotProduct', label: `Dot product of ${suggestion.model.user} and ${suggestion.model.item}` }]
            : []),
          { value: 'tabular', label: 'Network on all feature columns' },
        ]}
        value={suggestion.model.type}
        onChange={() => reviseSuggestion(withModel(suggestion, 'tabular'))}
      />
    </div>
  )
}

const taskWords = { regression: 'a number', binary: 'yes or no', multiclass: 'one of several classes' } as const

interface DateProps {
  column: ColumnSummary
  order: 'dayFirst' | 'monthFirst' | undefined
  onChange(order: 'dayFirst' | 'monthFirst'): void
}

function DateQuestion({ column, order, onChange }: DateProps) {
  const sample = column.samples.find((text) => dateReadings(text)) ?? column.samples[0] ?? ''
  const readings = dateReadings(sample)
  return (
    <div className={classes.question}>
      <span>
        In <b>{column.name}</b>, is {sample} the {readings?.dayFirst ?? 'day first'} or the{' '}
        {readings?.monthFirst ?? 'month first'}?
      </span>
      <SegmentedControl
        aria-label={`Order of day and month in ${column.name}`}
        value={order ?? ''}
        data={[
          { value: 'dayFirst', label: readings?.dayFirst ?? 'Day first' },
          { value: 'monthFirst', label: readings?.monthFirst ?? 'Month first' },
        ]}
        onChange={(value) => onChange(value === 'dayFirst' ? 'dayFirst' : 'monthFirst')}
      />
    </div>
  )
}
