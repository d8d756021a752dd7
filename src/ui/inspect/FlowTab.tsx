import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { formatNumber, formatQuantity } from '../../plots/legend'
import type { InspectQuestion, RowFlow } from '../../protocol/inspect'
import { NumberField } from '../controls/NumberField'
import { FlowColumnCard } from './FlowColumnCard'
import { FlowInput } from './FlowInput'
import flowClasses from './flow.module.css'
import classes from './inspect.module.css'
import { useInspection } from './useInspection'

type Asked = Extract<InspectQuestion, { about: 'row' }>

/** One row of the data followed through the columns: raw value, ids, vectors, what the model reads. */
export function FlowTab({ column }: { column: string }) {
  const [asked, setAsked] = useState<Asked>({ about: 'row', row: 0, seek: 'this' })
  const { value: flow, fault } = useInspection(asked, { live: true })
  if (fault && !flow) return <p className={classes.quiet}>{fault}</p>
  if (!flow) return <p className={classes.quiet}>Following a row…</p>
  // The column that was opened comes first.
  const columns = flow.columns.toSorted((a, b) => Number(b.name === column) - Number(a.name === column))
  return (
    <div className={classes.stack}>
      <RowPicker flow={flow} onAsk={setAsked} />
      {fault && <p className={classes.warning}>{fault}</p>}
      {columns.map((one) => (
        <FlowColumnCard key={one.name} column={one} />
      ))}
      <FlowInput flow={flow} />
      <Answer flow={flow} />
    </div>
  )
}

function RowPicker({ flow, onAsk }: { flow: RowFlow; onAsk(asked: Asked): void }) {
  const { row, rowCount, severalRows, emptyRows, step } = flow
  const see = (next: number) => onAsk({ about: 'row', row: next, seek: 'this' })
  const seek = (kind: 'several' | 'empty') => onAsk({ about: 'row', row, seek: kind })
  return (
    <div className={classes.size}>
      <NumberField
        label="Row of the data"
        className={classes.number!}
        value={row + 1}
        min={1}
        max={rowCount}
        onCommit={(next) => next !== null && see(next - 1)}
      />
      <Button onClick={() => see(Math.floor(Math.random() * rowCount))}>Random row</Button>
      <Button
        disabled={severalRows === 0}
        title={severalRows === 0 ? 'Each row holds one value in every column' : `${formatCount(severalRows)} rows`}
        onClick={() => seek('several')}
      >
        Next with several ids
      </Button>
      <Button
        disabled={emptyRows === 0}
        title={emptyRows === 0 ? 'Every column has a value in each row' : `${formatCount(emptyRows)} rows`}
        onClick={() => seek('empty')}
      >
        Next with none
      </Button>
      <span className={classes.quiet} aria-live="polite">
        Row {formatCount(row + 1)} of {formatCount(rowCount)}, weights of step {formatCount(step)}
      </span>
    </div>
  )
}

function Answer({ flow: { outputs, labels } }: { flow: RowFlow }) {
  return (
    <section className={classes.part} aria-label="What the model makes of it">
      <h3>What the model makes of it</h3>
      <ul className={flowClasses.plain}>
        {outputs.map(({ name, value, unit }) => (
          <li key={name}>
            {name.replaceAll('_', ' ')}: <b>{formatQuantity(value)}</b> {unit}
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        In the data: {labels.map(({ name, text }) => `${name.replaceAll('_', ' ')} ${shortText(text)}`).join(' · ')}
      </p>
    </section>
  )
}

function shortText(text: string): string {
  if (text === '') return 'missing'
  const number = Number(text)
  return Number.isFinite(number) ? formatNumber(number) : text
}
