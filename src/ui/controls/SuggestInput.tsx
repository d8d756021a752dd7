import { Popover, TextInput, type TextInputProps } from '@mantine/core'
import { useId, useState } from 'react'
import classes from './suggestInput.module.css'

export interface Suggestion {
  key: string
  label: string
}

interface Props
  extends Pick<TextInputProps, 'label' | 'aria-label' | 'placeholder' | 'leftSection' | 'rightSection' | 'className'> {
  value: string
  suggestions: Suggestion[]
  onChange(text: string): void
  onChoose(suggestion: Suggestion): void
}

/**
 * A text field with a short list under it (the ARIA combobox pattern): type, arrow, Enter. Made of the parts that the page loads anyway;
 * the library's own Autocomplete would add a tenth of the page's JavaScript allowance.
 */
export function SuggestInput({ value, suggestions, onChange, onChoose, ...input }: Props) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const opened = isOpen && suggestions.length > 0
  const at = Math.min(active, suggestions.length - 1)

  function choose(suggestion: Suggestion) {
    setIsOpen(false)
    onChoose(suggestion)
  }
  function handleKey(key: string): boolean {
    const chosen = suggestions[at]
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setIsOpen(true)
      setActive(nextActive(at, key === 'ArrowDown' ? 1 : -1, suggestions.length))
    } else if (key === 'Enter' && opened) choose(chosen ?? suggestions[0] ?? { key: '', label: '' })
    else if (key === 'Escape' && opened) setIsOpen(false)
    else return false
    return true
  }
  return (
    <Popover opened={opened} onChange={setIsOpen} width={260} position="bottom-end" offset={4} shadow="md">
      <Popover.Target>
        <TextInput
          {...input}
          {...comboboxProps(id, opened, at)}
          autoComplete="off"
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value)
            setActive(-1)
            setIsOpen(true)
          }}
          onBlur={() => setIsOpen(false)}
          onKeyDown={(event) => {
            if (!handleKey(event.key)) return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <div {...listProps(id, String(input['aria-label'] ?? input.label ?? 'Suggestions'))}>
          {suggestions.map((suggestion, i) => (
            <div
              key={suggestion.key}
              {...optionProps(id, i, i === at)}
              className={classes.option}
              onPointerDown={(event) => {
                // Before the field loses the focus and the list closes.
                event.preventDefault()
                choose(suggestion)
              }}
            >
              {suggestion.label}
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function nextActive(at: number, step: number, count: number): number {
  if (count === 0) return -1
  return at < 0 && step < 0 ? count - 1 : (at + step + count) % count
}

function comboboxProps(id: string, opened: boolean, at: number) {
  return {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': opened,
    'aria-controls': opened ? `${id}-list` : undefined,
    'aria-activedescendant': opened && at >= 0 ? `${id}-${at}` : undefined,
  } as const
}

function listProps(id: string, label: string) {
  return { id: `${id}-list`, role: 'listbox', 'aria-label': label } as const
}

function optionProps(id: string, i: number, selected: boolean) {
  return { id: `${id}-${i}`, role: 'option', 'aria-selected': selected } as const
}
