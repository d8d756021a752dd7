import { existsSync, openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Real data that is too large or not free to be kept in the repository: looked for in `../shared/data` beside the checkout. */
export function sharedData(name: string): string | null {
  const path = fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url))
  return existsSync(path) ? path : null
}

/** I-94 traffic with its weather (CC BY 4.0); `data/i94-traffic.csv.gz` holds two of its columns. */
export const i94Csv = sharedData('Metro_Interstate_Traffic_Volume.csv')

/** A file on the disk as a page gets it from a file picker. */
export async function fileFrom(path: string): Promise<File> {
  return new File([await openAsBlob(path)], basename(path))
}
