import { NativeSelect, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ColumnSummary } from '../../experiment/dataSummary'
import { SuggestInput } from '../controls/SuggestInput'
import { Section } from '../measures/Section'
import { useAppStore } from '../useApp'
import { AnswerList } from './AnswerList'
import { featureKeys } from './featureKeys'
import classes from './lab.module.css'
import { usePrediction } from './usePrediction'
import { dayNames, hourSpan, monthNames } from './weekWords'

/** One row by hand for any table: a field for each column that the features read. */
export function AskModel() {
  const keys = useAppStore((s) => featureKeys(s.run?.experiment.columns ?? []))
  const columns = useAppStore((s) => s.run?.summary.columns ?? [])
  const [typed, setTyped] = useState<Record<string, string>>({})
  const asked = useMemo(
    () => keys.flatMap((key) => columns.find((column) => column.name === key) ?? []),
    [keys, columns],
  )
  const values = useMemo(
    () => Object.fromEntries(asked.map((column) => [column.name, typed[column.name] ?? firstValue(column)])),
    [asked, typed],
  )
  const answer = usePrediction(asked.length > 0 ? values : null)
  if (asked.length === 0) return null
  return (
    <Section title="Ask the model">
      <div className={classes.stack}>
        {asked.map((column) => (
          <ValueField
            key={column.name}
            column={column}
            value={values[column.name] ?? ''}
            onChange={(value) => setTyped((before) => ({ ...before, [column.name]: value }))}
          />
        ))}
      </div>
      <AnswerList answer={answer} />
    </Section>
  )
}

function firstValue(column: ColumnSummary): string {
  if (column.meaning) return column.meaning === 'month' ? '1' : '0'
  return column.samples[0] ?? ''
}

interface FieldProps {
  column: ColumnSummary
  value: string
  onChange(value: string): void
}

function ValueField({ column, value, onChange }: FieldProps) {
  const label = column.name.replaceAll('_', ' ')
  const options = namedValues(column)
  if (options) {
    return (
      <NativeSelect
        label={label}
        data={options}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (column.type === 'string' || column.type === 'date') {
    return (
      <SuggestInput
        label={label}
        value={value}
        suggestions={[...new Set(column.samples)].map((sample) => ({ key: sample, label: sample }))}
        onChange={onChange}
        onChoose={({ key }) => onChange(key)}
      />
    )
  }
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      description={
        column.min === null ? undefined : `${column.min} to ${column.max}${column.unit ? ` ${column.unit}` : ''}`
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function namedValues({ meaning }: ColumnSummary): { value: string; label: string }[] | null {
  if (meaning === 'dayOfWeek') return dayNames.map((label, i) => ({ value: String(i), label }))
  if (meaning === 'month') return monthNames.map((label, i) => ({ value: String(i + 1), label }))
  if (meaning === 'hourOfDay') return Array.from({ length: 24 }, (_, i) => ({ value: String(i), label: hourSpan(i) }))
  return null
}
