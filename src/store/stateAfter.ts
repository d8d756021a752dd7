import type { Experiment } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { formatCount } from '../lib/formatNumber'
import type { Evaluation, ImportReport, RunEvent, RunInfo } from '../protocol/trainer'
import type { RunSlice } from './runSlice'
import type { Store } from './slice'

/** What belongs to a data set: none of it may stand beside the columns of another. */
const nothingShown = {
  run: null,
  memoryBytes: 0,
  points: null,
  snapshot: null,
  gridObserved: null,
  gridPredicted: null,
  probes: null,
} as const satisfies Partial<RunSlice>

/** What an event of the present run changes on the page. */
export function stateAfter(state: Store, event: RunEvent): Partial<Store> {
  switch (event.type) {
    case 'started':
      return started(state, event.run)
    case 'played':
      return { status: 'playing', pauseReason: null, failure: null }
    case 'paused':
      return {
        status: 'paused',
        step: event.step,
        ...withoutLater(state, event.step),
        pauseReason: event.reason,
        // What was asked for is known here, and may have been taken back since.
        wantsToPlay: state.wantsToPlay && ['asked', 'epochs'].includes(event.reason.why),
      }
    case 'progress': {
      const { step, epoch, examplesPerSecond, trainLoss, memoryBytes } = event
      return { step, epoch, examplesPerSecond, trainLoss, memoryBytes }
    }
    case 'evaluated':
      return withEvaluations(state, event.evaluations)
    case 'points':
      return { points: event.points }
    case 'snapshot': {
      const { step, table, rows, dimension, vectors } = event
      return { snapshot: { step, table, rows, dimension, vectors } }
    }
    case 'gridObserved':
      return { gridObserved: event.grid, ...(!event.grid.readsOnlyTheWeek && { gridPredicted: null }) }
    case 'gridPredicted':
      return { gridPredicted: { step: event.step, values: event.values } }
    case 'probed': {
      const { step, table, probes, comparisons } = event
      return { probes: { step, table, probes, comparisons } }
    }
    case 'failed': {
      const { message, field, stack } = event
      return { ...(isOfOtherData(state) && nothingShown), status: 'failed', failure: { message, field, stack } }
    }
    default:
      return assertNever(event)
  }
}

function started({ run: before, selectedKey }: Store, run: RunInfo): Partial<Store> {
  return {
    run,
    pendingWeights: null,
    ...(run.imported && importNotice(run.imported)),
    summary: run.summary,
    status: 'paused',
    step: run.startStep,
    epoch: run.startStep / run.stepsPerEpoch,
    ...(isOtherData(before, run) && { gridObserved: null, gridPredicted: null, probes: null }),
    ...(before?.summary.fingerprint !== run.summary.fingerprint && {
      selectedKey: selectedKey ?? exampleKey(run.experiment),
    }),
  }
}

/** A lab opens with a point selected, so that its neighbours can be seen at once. */
export function exampleKey({ dataset }: Experiment): string | null {
  return dataset.source === 'builtin'
    ? { movies: 'Toy Story 2', dayHour: '4 × 17', airports: 'SEA', television: '4 × 20' }[dataset.name]
    : null
}

/** What the person should know of opened weights that do not fit the data wholly. */
function importNotice({ matched, changed }: ImportReport): Pick<RunSlice, 'notice'> | null {
  const sentences = matched
    .filter(({ values, found }) => found < values)
    .map(
      ({ column, values, found }) =>
        `The weights know ${formatCount(found)} of ${formatCount(values)} values of ${column}; ${formatCount(values - found)} start anew.`,
    )
  if (changed.length > 0) {
    sentences.push(`They were trained on other numbers or classes of ${changed.join(', ')}: predictions differ.`)
  }
  return sentences.length > 0 ? { notice: sentences.join(' ') } : null
}

/** What the first picture brought, before any run, is of the same data. */
function isOtherData(before: RunInfo | null, after: RunInfo): boolean {
  return before !== null && before.summary.fingerprint !== after.summary.fingerprint
}

/** The run that is left on the page reads other data than the experiment that could not start. */
function isOfOtherData({ status, run, experiment }: Store): boolean {
  if (status !== 'starting' || !run) return false
  return JSON.stringify(run.experiment.dataset) !== JSON.stringify(experiment.dataset)
}

/** A run that was set back to a checkpoint has not been further yet. */
function withoutLater(state: RunSlice, now: number): Partial<RunSlice> {
  const evaluations = state.evaluations.filter(({ step }) => step <= now)
  if (evaluations.length === state.evaluations.length) return {}
  const last = evaluations.at(-1) ?? null
  return {
    evaluations,
    history: state.history.map((record) => (record.runId === state.runId ? { ...record, last } : record)),
  }
}

function withEvaluations(state: RunSlice, told: Evaluation[]): Partial<RunSlice> {
  const last = told.at(-1) ?? null
  const best = told.findLast(({ isBest, step }) => isBest && step > 0)
  return {
    evaluations: [...state.evaluations, ...told],
    history: state.history.map((record) =>
      record.runId === state.runId ? { ...record, last: last ?? record.last, best: best ?? record.best } : record,
    ),
  }
}
