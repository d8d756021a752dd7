/**
 * What is known of a table's rows apart from their vectors: which belong together, and how far apart two are. Rows are numbered
 * 0 … rows − 1; nothing here is ever asked of a row that lacks the fact.
 */
export interface Truth {
  rows: number
  related(a: number, b: number): boolean
  /** In the truth's own unit; 0 for the same place. */
  distance(a: number, b: number): number
}

/** Related: the same category. `ordered`: categories lie as far apart as their codes do; otherwise any two lie 1 apart. */
export function sameCategory(codes: ArrayLike<number>, ordered: boolean): Truth {
  const distance = ordered
    ? (a: number, b: number) => Math.abs(codes[a]! - codes[b]!)
    : (a: number, b: number) => Number(codes[a] !== codes[b])
  return { rows: codes.length, related: (a, b) => codes[a] === codes[b], distance }
}

const EARTH_RADIUS_KM = 6371.0088
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** A place on the Earth, in degrees. */
export interface Place {
  latitude: number
  longitude: number
}

/** Along a great circle of a sphere of the Earth's mean radius (haversine). */
export function kilometresBetween(a: Place, b: Place): number {
  const [from, to] = [radians(a.latitude), radians(b.latitude)]
  const north = Math.sin((to - from) / 2) ** 2
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, north + Math.cos(from) * Math.cos(to) * east)))
}

/** Related: at most `limitKm` apart. Degrees. */
export function withinDistance(latitudes: ArrayLike<number>, longitudes: ArrayLike<number>, limitKm: number): Truth {
  const place = (row: number): Place => ({ latitude: latitudes[row]!, longitude: longitudes[row]! })
  const distance = (a: number, b: number) => kilometresBetween(place(a), place(b))
  return { rows: latitudes.length, related: (a, b) => distance(a, b) <= limitKm, distance }
}

/** Steps from one place to another on a circle of `period` steps, the short way. */
export function stepsOnCircle(a: number, b: number, period: number): number {
  const ahead = (((a - b) % period) + period) % period
  return Math.min(ahead, period - ahead)
}

/** Related: next to one another on a circle of `period` whole steps, or the same place; distance: steps, the short way. */
export function adjacentOnCircle(values: ArrayLike<number>, period: number): Truth {
  const distance = (a: number, b: number) => stepsOnCircle(values[a]!, values[b]!, period)
  return { rows: values.length, related: (a, b) => distance(a, b) <= 1, distance }
}

/**
 * Hours of the week; `days` with Monday = 0. Related: an hour earlier or later, over midnight too, or the same hour on a like day
 * (both Monday to Friday, or both on the weekend). Distance: hours apart on the clock, whatever the day.
 */
export function hoursOfWeek(days: ArrayLike<number>, hours: ArrayLike<number>): Truth {
  const hourOfWeek = Array.from(days, (day, row) => day * 24 + hours[row]!)
  return {
    rows: days.length,
    related(a, b) {
      if (hours[a] === hours[b]) return days[a]! >= 5 === days[b]! >= 5
      return stepsOnCircle(hourOfWeek[a]!, hourOfWeek[b]!, 7 * 24) <= 1
    },
    distance: (a, b) => stepsOnCircle(hours[a]!, hours[b]!, 24),
  }
}

/** The same facts dealt to other rows: row `a` has those that row `order[a]` had. What is left of a measure is chance. */
export function dealtTruth({ rows, related, distance }: Truth, order: ArrayLike<number>): Truth {
  return {
    rows,
    related: (a, b) => related(order[a]!, order[b]!),
    distance: (a, b) => distance(order[a]!, order[b]!),
  }
}
