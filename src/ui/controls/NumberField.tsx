import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'

interface Props extends Omit<TextInputProps, 'label' | 'value' | 'onChange' | 'defaultValue' | 'error'> {
  label?: string
  value: number | null
  min: number
  max: number
  /** Whole numbers only. */
  integer?: boolean
  /** What an empty field means; without it an empty field goes back to the last value. */
  emptyMeans?: null
  /** A number out of range takes effect, too: what it is part of says what is wrong with it. */
  takesFaults?: boolean
  onCommit(value: number | null): void
  /** What is wrong with what stands there, null when it is mended. Has to stay the same function. */
  onFault?(label: string, fault: string | null): void
}

/** A number that takes effect on Enter or on leaving the field. What is no such number stays, with the range under it; Escape brings the last one back. */
export function NumberField({
  value,
  min,
  max,
  integer = true,
  emptyMeans,
  takesFaults = false,
  label = '',
  onCommit,
  onFault,
  ...input
}: Props) {
  const [typed, setTyped] = useState<{ text: string; over: number | null } | null>(null)
  // Set from elsewhere meanwhile (undo, another link): what was typed was about another value.
  const text = typed?.over === value ? typed.text : null
  const shown = text ?? (value === null ? '' : String(value))
  const fault = text === null && !takesFaults ? null : faultOf(shown, min, max, integer, emptyMeans === null)

  useEffect(() => onFault?.(label, fault), [onFault, label, fault])

  function commit() {
    if (text === null) return
    const next = text.trim() === '' ? null : Number(text.replaceAll(',', ''))
    if (fault && !(takesFaults && next !== null && Number.isFinite(next))) return
    setTyped(null)
    if (next !== value && (next !== null || emptyMeans === null)) onCommit(next)
  }
  return (
    <TextInput
      {...input}
      label={label || undefined}
      inputMode={integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={shown}
      error={fault}
      onChange={(event) => setTyped({ text: event.currentTarget.value, over: value })}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape' && text !== null) {
          event.stopPropagation()
          setTyped(null)
        }
      }}
    />
  )
}

function faultOf(text: string, min: number, max: number, integer: boolean, mayBeEmpty: boolean): string | null {
  const isEmpty = text.trim() === ''
  if (isEmpty && mayBeEmpty) return null
  const value = isEmpty ? Number.NaN : Number(text.replaceAll(',', ''))
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return null
  return `${integer ? 'A whole number from' : 'From'} ${inWords(min)} to ${inWords(max)}`
}

function inWords(bound: number): string {
  return bound.toLocaleString('en-US', { maximumFractionDigits: 6 })
}
