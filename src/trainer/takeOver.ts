import type { Weights } from '../exports/weightsFile'
import type { CheckpointFiles } from './checkpointFiles'
import type { Moment } from './checkpoints'
import { importedWeights } from './importedWeights'
import type { RunState } from './keptRuns'
import { openedMoment } from './openedMoment'
import type { Takeover } from './run'
import type { PreparedRun } from './training'
import { warmStart } from './warmStart'

/** What a run may begin from, the first that is there; without any, from first vectors, those of its columns' `startFrom` among them. */
export interface Origin {
  /** The run itself as it was replaced. */
  state: RunState | null
  /** A run of the same data whose vectors are taken over, bucket by bucket. */
  before: RunState | null
  /** Of a weights file. */
  weights: Weights | null
}

/** The run with what is to be told of its origin, and where it begins; null: at its first weights. Throws where the origin does not fit it. */
export async function takeOver(
  prepared: PreparedRun,
  { state, before, weights }: Origin,
  checkpoints: CheckpointFiles,
): Promise<[PreparedRun, Takeover | null]> {
  if (state) return [prepared, { state, retell: true }]
  if (before) return [prepared, from(prepared, await openedMoment(before, prepared))]
  if (weights) {
    const { moment, report } = await importedWeights(weights, prepared)
    return [{ ...prepared, info: { ...prepared.info, imported: report } }, from(prepared, moment)]
  }
  const warm = await warmStart(prepared, checkpoints)
  if (!warm) return [prepared, null]
  return [{ ...prepared, info: { ...prepared.info, warmStarts: warm.report } }, from(prepared, warm.moment)]
}

function from({ experiment }: PreparedRun, moment: Moment): Takeover {
  const state: RunState = {
    experiment,
    now: moment,
    best: null,
    lastFinite: moment,
    evaluations: [],
    epochLimit: experiment.stop.epochs,
    patienceFrom: moment.batches.epoch,
  }
  return { state, retell: true }
}
