import { NativeSelect } from '@mantine/core'
import classes from './setting.module.css'

interface Props {
  label: string
  /** What it does, for a learner. */
  help: string
  value: string
  options: { value: string; label: string }[]
  onChange(value: string): void
  className?: string | undefined
}

/** One setting of the transport bar: a small label, its value under it, a native menu behind it. */
export function Setting({ label, help, value, options, onChange, className }: Props) {
  return (
    <NativeSelect
      className={className}
      classNames={{
        label: classes.label!,
        input: classes.input!,
        wrapper: classes.wrapper!,
        section: classes.section!,
      }}
      label={label}
      title={help}
      data={options}
      value={value}
      rightSectionWidth={16}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
