import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { ActionItem, ActionMenu } from '../controls/ActionMenu'

const schemes = [
  { value: 'light', title: 'Light', Icon: IconSun },
  { value: 'dark', title: 'Dark', Icon: IconMoon },
  { value: 'auto', title: 'As the system', Icon: IconDeviceDesktop },
] as const

export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Shown = useComputedColorScheme('light') === 'dark' ? IconMoon : IconSun
  return (
    <ActionMenu label="Theme" icon={<Shown size={18} stroke={1.6} />}>
      {schemes.map(({ value, title, Icon }) => (
        <ActionItem
          key={value}
          icon={<Icon size={16} stroke={1.6} />}
          pressed={colorScheme === value}
          onClick={() => setColorScheme(value)}
        >
          {title}
        </ActionItem>
      ))}
    </ActionMenu>
  )
}
