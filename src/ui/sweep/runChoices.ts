import type { Experiment } from '../../experiment/experiment'
import type { Evaluation, LearntTable } from '../../protocol/trainer'
import type { Store } from '../../store/slice'
import type { Sweep } from '../../sweep/runSweep'
import { settingName } from '../../sweep/sweepSetting'
import { describeFeatures } from '../measures/describeDifference'
import type { DimensionsLabState } from './lab'
import { rowsWords } from './planWords'

/** A run that can be looked at. */
export interface RunChoice {
  id: string
  title: string
  experiment: Experiment
  /** Its curve; empty where it was not kept. */
  evaluations: readonly Evaluation[]
  /** Of a run of the playground its number: the trainer keeps its table. */
  from: LearntTable | { runId: number }
}

export function cellId(which: 'sweep' | 'before', cell: number): string {
  return `${which} ${cell}`
}

/** The runs of both sweeps that are done and whose table was kept, and those of this visit to the playground on the same data. */
export function runChoices({ sweep, before }: DimensionsLabState, store: Store): RunChoice[] {
  const earlier = before
    ? cellChoices('before', before).map((run) => ({ ...run, title: beforeTitle(run, before) }))
    : []
  return [...(sweep ? cellChoices('sweep', sweep) : []), ...earlier, ...visitChoices(store)]
}

function cellChoices(which: 'sweep' | 'before', { plan, state }: Sweep): RunChoice[] {
  // Which column it is of stands above: a select has little room.
  const [name] = settingName(plan.setting, plan.base).split(' of ')
  return state.cells.flatMap((cell, i): RunChoice[] => {
    if (cell.state !== 'done' || !cell.table) return []
    const { value, seed, experiment } = plan.cells[i]!
    const title = `${name} ${value}, seed ${seed}`
    return [{ id: cellId(which, i), title, experiment, evaluations: cell.evaluations, from: cell.table }]
  })
}

function beforeTitle({ title }: RunChoice, { plan }: Sweep): string {
  return `${title} (the sweep before, ${rowsWords(plan)})`
}

function visitChoices({ history, experiment: { dataset }, runId, evaluations }: Store): RunChoice[] {
  return history
    .filter((record) => JSON.stringify(record.experiment.dataset) === JSON.stringify(dataset))
    .filter(({ last }) => last !== null && last.step > 0)
    .map((record) => ({
      id: `run ${record.runId}`,
      title: `playground: ${describeFeatures(record.experiment)}, seed ${record.experiment.seed}`,
      experiment: record.experiment,
      evaluations: record.runId === runId ? evaluations : [],
      from: { runId: record.runId },
    }))
}
