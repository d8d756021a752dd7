import { CloseButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { selectPoint } from '../../store/gridSelectors'
import { suggestionsFor } from '../../store/selectors'
import { SuggestInput } from '../controls/SuggestInput'
import { useApp, useAppStore } from '../useApp'
import classes from './mapToolbar.module.css'

/** Finds points by name: typing dims the others, choosing a suggestion selects its point. */
export function MapSearch() {
  const { store } = useApp()
  const points = useAppStore((s) => s.points)
  const search = useAppStore((s) => s.search)
  const setView = useAppStore((s) => s.setView)
  const suggestions = useMemo(() => suggestionsFor(points, search), [points, search])
  return (
    <SuggestInput
      className={classes.search}
      aria-label="Search points by name"
      placeholder="Search"
      leftSection={<IconSearch size={14} />}
      rightSection={
        search === '' ? undefined : (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => setView({ search: '' })} />
        )
      }
      value={search}
      suggestions={suggestions}
      onChange={(text) => setView({ search: text })}
      onChoose={({ key }) => {
        selectPoint(store.getState(), key)
        setView({ search: '' })
      }}
    />
  )
}
