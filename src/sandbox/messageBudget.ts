/** Far more than the runtime sends, which batches what it says; far less than a page needs to notice. */
const MESSAGES = { burst: 600, perSecond: 200 }
const BYTES = { burst: 512 * 2 ** 20, perSecond: 128 * 2 ** 20 }

/** Counts what comes from a sandbox. */
export interface MessageBudget {
  /** False: more than may come; the sandbox is to be ended. */
  allows(bytes: number, nowMs: number): boolean
}

/** Two leaky buckets, of messages and of bytes. */
export function createMessageBudget(startMs: number): MessageBudget {
  let messages = MESSAGES.burst
  let bytesLeft = BYTES.burst
  let lastMs = startMs
  return {
    allows(bytes, nowMs) {
      const seconds = Math.max(0, nowMs - lastMs) / 1000
      lastMs = nowMs
      messages = Math.min(MESSAGES.burst, messages + seconds * MESSAGES.perSecond) - 1
      bytesLeft = Math.min(BYTES.burst, bytesLeft + seconds * BYTES.perSecond) - bytes
      return messages >= 0 && bytesLeft >= 0
    },
  }
}

/** Parts that a message may have: more than the longest list of keys (`protocol.ts`) and what is around it. */
const MOST_PARTS = 200_000

/**
 * Bytes of the arrays and texts in a message, down to four levels; enough to count what is large. Infinity where nobody would come to the end: a list that is
 * only long, or that holds one other list many times over, costs its sender next to nothing.
 */
export function roughBytes(message: unknown): number {
  let parts = 0
  function bytesOf(value: unknown, depth: number): number {
    if (++parts > MOST_PARTS) return Number.POSITIVE_INFINITY
    if (typeof value === 'string') return 2 * value.length
    // With a view goes all of its buffer.
    if (ArrayBuffer.isView(value)) return value.buffer.byteLength
    if (value instanceof ArrayBuffer) return value.byteLength
    if (typeof value !== 'object' || value === null || depth === 0) return 8
    if (Array.isArray(value) && value.length > MOST_PARTS) return Number.POSITIVE_INFINITY
    let sum = 8
    for (const [key, part] of Object.entries(value)) {
      sum += 2 * key.length + bytesOf(part, depth - 1)
      if (sum === Number.POSITIVE_INFINITY) break
    }
    return sum
  }
  return bytesOf(message, 4)
}
