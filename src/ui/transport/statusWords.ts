import { formatCount, formatShort } from '../../lib/formatNumber'
import type { Store } from '../../store/slice'

type Told = Pick<Store, 'status' | 'pauseReason' | 'step' | 'examplesPerSecond' | 'epoch'>

/** What the run is doing, in one label and a few words: always of about the same length, so that nothing moves. */
export function statusWords(state: Told): { label: string; text: string } {
  const { status, pauseReason, step } = state
  if (status === 'starting') return { label: 'Starting', text: 'reading the data' }
  if (status === 'failed') return { label: 'Can’t run', text: 'see the message' }
  if (status === 'playing') return { label: 'Training', text: `${formatShort(state.examplesPerSecond)} examples/s` }
  switch (pauseReason?.why) {
    case 'epochs':
      return { label: 'Stopped', text: `after ${formatCount(state.epoch)} epochs` }
    case 'noImprovement':
      return { label: 'Stopped', text: `no gain since epoch ${pauseReason.bestEpoch}` }
    case 'notFinite':
      return { label: 'Stopped', text: 'the numbers overflowed' }
    default:
      return step === 0
        ? { label: 'Ready', text: 'press Play' }
        : { label: 'Paused', text: `at step ${formatCount(step)}` }
  }
}
