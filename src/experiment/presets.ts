import type { ColumnSummary } from './dataSummary'
import type { CategoricalColumn, DenseColumn, Experiment } from './experiment'
import { categoricalColumnWithIdentity, crossedColumn, embeddingColumn } from './featureColumn'

/** Names of the columns that hold the day of week (Monday = 0) and the hour. */
export interface DayHourKeys {
  day: string
  hour: string
}

export type DayHourFeatures = 'cross' | 'separate' | 'hourOnly'

/** The first date's day and hour of a data set; null when it has none. */
export function dayHourKeys(
  columns: readonly Pick<ColumnSummary, 'name' | 'meaning' | 'derivedFrom'>[],
): DayHourKeys | null {
  for (const day of columns) {
    if (day.meaning !== 'dayOfWeek') continue
    const hour = columns.find(({ meaning, derivedFrom }) => meaning === 'hourOfDay' && derivedFrom === day.derivedFrom)
    if (hour) return { day: day.name, hour: hour.name }
  }
  return null
}

/** Which of the three ways an experiment reads day and hour; null when none of them. */
export function dayHourFeatures(experiment: Experiment, keys: DayHourKeys): DayHourFeatures | null {
  const read = experiment.columns.filter((column) => readsDayOrHour(column, keys))
  const alone = read.map((column) => (column.type === 'numeric' ? null : soleKey(column.categorical)))
  if (read.length === 1 && alone[0] === keys.hour) return 'hourOnly'
  if (read.length === 1 && crossesBoth(read[0]!, keys)) return 'cross'
  return read.length === 2 && alone.includes(keys.day) && alone.includes(keys.hour) ? 'separate' : null
}

/**
 * The same experiment reading day and hour as a cross, as two separate embeddings, or the hour alone. Other columns stay; dimension and
 * initializer are those of the first embedding that was there.
 */
export function withDayHourFeatures(experiment: Experiment, features: DayHourFeatures, keys: DayHourKeys): Experiment {
  const before = experiment.columns.filter((column) => readsDayOrHour(column, keys))
  const model = before.find((column) => column.type === 'embedding')
  const embed = (categorical: CategoricalColumn) =>
    embeddingColumn(categorical, model?.dimension ?? 2, { initializerStddev: model?.initializerStddev ?? null })
  const cross = before.find((column) => crossesBoth(column, keys))
  const day = embed(categoricalColumnWithIdentity(keys.day, 7))
  const hour = embed(categoricalColumnWithIdentity(keys.hour, 24))
  const replacement: Record<DayHourFeatures, DenseColumn[]> = {
    cross: [cross ?? embed(crossedColumn([keys.day, keys.hour], 24 * 7, { exact: true }))],
    separate: [day, hour],
    hourOnly: [hour],
  }
  const others = experiment.columns.filter((column) => !before.includes(column))
  return { ...experiment, columns: [...replacement[features], ...others] }
}

/** Every cross without collisions, or hashed into the `24*7` buckets of the course. Columns without a cross stay as they are. */
export function withCrossKind(experiment: Experiment, kind: 'exact' | 'hashed'): Experiment {
  const change = (column: DenseColumn): DenseColumn => {
    if (column.type === 'numeric' || column.categorical.type !== 'crossed') return column
    const { categorical } = column
    const hashBucketSize = kind === 'hashed' ? 24 * 7 : categorical.hashBucketSize
    return { ...column, categorical: { ...categorical, hashBucketSize, exact: kind === 'exact' } }
  }
  return { ...experiment, columns: experiment.columns.map(change) }
}

function soleKey(column: CategoricalColumn): string | null {
  return column.type === 'crossed' ? null : column.key
}

function keysOf(column: CategoricalColumn): string[] {
  if (column.type !== 'crossed') return [column.key]
  return column.keys.map((key) => (typeof key === 'string' ? key : key.key))
}

function readsDayOrHour(column: DenseColumn, { day, hour }: DayHourKeys): boolean {
  const keys = column.type === 'numeric' ? [column.key] : keysOf(column.categorical)
  return keys.every((key) => key === day || key === hour)
}

function crossesBoth(column: DenseColumn, { day, hour }: DayHourKeys): boolean {
  if (column.type === 'numeric' || column.categorical.type !== 'crossed') return false
  const keys = keysOf(column.categorical)
  return keys.length === 2 && keys.includes(day) && keys.includes(hour)
}
