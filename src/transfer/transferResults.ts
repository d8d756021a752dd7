import { type StartKind, startKinds } from '../experiment/transferSettings'
import { csvField } from '../lib/csvField'
import { type CellState, type Spread, spread } from '../sweep/sweepResults'
import type { TransferPlan } from './planTransfer'

/** Validation R² of one kind of student at one number of labels. */
export interface SizeSummary extends Spread {
  size: number
  /** By seed, in the order of the plan. */
  runs: { seed: number; r2: number }[]
}

export type TransferSummary = Record<StartKind, SizeSummary[]>

/** Sizes of which at least one run is done, ascending. `cells` beside `plan.cells`. */
export function summarizeTransfer(plan: TransferPlan, cells: readonly CellState[]): TransferSummary {
  const ofKind = (kind: StartKind) =>
    plan.settings.sizes.flatMap((size): SizeSummary[] => {
      const runs = plan.cells.flatMap((cell, i) => {
        const state = cells[i]!
        if (cell.kind !== kind || cell.size !== size || state.state !== 'done') return []
        return [{ seed: cell.seed, r2: state.last.validation.r2 ?? Number.NaN }]
      })
      return runs.length === 0 ? [] : [{ size, runs, ...spread(runs.map(({ r2 }) => r2)) }]
    })
  return { scratch: ofKind('scratch'), frozen: ofKind('frozen'), fineTuned: ofKind('fineTuned') }
}

/**
 * How many labels the cold start needs to do as well as the frozen vectors: where the means cross, straight between two sizes on a logarithmic axis. null
 * where they don't, `'before'` where the cold start is no worse at the fewest labels.
 */
export function crossingOf({ scratch, frozen }: TransferSummary): number | 'before' | null {
  const lead = scratch.flatMap(({ size, mean }) => {
    const other = frozen.find((summary) => summary.size === size)
    return other ? [{ size, lead: mean - other.mean }] : []
  })
  const at = lead.findIndex((point) => point.lead >= 0)
  if (at < 0) return null
  const [before, after] = [lead[at - 1], lead[at]!]
  if (!before) return 'before'
  const along = before.lead / (before.lead - after.lead)
  return before.size * (after.size / before.size) ** along
}

/** The students as CSV: a line for each, finished or not, in the order of `plan.cells`. `source`: what they start from. */
export function transferCsv(
  { settings, cells: planned }: TransferPlan,
  cells: readonly CellState[],
  source: string,
): string {
  const header = 'student,source,dimension,start,labels,seed,state,train_r2,validation_r2,message'
  const lines = planned.map(({ kind, size, seed }, i) => {
    const cell = cells[i]!
    const read = cell.state === 'done' ? [cell.last.train.r2 ?? '', cell.last.validation.r2 ?? ''] : ['', '']
    const message = cell.state === 'failed' ? cell.message : ''
    return [settings.student, source, settings.dimension, kind, size, seed, cell.state, ...read, message]
      .map(csvField)
      .join(',')
  })
  return `${[header, ...lines].join('\n')}\n`
}

/** What is looked at before anything is chosen: few labels, but not the fewest. undefined while there is no size. */
export function sizeShown(sizes: readonly number[], chosen: number | null): number | undefined {
  return sizes.find((size) => size === chosen) ?? sizes.find((size) => size >= 20) ?? sizes[0]
}

/** Of a summary, all sizes that any kind has. */
export function sizesOf(summary: TransferSummary): number[] {
  return [...new Set(startKinds.flatMap((kind) => summary[kind].map(({ size }) => size)))].sort((a, b) => a - b)
}
