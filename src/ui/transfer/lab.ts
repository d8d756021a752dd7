import { createStore } from 'zustand/vanilla'
import { type GivenSource, runTransfer, type Transfer } from '../../transfer/runTransfer'
import { defaultTransfer, type StartKind, type TransferSettings } from '../../transfer/transferSettings'
import { sweepWorkers } from '../sweep/sweepWorkers'
import type { AppHandles } from '../useApp'

/** Vectors that were learnt elsewhere, and how they fit the hours of the week. */
export interface LoadedSource extends GivenSource {
  dimension: number
  /** Of the 168 hours, those with a vector. */
  found: number
}

/** What the lab keeps while another page is looked at: students go on learning, results wait. */
export interface TransferLabState {
  /** Of the next transfer. */
  settings: TransferSettings
  /** null: the source is trained here. */
  given: LoadedSource | null
  transfer: Transfer | null
  /** The student whose map is looked at; of the first seed. `size` null: the first with a result. */
  shown: { kind: StartKind; size: number | null }
}

export const lab = createStore<TransferLabState>(() => ({
  settings: defaultTransfer,
  given: null,
  transfer: null,
  shown: { kind: 'fineTuned', size: null },
}))

export function change(settings: Partial<TransferSettings>): void {
  lab.setState(({ settings: before }) => ({ settings: { ...before, ...settings } }))
}

/** Ends the transfer that runs, and starts one with the settings as they are. */
export function startTransfer({ startTrainer }: Pick<AppHandles, 'startTrainer'>): void {
  const { settings, given, transfer: last } = lab.getState()
  last?.cancel()
  const transfer = runTransfer(settings, { startTrainer, workers: sweepWorkers() }, given)
  lab.setState({ transfer })
}
