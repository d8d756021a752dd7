import { useCallback, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { TransferLink } from '../../experiment/transferSettings'
import type { AppStore } from '../../store/store'
import type { Transfer, TransferState } from '../../transfer/runTransfer'
import { useApp, useAppStore } from '../useApp'
import { givenSource, type LoadedSource, lab } from './lab'

/** What the next students start from; null: a source that is trained here. */
export function useGiven(): LoadedSource | null {
  const source = useAppStore((s) => s.transfer.source)
  return useStore(lab, (state) => givenSource(state, source))
}

/** Writes a choice to where the link reads it. */
export function ask(store: AppStore, change: Partial<TransferLink>): void {
  const { transfer, setView } = store.getState()
  setView({ transfer: { ...transfer, ...change } })
}

export function useAsk(): (change: Partial<TransferLink>) => void {
  const { store } = useApp()
  return (change) => ask(store, change)
}

/** Numbers that are read change no faster; drawing them takes the processor from the students. */
const TOLD_MS = 300

/** The state of a transfer as it goes on; null without one. */
export function useTransfer(transfer: Transfer | null): TransferState | null {
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!transfer) return () => undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = transfer.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined
          onChange()
        }, TOLD_MS)
      })
      return () => {
        clearTimeout(timer)
        stop()
      }
    },
    [transfer],
  )
  return useSyncExternalStore(subscribe, () => transfer?.state ?? null)
}
