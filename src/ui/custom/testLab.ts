import type { BlobDatabase } from '../../sandbox/blobDatabase'
import type { SandboxReport } from '../../sandbox/client'
import { compileCode } from '../../sandbox/compileCode'
import type { SandboxCommand } from '../../sandbox/protocol'
import { createCodeMemory } from './codeMemory'
import { createLab } from './lab'

export function memoryBlobs(): BlobDatabase {
  const blobs = new Map<string, Uint8Array>()
  const key = (document: string, name: string) => `${document}\0${name}`
  return {
    save: async (document, name, bytes) => void blobs.set(key(document, name), bytes),
    load: async (document, name) => blobs.get(key(document, name)) ?? null,
    list: async (document, prefix) =>
      [...blobs]
        .filter(([name]) => name.startsWith(key(document, prefix)))
        .map(([name, bytes]) => ({ name: name.split('\0')[1]!, bytes: bytes.length })),
    delete: async (document, name) => void blobs.delete(key(document, name)),
    clear: async (document) => {
      for (const name of blobs.keys()) if (name.startsWith(key(document, ''))) blobs.delete(name)
    },
  }
}

/** A lab whose sandboxes are this test: `say` speaks for the one that runs. */
export function openLab(blobs = memoryBlobs(), memory = createCodeMemory(null)) {
  const sent: SandboxCommand[] = []
  const hears: ((report: SandboxReport) => void)[] = []
  let destroyed = 0
  let starts = 0
  const locked = new Set<string>()
  const lab = createLab({
    memory,
    blobs,
    nowMs: () => Date.now(),
    compile: async (code) => compileCode(code),
    readFile: async () => new Uint8Array([1]),
    async lockDocument(document) {
      if (locked.has(document)) return null
      locked.add(document)
      return () => void locked.delete(document)
    },
    openedFiles: () => ({ files: [], dateOrders: {} }),
    startSandbox(onReport) {
      starts++
      hears.push(onReport)
      return { send: (command) => sent.push(command), destroy: () => destroyed++ }
    },
  })
  return {
    lab,
    sent,
    say: (report: SandboxReport) => hears.at(-1)!(report),
    blobs,
    destroyed: () => destroyed,
    starts: () => starts,
    locked,
  }
}

export const checkpoint = 'm/model.ckpt-20.safetensors'
