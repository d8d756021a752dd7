/**
 * A document's checkpoints are written by one tab at a time. Resolves with what lets go of it, or with null where another tab holds it. A tab that is closed holds nothing.
 * Pages that are not served securely have no locks: there, nothing is held.
 */
export function lockDocument(document: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      if (lock) return new Promise<void>((release) => resolve(release))
      resolve(null)
      return undefined
    }
    navigator.locks.request(`custom model ${document}`, { ifAvailable: true }, hold).catch(reject)
  })
}
