import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface Props {
  label: string
  title?: string
  values: readonly number[]
  parse(text: string): { values: number[] } | { fault: string }
  /** What else is wrong with the values. */
  fault: string | null
  /** `fault` of what was typed; null: the values were taken over. */
  onChange(values: number[] | null, fault: string | null): void
}

/** Numbers between commas. What can't be read stays as it was typed, with the reason under it, and nothing is taken over. */
export function NumbersField({ label, title, values, parse, fault, onChange }: Props) {
  const shown = values.join(', ')
  const [typed, setTyped] = useState<{ text: string; over: string; fault: string | null } | null>(null)
  // Set from elsewhere meanwhile (a lesson, a link): what was typed was about other numbers.
  const own = typed?.over === shown ? typed : null

  function read(text: string): void {
    const parsed = parse(text)
    const wrong = 'fault' in parsed ? parsed.fault : null
    const taken = 'values' in parsed ? parsed.values : null
    setTyped({ text, over: taken ? taken.join(', ') : shown, fault: wrong })
    onChange(taken, wrong)
  }
  return (
    <TextInput
      label={label}
      title={title}
      autoComplete="off"
      inputMode="text"
      value={own?.text ?? shown}
      error={own?.fault ?? fault}
      onChange={(event) => read(event.currentTarget.value)}
    />
  )
}
