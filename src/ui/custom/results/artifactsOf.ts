import type { StoredBlob } from '../lab'

/** A folder that an exporter wrote. */
export interface Artifact {
  /** `lstm/export/latest/300` */
  path: string
  files: StoredBlob[]
}

/** The exported models among the stored blobs: all that lies below `export/<exporter>/<number>`, newest first. */
export function artifactsOf(stored: readonly StoredBlob[]): Artifact[] {
  const folders = new Map<string, StoredBlob[]>()
  for (const blob of stored) {
    const path = blob.name.match(/^.*\/?export\/[^/]+\/\d+(?=\/)/)?.[0]
    if (path !== undefined) folders.set(path, [...(folders.get(path) ?? []), blob])
  }
  const numberOf = (path: string) => Number(path.match(/\d+$/)?.[0])
  return [...folders]
    .map(([path, files]) => ({ path, files }))
    .sort((a, b) => numberOf(b.path) - numberOf(a.path) || a.path.localeCompare(b.path))
}
