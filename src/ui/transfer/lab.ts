import { createStore } from 'zustand/vanilla'
import { type GivenSource, runTransfer, type Transfer } from '../../transfer/runTransfer'
import { sweepWorkers } from '../sweep/sweepWorkers'
import type { AppHandles } from '../useApp'

/** Vectors that were learnt elsewhere, and how they fit the hours of the week. */
export interface LoadedSource extends GivenSource {
  dimension: number
  /** Of the 168 hours, those with a vector. */
  found: number
}

/** What the lab keeps while another page is looked at: students go on learning, results wait. What is asked for next is in the page's store, for the link. */
export interface TransferLabState {
  /** The last one that was loaded; it counts while the settings name it. */
  given: LoadedSource | null
  transfer: Transfer | null
}

export const lab = createStore<TransferLabState>(() => ({ given: null, transfer: null }))

/** What students start from where it is not trained here. null: it is, or a link names weights that it does not carry. */
export function givenSource({ given }: TransferLabState, source: string | null): LoadedSource | null {
  return given?.title === source ? given : null
}

/** Ends the transfer that runs, and starts one with the settings as they are. */
export function startTransfer({ store, startTrainer }: Pick<AppHandles, 'store' | 'startTrainer'>): void {
  lab.getState().transfer?.cancel()
  const { targets, dimension, student, sizes, seedCount, seed, source } = store.getState().transfer
  const given = givenSource(lab.getState(), source)
  const settings = { targets, dimension, student, sizes, seedCount, seed }
  const transfer = runTransfer(settings, { startTrainer, workers: sweepWorkers() }, given)
  lab.setState({ transfer })
}
