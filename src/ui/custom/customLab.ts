import { createBlobDatabase } from '../../sandbox/blobDatabase'
import { createSandbox } from '../../sandbox/client'
import { compileAside } from '../../sandbox/compileAside'
import type { AppStore } from '../../store/store'
import { createCodeMemory } from './codeMemory'
import { createLab, type Lab } from './lab'
import { lockDocument } from './lockDocument'
import { createTabMemory } from './tabMemory'

let lab: Lab | null = null

/** The one lab of this visit: a model trains on while the person looks at another page. */
export function customLab(app: AppStore): Lab {
  if (lab) return lab
  const blobs = createBlobDatabase()
  lab = createLab({
    // Nobody finds the checkpoints of code that is gone.
    memory: createCodeMemory(
      storageOf(() => localStorage),
      (document) => void blobs.clear(document).catch(() => {}),
    ),
    blobs,
    startSandbox: createSandbox,
    compile: compileAside,
    lockDocument,
    nowMs: () => performance.now(),
    async readFile(path) {
      const response = await fetch(new URL(path, document.baseURI))
      if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`)
      return new Uint8Array(await response.arrayBuffer())
    },
    openedFiles() {
      const { broughtFiles, experiment } = app.getState()
      return { files: Object.values(broughtFiles).at(-1) ?? [], dateOrders: experiment.dateOrders }
    },
  })
  return lab
}

/** Of this visit. */
export const tabMemory = createTabMemory(
  storageOf(() => sessionStorage),
  performance.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'reload'),
)

/** Null where the browser refuses it. */
function storageOf(read: () => Storage): Storage | null {
  try {
    return read()
  } catch {
    return null
  }
}
