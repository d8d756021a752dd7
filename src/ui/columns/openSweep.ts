import { defaultSweep } from '../../experiment/sweepLink'
import type { Store } from '../../store/slice'

/** The Dimensions lab, with this column chosen (by name; null: the first). */
export function openSweep({ setView, openPage }: Store, column: string | null): void {
  setView({ sweep: { ...defaultSweep, column } })
  openPage('dimensions')
}
