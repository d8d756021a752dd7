import { tidy } from '@tensorflow/tfjs-core'
import { createRandom } from '../../lib/random'
import { disposeBatch, type Features, isTensor } from '../features'
import { ModeKeys } from '../modeKeys'
import type { ModelSession } from '../modelSession'
import { createRecorder } from './createRecorder'
import { type ProbeBatch, type ProbeOptions, probeBatch } from './probeBatch'
import { servedOutputs } from './servedOutputs'
import type { Trace, TracedSignature } from './trace'

/** Two say how a number follows the rows of a batch, a third whether it does. */
const PROBED_ROWS = [2, 3, 5]
/** No table has more rows. */
const MOST_BELOW = 2 ** 24

/** What the model function computes in PREDICT mode, for batches of several sizes with other values in each. Throws what the function throws. */
export function traceModel(session: ModelSession, example: Features): Trace[] {
  const options = { random: createRandom(1, 'export'), onlyGiven: false, below: new Map<string, number>() }
  let first: Trace[]
  try {
    first = tracesOf(session, example, options)
  } catch {
    // Values of our own are none that the function takes: those of the example must be.
    return tracesOf(session, example, { ...options, onlyGiven: true })
  }
  // Ids that the function's own code reads: from all of the table, so that what it does to large ones is seen.
  for (const name of wholeNumbersRead(example, first)) {
    options.below.set(name, widest(session, example, name, { ...options, rows: 3 }))
  }
  return options.below.size > 0 ? tracesOf(session, example, options) : first
}

function tracesOf(session: ModelSession, example: Features, options: Omit<ProbeOptions, 'rows'>): Trace[] {
  const probe = (rows: number) => probeBatch(example, { ...options, rows })
  // Makes the variables.
  call(session, probe(PROBED_ROWS[0]!))
  return PROBED_ROWS.map((rows) => traceOf(session, probe(rows)))
}

function wholeNumbersRead(example: Features, traces: readonly Trace[]): string[] {
  return Object.entries(example).flatMap(([name, value]) =>
    !isTensor(value) && value.type === 'integer' && traces.some(({ read }) => read.has(name)) ? [name] : [],
  )
}

/** The largest power of two below which every number of a feature is taken. */
function widest(session: ModelSession, example: Features, name: string, options: ProbeOptions): number {
  for (let below = 2; below < MOST_BELOW; below *= 2) {
    const wider = new Map([...(options.below ?? []), [name, below * 2]])
    try {
      // Several draws: one may miss the upper half.
      for (let draw = 0; draw < 3; draw++) call(session, probeBatch(example, { ...options, below: wider }))
    } catch {
      return below
    }
  }
  return MOST_BELOW
}

function call(session: ModelSession, { features }: ProbeBatch): void {
  try {
    tidy(() => {
      session.call(features, null, ModeKeys.PREDICT)
    })
  } finally {
    disposeBatch({ features })
  }
}

function traceOf(session: ModelSession, { rows, features, values, read }: ProbeBatch): Trace {
  const recorder = createRecorder(features, session.variables)
  let signatures: Record<string, TracedSignature> = {}
  try {
    tidy(() => {
      const { exportOutputs, predictions } = recorder.record(() => session.call(features, null, ModeKeys.PREDICT))
      const served = Object.entries(servedOutputs(exportOutputs, predictions!))
      signatures = Object.fromEntries(
        served.map(([name, { kind, outputs }]) => {
          const traced = Object.entries(outputs).map(([key, tensor]) => [key, recorder.traced(tensor)])
          return [name, { kind, outputs: Object.fromEntries(traced) }]
        }),
      )
    })
  } finally {
    disposeBatch({ features })
  }
  return { rows, kernels: recorder.kernels, signatures, values, read }
}
