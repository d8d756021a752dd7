import type { CheckpointStorage } from '../estimator/checkpointStorage'
import type { PageRequests } from './pageRequests'

/** Checkpoints and exports in the page's own storage: a sandbox of an opaque origin has none. */
export function pageStorage({ ask }: PageRequests): CheckpointStorage {
  return {
    async save(name, bytes) {
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
