/** Monday = 0, as in the data. */
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `17 to 18 h`. */
export function hourSpan(hour: number): string {
  return `${hour} to ${hour + 1} h`
}
