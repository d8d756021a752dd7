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

/** Bytes of the arrays and texts in a message, down to four levels; enough to count what is large. */
export function roughBytes(value: unknown, depth = 4): number {
  if (typeof value === 'string') return 2 * value.length
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength
  if (typeof value !== 'object' || value === null || depth === 0) return 8
  let sum = 8
  for (const part of Array.isArray(value) ? value : Object.values(value)) sum += roughBytes(part, depth - 1)
  return sum
}
