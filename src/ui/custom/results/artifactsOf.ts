import type { StoredBlob } from '../lab'

/** A folder that an exporter wrote. */
export interface Artifact {
  /** `lstm/export/latest/300` */
  path: string
  files: StoredBlob[]
}

/** The exported models among the stored blobs: all that lies below `export/<exporter>/<number>`, newest first. One whose `model.json` is missing was not written to its end. */
export function artifactsOf(stored: readonly StoredBlob[]): Artifact[] {
  const folders = new Map<string, StoredBlob[]>()
  for (const blob of stored) {
    const path = blob.name.match(/^.*\/?export\/[^/]+\/\d+(?=\/)/)?.[0]
    if (path !== undefined) folders.set(path, [...(folders.get(path) ?? []), blob])
  }
  const numberOf = (path: string) => Number(path.match(/\d+$/)?.[0])
  return [...folders]
    .filter(([path, files]) => files.some(({ name }) => name === `${path}/model.json`))
    .map(([path, files]) => ({ path, files }))
    .sort((a, b) => numberOf(b.path) - numberOf(a.path) || a.path.localeCompare(b.path))
}

/** A file's name in the downloaded archive: the code named it, and no name leads out of the folder it is unpacked in. */
export function entryName(path: string, name: string): string {
  const parts = name.slice(path.length + 1).split(/[\\/]/)
  return parts.map((part) => part.replaceAll(/[^\w.-]/g, '-').replace(/^(\.*|__proto__)$/, '-')).join('/')
}
