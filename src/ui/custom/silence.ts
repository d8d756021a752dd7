/** Silence that one look can add: a computer that slept, or a page that was held up, is not the code's silence. */
const MOST_LOOK_MS = 1500

/** How long nothing was heard, by looking a few times a second. */
export interface Silence {
  /** Something was heard. */
  end(): void
  /** Seconds of silence until now. */
  look(): number
}

export function createSilence(nowMs: () => number): Silence {
  let silentMs = 0
  let lookedMs = nowMs()
  return {
    end() {
      silentMs = 0
    },
    look() {
      const now = nowMs()
      silentMs += Math.min(now - lookedMs, MOST_LOOK_MS)
      lookedMs = now
      return silentMs / 1000
    },
  }
}
