import { ActionIcon, type ActionIconProps, Popover, type PopoverProps, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './actionMenu.module.css'

interface Props extends Pick<ActionIconProps, 'size'>, Pick<PopoverProps, 'position' | 'width'> {
  label: string
  icon: ReactNode
  /** `ActionItem`s; a choice closes the menu. */
  children: ReactNode
}

/** An icon that opens a few actions: a disclosure of buttons, reached by Tab. Mantine's Menu costs 5 kB gzipped. */
export function ActionMenu({ label, icon, size, children, ...popover }: Props) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover {...popover} opened={opened} onChange={setOpened} trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <ActionIcon aria-label={label} {...(size !== undefined && { size })} onClick={() => setOpened(!opened)}>
          {icon}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} onClick={() => setOpened(false)}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

interface ItemProps {
  icon?: ReactNode
  /** Of the one that holds, where one of several does. */
  pressed?: boolean
  disabled?: boolean
  onClick(): void
  children: ReactNode
}

export function ActionItem({ icon, pressed, disabled = false, onClick, children }: ItemProps) {
  return (
    <UnstyledButton className={classes.item} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      {icon}
      <span>{children}</span>
    </UnstyledButton>
  )
}
