import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { CheckpointStorage } from './checkpointStorage'

/** Blobs as files under `folder`, for Node. A file is replaced whole: one that is being written is never read. Throws for names that lead out of the folder. */
export function diskStorage(folder: string): CheckpointStorage {
  const pathOf = (name: string) => {
    const path = join(folder, name)
    if (relative(folder, path).startsWith('..')) throw new Error(`${name} leads out of the folder of checkpoints.`)
    return path
  }
  return {
    async save(name, bytes) {
      const path = pathOf(name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.partial`, bytes)
      await rename(`${path}.partial`, path)
    },
    load: (name) => readFile(pathOf(name)).then((bytes) => new Uint8Array(bytes), nullIfMissing),
    async list(prefix) {
      const found = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(nullIfMissing)) ?? []
      return found
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.partial'))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((name) => name.startsWith(prefix))
    },
    delete: (name) => rm(pathOf(name), { force: true }),
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
