import type { KeyboardEvent } from 'react'
import classes from './inspect.module.css'

interface Props<T extends string> {
  label: string
  tabs: readonly { value: T; title: string }[]
  value: T
  /** Of the panel that the tabs switch. */
  panelId: string
  onChange(value: T): void
}

/** Tabs as the ARIA pattern has them: one of them takes the focus, arrows go from one to the next. */
export function TabList<T extends string>({ label, tabs, value, panelId, onChange }: Props<T>) {
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const at = tabs.findIndex((tab) => tab.value === value)
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }
    const to = steps[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]!
    onChange(next.value)
    event.currentTarget.querySelector<HTMLButtonElement>(`[data-tab="${next.value}"]`)?.focus()
  }
  return (
    <div className={classes.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className={classes.tab}
          data-tab={tab.value}
          aria-selected={tab.value === value}
          aria-controls={panelId}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.title}
        </button>
      ))}
    </div>
  )
}
