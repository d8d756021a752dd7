/** A table in words: `film_embedding` → `film`, `day_X_hour_embedding` → `day × hour`. */
export function tableTitle(name: string): string {
  return name
    .replace(/_(embedding|indicator)$/, '')
    .replace(/_bucketized/g, '')
    .replaceAll('_X_', ' × ')
    .replaceAll('_', ' ')
}
