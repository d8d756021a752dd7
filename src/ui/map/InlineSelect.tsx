import { NativeSelect } from '@mantine/core'
import classes from './mapToolbar.module.css'

interface Props {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange(value: string): void
}

/** A native select with its name inside the box: `Colour age rating`. */
export function InlineSelect({ label, value, options, onChange }: Props) {
  return (
    <NativeSelect
      className={classes.select}
      aria-label={label}
      data={options}
      value={value}
      leftSection={<span className={classes.prefix}>{label}</span>}
      leftSectionWidth={22 + 6.2 * label.length}
      rightSectionWidth={22}
      leftSectionPointerEvents="none"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
