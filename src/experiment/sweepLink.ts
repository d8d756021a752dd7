import * as z from 'zod/mini'
import { numberList } from './linkList'

export const sweepKinds = ['dimension', 'hashBucketSize', 'learningRate', 'batchSize'] as const

export const sweepLimits = { fewestValues: 2, values: 12, seeds: 10, epochs: 1000, fewestRows: 100 } as const

/** The Dimensions lab as its link has it. null: what suits the experiment. */
export interface SweepLink {
  /** Which setting is tried. */
  setting: (typeof sweepKinds)[number] | null
  /** Whose, by the name of its column; null: of the first that has one. */
  column: string | null
  /** Ascending. */
  values: readonly number[] | null
  seeds: number
  epochs: number | null
  /** To learn from. */
  rows: number | null
  /** What the chart shows; a name that the experiment's task lacks means null. */
  metric: string | null
  /** Which epoch of a run counts: the last one shows overfitting, the best one is what early stopping would keep. */
  at: 'last' | 'best'
}

export const defaultSweep: SweepLink = {
  setting: null,
  column: null,
  values: null,
  seeds: 3,
  epochs: null,
  rows: null,
  metric: null,
  at: 'last',
}

const count = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))
const name = z.string().check(z.maxLength(200))

export const sweepLinkSchema = z.object({
  setting: z.exactOptional(z.enum(sweepKinds)),
  column: z.exactOptional(name),
  values: z.exactOptional(numberList(z.number().check(z.positive()), sweepLimits.fewestValues, sweepLimits.values)),
  seeds: z.exactOptional(count(1, sweepLimits.seeds)),
  epochs: z.exactOptional(count(1, sweepLimits.epochs)),
  rows: z.exactOptional(count(sweepLimits.fewestRows, Number.MAX_SAFE_INTEGER)),
  metric: z.exactOptional(name),
  at: z.exactOptional(z.enum(['last', 'best'])),
})
