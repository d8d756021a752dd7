import { selectSearchHits } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { useAppStore } from '../useApp'
import classes from './stage.module.css'

function isInVain(state: Store): boolean {
  return selectSearchHits(state)?.includes(1) === false
}

/** Says that the searched name is nowhere. */
export function NothingFound() {
  const inVain = useAppStore(isInVain)
  const search = useAppStore((s) => s.search)
  return (
    <p role="status" className={classes.nothing} hidden={!inVain}>
      {inVain && `Nothing found for “${search.trim()}”.`}
    </p>
  )
}
