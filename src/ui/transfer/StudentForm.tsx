import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { parseSizes } from '../../transfer/parseSizes'
import { type Student, students, transferLimits } from '../../transfer/transferSettings'
import { NumberField } from '../controls/NumberField'
import { change } from './lab'
import classes from './transfer.module.css'
import { useLab } from './useLab'
import { studentWords } from './words'

interface Props {
  /** What is wrong with the numbers of labels as they are typed. */
  onFault(fault: string | null): void
  fault: string | null
}

/** Who learns, from how many labels, how often. */
export function StudentForm({ fault, onFault }: Props) {
  const { settings } = useLab()
  return (
    <fieldset className={classes.form}>
      <legend className={classes.legend}>2 · The students</legend>
      <SegmentedControl
        fullWidth
        aria-label="What the students predict"
        data={students.map((student) => ({ value: student, label: studentWords[student].title }))}
        value={settings.student}
        onChange={(student) => change({ student: student as Student })}
      />
      <p className={classes.quiet}>{studentWords[settings.student].nature}</p>
      <Sizes fault={fault} onFault={onFault} />
      <NumberField
        label="Seeds"
        title="Each draws other labelled hours and other first values"
        value={settings.seedCount}
        min={1}
        max={transferLimits.seeds}
        onCommit={(seedCount) => seedCount !== null && change({ seedCount })}
      />
    </fieldset>
  )
}

function Sizes({ fault, onFault }: Props) {
  const { settings } = useLab()
  const shown = settings.sizes.join(', ')
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null)
  // Set from elsewhere meanwhile (the lesson): what was typed was about other numbers.
  const text = typed?.over === shown ? typed.text : shown
  return (
    <TextInput
      label="Labelled hours"
      title={`Numbers from ${transferLimits.fewestLabels} to ${transferLimits.mostLabels}; the rest is measured on 16,800 other hours`}
      autoComplete="off"
      value={text}
      error={fault}
      onChange={(event) => {
        const { value } = event.currentTarget
        const parsed = parseSizes(value)
        onFault('fault' in parsed ? parsed.fault : null)
        if ('sizes' in parsed) change({ sizes: parsed.sizes })
        setTyped({ text: value, over: 'sizes' in parsed ? parsed.sizes.join(', ') : shown })
      }}
    />
  )
}
