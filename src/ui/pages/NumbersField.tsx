import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

interface Props {
  label: string
  title?: string
  values: readonly number[]
  parse(text: string): { values: number[] } | { fault: string }
  /** What else is wrong with the values. */
  fault: string | null
  /** What was typed, where it could be read. */
  onChange(values: number[]): void
  /** What is wrong with what stands there, null when it is mended. Has to stay the same function. */
  onFault(label: string, fault: string | null): void
}

/** Numbers between commas. What can't be read stays as it was typed, with the reason under it, and nothing is taken over. */
export function NumbersField({ label, title, values, parse, fault, onChange, onFault }: Props) {
  const shown = values.join(', ')
  const [typed, setTyped] = useState<{ text: string; over: string; fault: string | null } | null>(null)
  // Set from elsewhere meanwhile (a lesson, a link): what was typed was about other numbers.
  const own = typed?.over === shown ? typed : null
  const wrong = own?.fault ?? fault
  useEffect(() => onFault(label, wrong), [onFault, label, wrong])

  function read(text: string): void {
    const parsed = parse(text)
    const taken = 'values' in parsed ? parsed.values : null
    setTyped({ text, over: taken ? taken.join(', ') : shown, fault: 'fault' in parsed ? parsed.fault : null })
    if (taken) onChange(taken)
  }
  return (
    <TextInput
      label={label}
      title={title}
      autoComplete="off"
      inputMode="text"
      value={own?.text ?? shown}
      error={wrong}
      onChange={(event) => read(event.currentTarget.value)}
    />
  )
}
