import { useCallback, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Transfer, TransferState } from '../../transfer/runTransfer'
import { lab, type TransferLabState } from './lab'

export function useLab(): TransferLabState {
  return useStore(lab)
}

/** Numbers that are read change no faster; drawing them takes the processor from the students. */
const TOLD_MS = 300

/** The state of a transfer as it goes on. */
export function useTransfer(transfer: Transfer): TransferState {
  const subscribe = useCallback(
    (onChange: () => void) => {
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
  return useSyncExternalStore(subscribe, () => transfer.state)
}
