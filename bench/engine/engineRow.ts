import { z } from 'zod'
import { quantile } from '../browser'

/** One figure of `bench/results/engine.json`, and what it is held against. */
export const engineRowSchema = z.object({
  /** Which comparison of docs/performance.md the row belongs to. */
  measure: z.string(),
  /** Of the data: `a`, `b`, `c` (bench/engine/shapes.ts), or in words. */
  shape: z.string(),
  /** Embedding dimension. */
  k: z.number(),
  /** Examples a step; 1 = one sample at a time. */
  batch: z.number(),
  optimizer: z.string(),
  /** What our side runs on. */
  backend: z.string(),
  /** Of our side. */
  threads: z.number(),
  /** Median over the rounds, in `unit`. */
  ours: z.number(),
  /** Likewise. */
  peer: z.number(),
  peerName: z.string(),
  unit: z.string(),
  /** Median over the rounds of how many times better ours was in that round: above 1 is ours. */
  ratio: z.number(),
  ratioMin: z.number(),
  ratioMax: z.number(),
  rounds: z.number(),
})
export type EngineRow = z.infer<typeof engineRowSchema>

type Subject = Pick<EngineRow, 'measure' | 'shape' | 'k' | 'batch' | 'optimizer' | 'backend' | 'threads' | 'peerName'>

/** `ours[r]` and `peer[r]` were measured one right after the other. Throws unless there are as many of each, and any. */
export function rowFromRounds(
  subject: Subject,
  ours: readonly number[],
  peer: readonly number[],
  { unit, better }: { unit: string; better: 'less' | 'more' },
): EngineRow {
  if (ours.length === 0 || ours.length !== peer.length)
    throw new RangeError(`${ours.length} rounds of ours beside ${peer.length} of ${subject.peerName}.`)
  const ratios = ours.map((value, round) => (better === 'less' ? peer[round]! / value : value / peer[round]!))
  return {
    ...subject,
    ours: median(ours),
    peer: median(peer),
    unit,
    ratio: median(ratios),
    ratioMin: Math.min(...ratios),
    ratioMax: Math.max(...ratios),
    rounds: ours.length,
  }
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}
