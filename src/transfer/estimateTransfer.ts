import type { Experiment, StartFrom } from '../experiment/experiment'
import type { TransferSettings } from '../experiment/transferSettings'
import { planTransfer, sourceExperiment } from './planTransfer'

/** Students from scratch take as long as the others, and need no source. */
const NOTHING: StartFrom = { ckptToLoadFrom: '', fingerprint: '', tensorNameInCkpt: '' }

/** Runs whose times tell that of the whole transfer: a student with the fewest labels, twice (the trainer starts with it), one with the most, the source. */
export function transferProbes(settings: TransferSettings): Experiment[] {
  const students = planTransfer({ ...settings, seedCount: 1 }, NOTHING).cells.filter(({ kind }) => kind === 'scratch')
  const [fewest, most] = [students[0]!.experiment, students.at(-1)!.experiment]
  return [fewest, fewest, most, sourceExperiment(settings)]
}

/**
 * Milliseconds until all students have learnt, on so many trainers at once, from what all `transferProbes` took; every size takes the same steps. `isGiven`:
 * the source need not be trained. NaN where fewer were timed.
 */
export function estimateTransfer(
  { sizes, seedCount }: TransferSettings,
  [start = Number.NaN, fewest = Number.NaN, most = Number.NaN, source = Number.NaN]: readonly number[],
  isGiven: boolean,
  workers: number,
): number {
  const startMs = Math.max(0, start - fewest)
  const students = (3 * sizes.length * seedCount * (fewest + most)) / 2
  return (isGiven ? 0 : startMs + source) + startMs + students / workers
}
