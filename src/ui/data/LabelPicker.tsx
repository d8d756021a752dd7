import { Checkbox, NativeSelect, Popover, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { Experiment, Label, Target, Task } from '../../experiment/experiment'
import { useApp, useAppStore } from '../useApp'
import classes from './data.module.css'
import { labelCandidates, labelWords, makeLabel, tasksFor, withLabel } from './labelChoices'

const taskWords: Record<Task, string> = {
  regression: 'a number',
  binary: 'yes or no',
  multiclass: 'one of several classes',
}

/** One object, so that a selector's answer stays the same. */
const NO_COLUMNS: ColumnSummary[] = []

/** What is predicted; another label where the data offers one. */
export function LabelPicker() {
  const { experiment, columns } = useAppStore(({ experiment, summary }) => ({
    experiment,
    columns: summary?.columns ?? NO_COLUMNS,
  }))
  const { label, model } = experiment
  const unit = label.task === 'regression' ? columns.find(({ name }) => name === label.targets[0]?.column)?.unit : null
  const offered = labelCandidates(experiment, columns)
  const single = labelColumns(label).length === 1
  return (
    <div className={classes.label}>
      <span>Predicts</span>
      <Popover width={280} position="bottom-start" trapFocus>
        <Popover.Target>
          <UnstyledButton className={classes.labelButton} disabled={offered.length < 2}>
            <span className={classes.labelName} title={labelColumns(label).join(', ')}>
              {labelColumns(label).length > 2 ? `${labelColumns(label).length} numbers together` : labelWords(label)}
            </span>
            {single && unit && <span className={classes.muted}>{unit}</span>}
            <IconChevronDown size={12} stroke={2} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <LabelChoices label={label} columns={offered} several={model.type === 'tabular'} />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

interface ChoicesProps {
  label: Label
  columns: ColumnSummary[]
  several: boolean
}

function LabelChoices({ label, columns, several }: ChoicesProps) {
  const { store } = useApp()
  const change = (next: Label) => store.getState().edit((experiment: Experiment) => withLabel(experiment, next))
  const column = columns.find(({ name }) => name === labelColumns(label)[0])
  const tasks = column ? tasksFor(column) : []
  return (
    <div className={classes.dialog}>
      <NativeSelect
        label="Predicts"
        data={columns.map(({ name }) => name)}
        value={column?.name ?? ''}
        onChange={(event) => {
          const next = columns.find(({ name }) => name === event.currentTarget.value)
          const task = next && (tasksFor(next).find((possible) => possible === label.task) ?? tasksFor(next)[0])
          if (next && task) change(makeLabel(task, next))
        }}
      />
      {tasks.length > 1 && (
        <NativeSelect
          label="As"
          data={tasks.map((task) => ({ value: task, label: taskWords[task] }))}
          value={label.task}
          onChange={(event) => {
            const task = tasks.find((possible) => possible === event.currentTarget.value)
            if (column && task) change(makeLabel(task, column))
          }}
        />
      )}
      {label.task === 'regression' && (
        <Targets targets={label.targets} columns={columns} several={several} onChange={change} />
      )}
    </div>
  )
}

interface TargetsProps {
  targets: Target[]
  columns: ColumnSummary[]
  several: boolean
  onChange(label: Label): void
}

function Targets({ targets, columns, several, onChange }: TargetsProps) {
  const [first] = targets
  const numbers = columns.filter((column) => tasksFor(column).includes('regression'))
  const set = (next: Target[]) => onChange({ task: 'regression', targets: next })
  return (
    <>
      {several && numbers.length > 1 && (
        <Checkbox.Group
          label="Targets at once"
          value={targets.map(({ column }) => column)}
          onChange={(names) => {
            const known = new Map(targets.map((target) => [target.column, target]))
            const next = names.map((column) => known.get(column) ?? { ...(first ?? plain), column })
            if (next.length > 0) set(next)
          }}
        >
          <div className={classes.targets}>
            {numbers.map(({ name }) => (
              <Checkbox key={name} value={name} label={name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Checkbox
        label="log(1 + x) first: for counts"
        checked={first?.transform === 'log1p'}
        onChange={(event) => {
          const transform = event.currentTarget.checked ? 'log1p' : 'none'
          set(targets.map((target) => ({ ...target, transform })))
        }}
      />
      <Checkbox
        label="Standardized: mean 0, deviation 1"
        checked={first?.standardize ?? false}
        onChange={(event) => {
          const standardize = event.currentTarget.checked
          set(targets.map((target) => ({ ...target, standardize })))
        }}
      />
    </>
  )
}

const plain: Target = { column: '', transform: 'none', standardize: true }
