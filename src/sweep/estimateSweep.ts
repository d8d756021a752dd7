import type { Experiment } from '../experiment/experiment'
import type { SweepPlan } from './planSweep'
import type { SweepSetting } from './sweepSetting'

const SHORT = 1
const LONG = 10

/** What a run costs a trainer that is at work already, milliseconds: to set it up and end it, and for each epoch with its measuring. */
interface Pace {
  begin: number
  epoch: number
}

/** What the time of a run grows with: a wider table with its width, a smaller batch with the number of its steps. */
function sizeOf({ kind }: SweepSetting, value: number): number {
  if (kind === 'learningRate') return 0
  return kind === 'batchSize' ? 1 / value : value
}

/**
 * Runs whose times tell that of the whole sweep: of its smallest and its largest value, one epoch and ten of each. The smallest comes once more before
 * them all: the trainer starts with it, and compiles its code.
 */
export function probesOf({ setting, values, cells }: SweepPlan): Experiment[] {
  const ends = setting.kind === 'learningRate' ? values.slice(0, 1) : [values[0], values.at(-1)]
  const runs = ends.flatMap((end) => {
    const cell = cells.find(({ value }) => value === end)
    return cell ? [SHORT, LONG].map((epochs) => ({ ...cell.experiment, stop: { epochs, patience: null } })) : []
  })
  return [...runs.slice(0, 1), ...runs]
}

/** Milliseconds of the whole sweep on so many trainers at once, from what the first of `probesOf` it took, all of them or fewer; straight between its ends. */
export function estimateSweep(
  plan: SweepPlan,
  [start = Number.NaN, ...tookMs]: readonly number[],
  workers: number,
): number {
  const first = paceOf(tookMs[0] ?? start, tookMs[1])
  const last = tookMs[2] === undefined ? first : paceOf(tookMs[2], tookMs[3])
  const { setting, values, cells, epochs } = plan
  const [low, high] = [sizeOf(setting, values[0]!), sizeOf(setting, values.at(-1)!)]
  const between = (from: number, to: number, share: number) => from + share * (to - from)
  const total = cells.reduce((sum, { value }) => {
    const share = high === low ? 0 : (sizeOf(setting, value) - low) / (high - low)
    return sum + between(first.begin, last.begin, share) + epochs * between(first.epoch, last.epoch, share)
  }, 0)
  const startMs = tookMs[0] === undefined ? 0 : Math.max(0, start - tookMs[0])
  return startMs + total / Math.min(workers, cells.length)
}

/** Without the longer run the shorter one is all epoch. */
function paceOf(short: number, long: number | undefined): Pace {
  if (long === undefined) return { begin: 0, epoch: short / SHORT }
  const epoch = Math.max(0, (long - short) / (LONG - SHORT))
  return { begin: Math.max(0, short - SHORT * epoch), epoch }
}
