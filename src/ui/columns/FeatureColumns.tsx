import { Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { columnName } from '../../experiment/columnName'
import type { DenseColumn } from '../../experiment/experiment'
import layout from '../controls/layout.module.css'
import { useAppStore } from '../useApp'
import { useLostFocus } from '../useLostFocus'
import { ColumnCard } from './ColumnCard'
import { ColumnDialog } from './ColumnDialog'
import { CrossDialog } from './CrossDialog'
import classes from './columns.module.css'
import { DayHourToggle } from './DayHourToggle'

type Dialog = { kind: 'column'; index: number | null } | { kind: 'cross' } | null

/** What the model reads: a card for each column, and new ones. */
export function FeatureColumns() {
  const { columns, ready } = useAppStore(({ experiment, summary }) => ({
    columns: experiment.columns,
    ready: summary !== null,
  }))
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const adder = useLostFocus<HTMLButtonElement>(columns.length)
  const keys = cardKeys(columns)
  return (
    <section className={layout.section} aria-label="Feature columns">
      <div className={classes.sectionHead}>
        <h2>Feature columns</h2>
      </div>
      <DayHourToggle />
      {columns.map((column, index) => (
        <ColumnCard
          key={keys[index]}
          column={column}
          index={index}
          onChangeKind={() => setDialog({ kind: 'column', index })}
        />
      ))}
      <div className={classes.adders}>
        <Button
          ref={adder}
          variant="subtle"
          disabled={!ready}
          leftSection={<IconPlus size={15} stroke={2} />}
          onClick={() => setDialog({ kind: 'column', index: null })}
        >
          Column
        </Button>
        <Button
          variant="subtle"
          disabled={!ready}
          leftSection={<IconX size={15} stroke={2} />}
          onClick={() => setDialog({ kind: 'cross' })}
        >
          Cross
        </Button>
      </div>
      {dialog?.kind === 'column' && <ColumnDialog index={dialog.index} onClose={close} />}
      {dialog?.kind === 'cross' && <CrossDialog onClose={close} />}
    </section>
  )
}

/** Names of the columns; a name that occurs again (until the person settles it) gets a number. */
function cardKeys(columns: DenseColumn[]): string[] {
  const names = columns.map(columnName)
  return names.map((name, i) => {
    const earlier = names.slice(0, i).filter((other) => other === name).length
    return earlier === 0 ? name : `${name} ${earlier + 1}`
  })
}
