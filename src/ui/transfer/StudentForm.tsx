import { SegmentedControl } from '@mantine/core'
import { type Student, students, transferLimits } from '../../experiment/transferSettings'
import { parseSizes } from '../../transfer/parseSizes'
import { NumberField } from '../controls/NumberField'
import classes from '../pages/labPage.module.css'
import { NumbersField } from '../pages/NumbersField'
import type { Faults } from '../pages/useFaults'
import { useAppStore } from '../useApp'
import { useAsk } from './useLab'
import { studentWords } from './words'

/** Who learns, from how many labels, how often. */
export function StudentForm({ onFault }: { onFault: Faults['tell'] }) {
  const settings = useAppStore((s) => s.transfer)
  const ask = useAsk()
  return (
    <fieldset className={classes.form}>
      <legend className={classes.legend}>2 · The students</legend>
      <SegmentedControl
        fullWidth
        aria-label="What the students predict"
        data={students.map((student) => ({ value: student, label: studentWords[student].title }))}
        value={settings.student}
        onChange={(student) => ask({ student: student as Student })}
      />
      <p className={classes.quiet}>{studentWords[settings.student].nature}</p>
      <NumbersField
        label="Labelled hours"
        title={`Numbers from ${transferLimits.fewestLabels} to ${transferLimits.mostLabels}; the rest is measured on 16,800 other hours`}
        values={settings.sizes}
        parse={parseSizes}
        fault={null}
        onChange={(sizes) => ask({ sizes })}
        onFault={onFault}
      />
      <NumberField
        label="Seeds"
        title="Each draws other labelled hours and other first values"
        value={settings.seedCount}
        min={1}
        max={transferLimits.seeds}
        onCommit={(seedCount) => seedCount !== null && ask({ seedCount })}
        onFault={onFault}
      />
    </fieldset>
  )
}
