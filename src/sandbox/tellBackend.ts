import { getBackend } from '@tensorflow/tfjs-core'
import type { Post } from './post'

export interface BackendTeller {
  /** Tells the page which backend computes, where it is another than it was told last: the code may set one itself. */
  look(): void
  /** A kernel that WebAssembly has not was computed in plain JavaScript. */
  borrowed(kernelName: string): void
}

export function createBackendTeller(post: Post): BackendTeller {
  const kernels: string[] = []
  let told = ''
  const tell = () => post({ type: 'backend', name: told, borrowed: kernels.slice(0, 40) })
  return {
    look() {
      const name = getBackend().slice(0, 20)
      if (name === told) return
      told = name
      tell()
    },
    borrowed(kernelName) {
      kernels.push(kernelName)
      tell()
    },
  }
}
