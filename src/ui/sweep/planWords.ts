import { formatCount } from '../../lib/formatNumber'
import type { SweepPlan } from '../../sweep/planSweep'

/** What all runs learn from: `400 rows`, `all rows`. */
export function rowsWords({ base }: SweepPlan): string {
  const sample = base.split.trainSample
  return sample ? `${formatCount(sample.rows)} rows` : 'all rows'
}

/** `7 values × 3 seeds, 40 epochs of all rows each` */
export function planWords(plan: SweepPlan): string {
  const { values, seeds, epochs } = plan
  const seedWords = seeds.length === 1 ? '1 seed' : `${seeds.length} seeds`
  const epochWords = epochs === 1 ? '1 epoch' : `${formatCount(epochs)} epochs`
  return `${values.length} values × ${seedWords}, ${epochWords} of ${rowsWords(plan)} each`
}
