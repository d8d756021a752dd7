import { useCallback, useState } from 'react'

/** What is wrong in the fields of a form: what they show is not what would be trained. */
export interface Faults {
  /** Of the first field that holds one, with its name, as a person reads it; null: none does. */
  first: string | null
  /** Stays the same function. `fault` null: the field is right. */
  tell(field: string, fault: string | null): void
}

export function useFaults(): Faults {
  const [faults, setFaults] = useState<readonly { field: string; fault: string }[]>([])
  const tell = useCallback((field: string, fault: string | null) => {
    setFaults((before) => {
      if ((before.find((each) => each.field === field)?.fault ?? null) === fault) return before
      const others = before.filter((each) => each.field !== field)
      return fault === null ? others : [...others, { field, fault }]
    })
  }, [])
  const [first] = faults
  return { first: first ? `${first.field}: ${first.fault}` : null, tell }
}
