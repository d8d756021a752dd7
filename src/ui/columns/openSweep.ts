import type { Store } from '../../store/slice'

/** The Dimensions lab, with this column chosen (by name; null: the first). */
export function openSweep({ setView, openPage }: Store, sweepColumn: string | null): void {
  setView({ sweepColumn })
  openPage('dimensions')
}
