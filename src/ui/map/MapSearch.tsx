import { Autocomplete } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { selectPoint } from '../../store/gridSelectors'
import { searchRows } from '../../store/selectors'
import { useApp, useAppStore } from '../useApp'
import classes from './map.module.css'

/** Finds points by name: typing dims the others, choosing a suggestion selects its point. */
export function MapSearch() {
  const { store } = useApp()
  const points = useAppStore((s) => s.points)
  const search = useAppStore((s) => s.search)
  const setView = useAppStore((s) => s.setView)
  const suggestions = useMemo(() => {
    const found = new Map<string, number>()
    if (!points) return found
    for (const row of searchRows(points, search, 8)) {
      const label = points.labels[row] ?? ''
      found.set(found.has(label) ? `${label} (${points.keys[row]})` : label, row)
    }
    return found
  }, [points, search])
  return (
    <Autocomplete
      className={classes.search}
      size="xs"
      aria-label="Search points by name"
      placeholder="Search"
      leftSection={<IconSearch size={14} />}
      clearable
      clearButtonProps={{ 'aria-label': 'Clear the search' }}
      data={[...suggestions.keys()]}
      filter={({ options }) => options}
      value={search}
      openOnFocus={false}
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      onChange={(text) => setView({ search: text })}
      onOptionSubmit={(chosen) => {
        const key = points?.keys[suggestions.get(chosen) ?? -1]
        if (key !== undefined) selectPoint(store.getState(), key)
        // The option's own text is written into the box after this; an empty search shows all points again.
        queueMicrotask(() => setView({ search: '' }))
      }}
    />
  )
}
