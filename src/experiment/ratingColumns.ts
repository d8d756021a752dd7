import type { ColumnSummary } from './dataSummary'

/** The three columns that a dot product of users and items needs. */
export interface RatingColumns {
  user: string
  item: string
  rating: string
}

const USER = /^(user|viewer|customer|member|reader|person|reviewer|account)(_?(id|name|key))?$/i
const ITEM = /^(item|film|movie|book|product|song|track|artist|article|anime|game|business)(_?(id|name|key|title))?$/i
const RATING = /^(rating|score|stars|grade|rate)(_?value)?$/i

/** Who rated what and how, told by the names of the columns; null when the table does not look like ratings. */
export function ratingColumns(columns: Pick<ColumnSummary, 'name' | 'type'>[]): RatingColumns | null {
  const find = (pattern: RegExp, types: ColumnSummary['type'][]) =>
    columns.find((column) => pattern.test(column.name) && types.includes(column.type))?.name
  const user = find(USER, ['integer', 'string'])
  const item = find(ITEM, ['integer', 'string'])
  const rating = find(RATING, ['integer', 'number'])
  return user === undefined || item === undefined || rating === undefined ? null : { user, item, rating }
}
