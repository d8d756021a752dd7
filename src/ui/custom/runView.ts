import { assertNever } from '../../lib/assertNever'
import type { SandboxReport } from '../../sandbox/client'
import type { SandboxEvent, Series, SpecMessage } from '../../sandbox/protocol'

/** `stopping`: it was asked to, and ends the step in hand. */
export type RunStatus = 'idle' | 'starting' | 'running' | 'stopping' | 'done' | 'failed' | 'stopped'
type EventOf<T extends SandboxEvent['type']> = Extract<SandboxEvent, { type: T }>
type Stepped = EventOf<'stepped'>

export interface ConsoleLine {
  id: number
  level: EventOf<'console'>['level']
  text: string
  /** How many times in a row it was said. */
  times: number
}

/** Losses of one Estimator over its steps, thinned out where there are many. */
export interface LossCurve {
  modelDir: string
  steps: readonly number[]
  losses: readonly number[]
}

export interface Evaluation {
  modelDir: string
  name: string
  globalStep: number
  metrics: Readonly<Record<string, number>>
}

export type DeclaredTable = Omit<EventOf<'tableDeclared'>, 'type'>
export type TableVectors = Omit<EventOf<'tableRead'>, 'type'>

/** What is seen of a run: everything that its sandbox has said, within bounds. */
export interface RunView {
  status: RunStatus
  /** What computes; null: not known yet. */
  backend: { name: string; borrowed: readonly string[] } | null
  /** Why it failed or was stopped, in words. */
  message: string | null
  at: { line: number; column: number } | null
  last: (Pick<Stepped, 'stepMs' | 'tensors' | 'leakedTensors'> & { step: number }) | null
  /** Steps in a row after which more tensors were left than before. */
  leakingSteps: number
  losses: readonly LossCurve[]
  evaluations: readonly Evaluation[]
  /** Of the latest checkpoint. */
  checkpoint: { path: string; globalStep: number; bytes: number } | null
  specs: Partial<Record<SpecMessage['mode'], SpecMessage>>
  tables: readonly DeclaredTable[]
  /** The newest of each table. */
  vectors: readonly TableVectors[]
  series: readonly Series[]
  console: readonly ConsoleLine[]
}

export const freshRun: RunView = {
  status: 'idle',
  backend: null,
  message: null,
  at: null,
  last: null,
  leakingSteps: 0,
  losses: [],
  evaluations: [],
  checkpoint: null,
  specs: {},
  tables: [],
  vectors: [],
  series: [],
  console: [],
}

const MOST_POINTS = 2000
const MOST_LINES = 400
const MOST_EVALUATIONS = 2000
/** Curves, tables, series. */
const MOST_NAMED = 12

/** The run after one more report; requests are answered elsewhere. */
export function withReport(run: RunView, report: SandboxReport): RunView {
  switch (report.type) {
    case 'ready':
      return { ...run, status: 'running' }
    case 'backend':
      return { ...run, backend: { name: report.name, borrowed: report.borrowed } }
    case 'alive':
    case 'exported':
    case 'request':
      return run
    case 'console':
      return { ...run, console: withLine(run.console, report) }
    case 'stepped':
      return withSteps(run, report)
    case 'evaluated': {
      const { type: _, ...evaluation } = report
      return { ...run, evaluations: [...run.evaluations, evaluation].slice(-MOST_EVALUATIONS) }
    }
    case 'checkpointSaved': {
      const { type: _, ...checkpoint } = report
      return { ...run, checkpoint }
    }
    case 'spec':
      return { ...run, specs: { ...run.specs, [report.parts.mode]: report.parts } }
    case 'tableDeclared': {
      const { type: _, ...table } = report
      return { ...run, tables: withNewest(run.tables, table, ({ name }) => name) }
    }
    case 'tableRead': {
      const { type: _, ...vectors } = report
      return { ...run, vectors: withNewest(run.vectors, vectors, ({ name }) => name) }
    }
    case 'series':
      return { ...run, series: withNewest(run.series, report.series, ({ title }) => title) }
    case 'done':
      return { ...run, status: 'done' }
    case 'failed': {
      const { message, line, column } = report
      return { ...run, status: 'failed', message, at: line === null ? null : { line, column: column ?? 1 } }
    }
    case 'broken':
      return { ...run, status: 'failed', message: report.message }
    default:
      return assertNever(report)
  }
}

/** `one` in the place of the one of its name, or at the end: what is seen keeps its place. */
function withNewest<T>(all: readonly T[], one: T, nameOf: (one: T) => string): readonly T[] {
  const place = all.findIndex((known) => nameOf(known) === nameOf(one))
  return place < 0 ? [...all, one].slice(-MOST_NAMED) : all.with(place, one)
}

function withLine(lines: readonly ConsoleLine[], { level, text }: EventOf<'console'>): readonly ConsoleLine[] {
  const last = lines.at(-1)
  if (last?.text === text && last.level === level) return [...lines.slice(0, -1), { ...last, times: last.times + 1 }]
  return [...lines, { id: (last?.id ?? 0) + 1, level, text, times: 1 }].slice(-MOST_LINES)
}

function withSteps(run: RunView, { modelDir, steps, losses, stepMs, tensors, leakedTensors }: Stepped): RunView {
  const curve = run.losses.find((known) => known.modelDir === modelDir) ?? { modelDir, steps: [], losses: [] }
  // An Estimator of the same folder that goes on at an earlier step writes that part anew.
  const kept = curve.steps.findLastIndex((step) => step < (steps[0] ?? 0)) + 1
  const longer = thinned({
    modelDir,
    steps: [...curve.steps.slice(0, kept), ...steps],
    losses: [...curve.losses.slice(0, kept), ...losses],
  })
  return {
    ...run,
    losses: withNewest(run.losses, longer, (curve) => curve.modelDir),
    last: { step: steps.at(-1) ?? 0, stepMs, tensors, leakedTensors },
    leakingSteps: leakedTensors > 0 ? run.leakingSteps + steps.length : 0,
  }
}

function thinned(curve: LossCurve): LossCurve {
  if (curve.steps.length <= MOST_POINTS) return curve
  const keep = (_: number, i: number) => i % 2 === 0 || i > curve.steps.length - 50
  return { ...curve, steps: curve.steps.filter(keep), losses: curve.losses.filter(keep) }
}
