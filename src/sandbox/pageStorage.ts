import type { CheckpointStorage } from '../estimator/checkpointStorage'
import type { PageRequests } from './pageRequests'
import { bounds } from './protocol'

/** Checkpoints and exports in the page's own storage: a sandbox of an opaque origin has none. Refuses in words what the page would not take. */
export function pageStorage({ ask }: PageRequests): CheckpointStorage {
  return {
    async save(name, bytes) {
      checkBlob(name, bytes)
      await ask({ op: 'save', name, bytes: bytes.slice() })
    },
    async load(name) {
      const answer = await ask({ op: 'load', name })
      return answer instanceof Uint8Array ? answer : null
    },
    async list(name) {
      const answer = await ask({ op: 'list', name })
      return Array.isArray(answer) ? answer.filter((entry) => typeof entry === 'string') : []
    },
    async delete(name) {
      await ask({ op: 'delete', name })
    },
  }
}

function checkBlob(name: string, bytes: Uint8Array): void {
  if (name.length > bounds.blobName || name.includes('\0')) {
    throw new RangeError(
      `A file cannot be stored as '${name.slice(0, 40)}…': a name has ${bounds.blobName} characters.`,
    )
  }
  if (bytes.length <= bounds.blobBytes) return
  const megabytes = (count: number) => Math.ceil(count / 2 ** 20)
  throw new RangeError(
    `'${name}' has ${megabytes(bytes.length)} MB, and the page stores files of up to ${megabytes(bounds.blobBytes)} MB. Fewer rows or a smaller dimension, or an optimizer that keeps less beside the weights?`,
  )
}
