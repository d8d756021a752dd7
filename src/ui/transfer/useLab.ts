import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Transfer, TransferState } from '../../transfer/runTransfer'
import { lab, type TransferLabState } from './lab'

export function useLab(): TransferLabState {
  return useStore(lab)
}

/** The state of a transfer as it goes on. */
export function useTransfer(transfer: Transfer): TransferState {
  return useSyncExternalStore(transfer.subscribe, () => transfer.state)
}
