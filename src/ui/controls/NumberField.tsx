import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'error'> {
  value: number | null
  min: number
  max: number
  /** Whole numbers only. */
  integer?: boolean
  /** What an empty field means; without it an empty field goes back to the last value. */
  emptyMeans?: null
  onCommit(value: number | null): void
}

/** A number that takes effect on Enter or on leaving the field; Escape brings the last one back. */
export function NumberField({ value, min, max, integer = true, emptyMeans, onCommit, ...input }: Props) {
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? (value === null ? '' : String(value))
  const fault = text === null ? null : faultOf(text, min, max, integer, emptyMeans === null)

  function commit() {
    if (text === null || fault) return
    setText(null)
    const next = text.trim() === '' ? null : Number(text.replaceAll(',', ''))
    if (next !== value && (next !== null || emptyMeans === null)) onCommit(next)
  }
  return (
    <TextInput
      {...input}
      inputMode={integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={shown}
      error={fault}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => (fault ? setText(null) : commit())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape' && text !== null) {
          event.stopPropagation()
          setText(null)
        }
      }}
    />
  )
}

function faultOf(text: string, min: number, max: number, integer: boolean, mayBeEmpty: boolean): string | null {
  if (text.trim() === '') return mayBeEmpty ? null : 'A number is needed'
  const value = Number(text.replaceAll(',', ''))
  if (!Number.isFinite(value)) return 'Not a number'
  if (integer && !Number.isInteger(value)) return 'A whole number is needed'
  if (value < min || value > max) return `From ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`
  return null
}
