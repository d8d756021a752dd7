import { tidy } from '@tensorflow/tfjs-core'
import { createRandom } from '../../lib/random'
import { disposeBatch, type Features, isTensor } from '../features'
import { sizeOf } from '../initializers'
import { ModeKeys } from '../modeKeys'
import type { ModelSession } from '../modelSession'
import { createRecorder } from './createRecorder'
import { ExportError } from './exportError'
import { type Draws, type ProbeBatch, type ProbeOptions, probeBatch } from './probeBatch'
import { servedOutputs } from './servedOutputs'
import type { Trace, TracedSignature } from './trace'

/** Two say how a number follows the rows of a batch, more whether it does; the last one, whether also in a large batch. */
const PROBED_ROWS = [2, 3, 5, 131] as const
/** In the last one: less where a row holds many. */
const MOST_NUMBERS = 2 ** 18
/** No table has more rows. */
const MOST_BELOW = 2 ** 24

const DRAWS: readonly Draws[] = ['any', 'usual', 'given']

/** What the model function computes in PREDICT mode, for batches of several sizes with other values in each. Throws what the function throws. */
export function traceModel(session: ModelSession, example: Features): Trace[] {
  const random = createRandom(1, 'export')
  let failure: unknown
  for (const draws of DRAWS) {
    try {
      return draws === 'given'
        ? tracesOf(session, example, { random, draws })
        : widelyTraced(session, example, { random, draws })
    } catch (error) {
      if (error instanceof ExportError) throw error
      // Values of our own are none that the function takes: others may be, at last those of the example.
      failure = error
    }
  }
  throw failure
}

type Drawing = Omit<ProbeOptions, 'rows'>

/** Ids that the function's own code reads are drawn from all of the table, so that what it does to large ones is seen. */
function widelyTraced(session: ModelSession, example: Features, drawing: Drawing): Trace[] {
  const first = tracesOf(session, example, drawing)
  const below = new Map<string, number>()
  for (const name of wholeNumbersRead(example, first)) {
    below.set(name, widest(session, example, name, { ...drawing, below, rows: 3 }))
  }
  return below.size > 0 ? tracesOf(session, example, { ...drawing, below }) : first
}

function tracesOf(session: ModelSession, example: Features, drawing: Drawing): Trace[] {
  const probe = (rows: number) => probeBatch(example, { ...drawing, rows })
  const [few] = PROBED_ROWS
  // Makes the variables.
  call(session, probe(few))
  const width = Math.max(
    1,
    ...Object.values(example).map((value) => (isTensor(value) ? sizeOf(value.shape.slice(1)) : 1)),
  )
  const most = Math.max(7, Math.floor(MOST_NUMBERS / width))
  return PROBED_ROWS.map((rows) => traceOf(session, probe(Math.min(rows, most))))
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
      // Several draws: one may miss what lies in between.
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
