import { ActionIcon, type ActionIconProps } from '@mantine/core'
import type { ComponentProps } from 'react'

interface Props extends ActionIconProps, Omit<ComponentProps<'button'>, keyof ActionIconProps | 'ref'> {
  /** Its name, shown under it on hover and on keyboard focus. */
  label: string
}

/** A button that is only an icon. Its label is drawn by CSS (`data-tip` in global.css): Mantine's Tooltip costs 8 kB gzipped. */
export function IconButton({ label, ...button }: Props) {
  return <ActionIcon aria-label={label} data-tip={label} {...button} />
}
