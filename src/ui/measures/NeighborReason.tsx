import { selectSelectedRow } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { useAppStore } from '../useApp'
import classes from './measures.module.css'
import { sharedFacts } from './sharedFacts'

function wordsOf({ points }: Store, selected: number, row: number): string | null {
  const facts = points && selected >= 0 ? sharedFacts(points, selected, row) : null
  return facts && (facts.join(' · ') || 'nothing known in common')
}

/** What a near point has in common with the selected one; nothing where nothing is known of either. */
export function NeighborReason({ row }: { row: number }) {
  const words = useAppStore((state) => wordsOf(state, selectSelectedRow(state), row))
  return words === null ? null : <span className={classes.reason}>{words}</span>
}
