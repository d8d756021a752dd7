import type { ColumnPart } from './columnParts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What a person calls a value: `Fri` for day 4, `17 h` for hour 17, `May` for month 5, a film's title for its id. */
export function labelOfValue({ meaning, entity }: Pick<ColumnPart, 'meaning' | 'entity'>, text: string): string {
  const position = entity?.index.get(text)
  if (entity && position !== undefined) return entity.labels[position]!
  if (meaning === 'hourOfDay') return `${text} h`
  if (meaning === 'dayOfWeek') return DAYS[Number(text)] ?? text
  if (meaning === 'month') return MONTHS[Number(text) - 1] ?? text
  return text
}
