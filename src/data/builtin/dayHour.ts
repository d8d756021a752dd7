import { createRandom, type Random } from '../../lib/random'
import type { Column, DataSet } from '../table'
import { type DayHourFile, type DayHourProfile, dayHourFileSchema } from './builtinFiles'
import { describeColumn, sampleRows } from './describeColumn'

const weeks = 200
const hoursOfWeek = 168
const seed = 168

/**
 * 200 weeks of hours (33,600 rows), drawn around the measured mean and standard deviation of each hour of the week.
 * Hours are drawn apart from one another: what a cell cannot tell (weather, season, the hour before) is not in these rows.
 */
export function loadDayHour(file: unknown): DataSet {
  const { profiles } = dayHourFileSchema.parse(file)
  const rowCount = weeks * hoursOfWeek
  const hour = Int32Array.from({ length: rowCount }, (_, row) => row % 24)
  const day = Int32Array.from({ length: rowCount }, (_, row) => Math.floor((row % hoursOfWeek) / 24))
  const columns: Column[] = [
    { name: 'day', type: 'integer', values: day },
    { name: 'hour', type: 'integer', values: hour },
    ...profiles.map((profile): Column => ({ name: profile.column, type: 'integer', values: drawProfile(profile) })),
  ]
  return {
    table: { name: 'dayHour', rowCount, columns },
    entities: [],
    summary: {
      name: 'dayHour',
      title: 'Day × hour',
      fingerprint: 'builtin-dayHour-1',
      rowCount,
      columns: columns.map((column) => {
        if (column.name === 'day') return describeColumn(column, { unit: 'Monday = 0', meaning: 'dayOfWeek' })
        if (column.name === 'hour') return describeColumn(column, { unit: 'h', meaning: 'hourOfDay' })
        const profile = profiles.find((candidate) => candidate.column === column.name)
        return describeColumn(column, profile ? { unit: profile.unit } : {})
      }),
      sampleRows: sampleRows(columns),
      nature: 'simulated',
      natureText:
        'Four measured weekly profiles: the mean and the spread of each hour of the week were measured, years of hours of each. ' +
        `The rows themselves are drawn: ${weeks} weeks of hours around those values, from a gamma distribution with the measured mean and standard deviation, rounded to whole counts.`,
      source: sourceText({ version: 1, profiles }),
      licence: [...new Set(profiles.map(({ licence }) => licence))].join('; '),
      kind: 'table',
      warnings: [],
    },
  }
}

function sourceText({ profiles }: DayHourFile): string {
  return profiles.map(({ title, source, citation }) => `${title}: ${source}. ${citation}`).join('\n')
}

/** A normal draw would make an eighth of the hours of day visitors negative; a gamma draw cannot. */
function drawProfile({ column, cells }: DayHourProfile): Int32Array {
  const random = createRandom(seed, column)
  return Int32Array.from({ length: weeks * hoursOfWeek }, (_, row) => {
    const [mean, deviation] = cells[row % hoursOfWeek]!
    return Math.round(drawGamma(mean, deviation, random))
  })
}

/** Gamma with the given mean and standard deviation: shape (mean/deviation)², scale deviation²/mean. */
function drawGamma(mean: number, deviation: number, random: Random): number {
  if (mean === 0) return 0
  return (random.gamma((mean / deviation) ** 2) * deviation * deviation) / mean
}
