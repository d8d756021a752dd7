/** A value as a field of a CSV line (RFC 4180): in quotes where it holds a comma, a quote or an end of line. */
export function csvField(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
