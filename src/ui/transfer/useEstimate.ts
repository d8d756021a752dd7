import { useMemo } from 'react'
import type { TransferSettings } from '../../experiment/transferSettings'
import { estimateTransfer, transferProbes } from '../../transfer/estimateTransfer'
import { durationWords } from '../pages/durationWords'
import { useTimed } from '../pages/useTimed'
import { sweepWorkers } from '../sweep/sweepWorkers'

/** How long a transfer will take, in words, as a few of its runs take. */
export function useEstimate(settings: TransferSettings, isGiven: boolean, isIdle: boolean): string {
  const probes = useMemo(() => transferProbes(settings), [settings])
  const tookMs = useTimed(probes, isIdle)
  const ms = tookMs && estimateTransfer(settings, tookMs, isGiven, sweepWorkers())
  if (ms === null) return isIdle ? 'Measuring how long it takes…' : ''
  return Number.isFinite(ms) ? `About ${durationWords(ms)} on this device, measured with a few short runs` : ''
}
