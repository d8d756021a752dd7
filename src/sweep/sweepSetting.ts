import { categoricalName } from '../experiment/columnName'
import type { CategoricalColumn, DenseColumn, Experiment } from '../experiment/experiment'

/** The one setting that a sweep varies; `column` indexes the experiment's columns. */
export type SweepSetting =
  | { kind: 'dimension'; column: number }
  | { kind: 'hashBucketSize'; column: number }
  | { kind: 'learningRate' }
  | { kind: 'batchSize' }

/** What can be swept in this experiment. Both sides of a dot product share one dimension: it is there once. */
export function sweepSettings({ columns, model }: Experiment): SweepSetting[] {
  const dimensions = columns.flatMap((column, index): SweepSetting[] =>
    column.type === 'embedding' ? [{ kind: 'dimension', column: index }] : [],
  )
  const hashed = columns.flatMap((column, index): SweepSetting[] =>
    column.type !== 'numeric' && isHashable(column.categorical) ? [{ kind: 'hashBucketSize', column: index }] : [],
  )
  return [
    ...(model.type === 'dotProduct' ? dimensions.slice(0, 1) : dimensions),
    ...hashed,
    { kind: 'learningRate' },
    { kind: 'batchSize' },
  ]
}

/** `dimension of film`, `hash buckets of day × hour`. */
export function settingName(setting: SweepSetting, { columns, model }: Experiment): string {
  if (setting.kind === 'learningRate') return 'learning rate'
  if (setting.kind === 'batchSize') return 'batch size'
  const column = columns[setting.column]
  const name = column && column.type !== 'numeric' ? categoricalName(column.categorical).replaceAll('_X_', ' × ') : ''
  if (setting.kind === 'hashBucketSize') return `hash buckets of ${name}`
  return model.type === 'dotProduct' ? 'dimension' : `dimension of ${name}`
}

/** The experiment with another value of the setting and nothing else changed. An exact cross becomes the hashed one. */
export function withSetting(experiment: Experiment, setting: SweepSetting, value: number): Experiment {
  switch (setting.kind) {
    case 'dimension':
      return { ...experiment, columns: withDimension(experiment, setting.column, value) }
    case 'hashBucketSize':
      return {
        ...experiment,
        columns: experiment.columns.map((column, i) => (i === setting.column ? withBuckets(column, value) : column)),
      }
    case 'learningRate':
      return { ...experiment, optimizer: { ...experiment.optimizer, learningRate: value } }
    case 'batchSize':
      return { ...experiment, batchSize: value }
  }
}

/** What a sweep of the setting begins with. `buckets`: of the column that is hashed; other settings do not read it. */
export function suggestValues({ kind }: SweepSetting, buckets: number): number[] {
  if (kind === 'dimension') return [1, 2, 3, 4, 8, 16, 32]
  if (kind === 'learningRate') return [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
  if (kind === 'batchSize') return [64, 256, 1024, 4096]
  const scaled = [0.25, 0.5, 1, 2, 4, 8].map((share) => Math.max(1, Math.round(buckets * share)))
  return [...new Set(scaled)]
}

/** More of it costs memory and time, so that the smallest good value is worth finding; a rate is only better or worse. */
export function hasCost({ kind }: SweepSetting): boolean {
  return kind === 'dimension' || kind === 'hashBucketSize'
}

function isHashable({ type }: CategoricalColumn): boolean {
  return type === 'hashBucket' || type === 'crossed'
}

function withDimension({ columns, model }: Experiment, index: number, dimension: number): DenseColumn[] {
  return columns.map((column, i) =>
    column.type === 'embedding' && (i === index || model.type === 'dotProduct') ? { ...column, dimension } : column,
  )
}

function withBuckets(column: DenseColumn, hashBucketSize: number): DenseColumn {
  if (column.type === 'numeric') return column
  const { categorical } = column
  if (categorical.type === 'hashBucket') return { ...column, categorical: { ...categorical, hashBucketSize } }
  if (categorical.type !== 'crossed') return column
  return { ...column, categorical: { ...categorical, hashBucketSize, exact: false } }
}
