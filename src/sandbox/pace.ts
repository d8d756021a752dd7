/** Below what the page lets through (`messageBudget.ts`): code that asks it again and again is slowed down, and not ended. */
const BURST = 400
const PER_SECOND = 160

/** When the next request may be sent, after all that was said. */
export interface Pace {
  /** Something was said that does not wait. */
  count(): void
  /** Resolves when it is the caller's turn. */
  turn(): Promise<void>
}

export function createPace(now: () => number, sleep: (ms: number) => Promise<void>): Pace {
  let left = BURST
  let lastMs = now()
  function take(): void {
    const seconds = (now() - lastMs) / 1000
    lastMs = now()
    left = Math.min(BURST, left + seconds * PER_SECOND) - 1
  }
  return {
    count: take,
    async turn() {
      take()
      if (left < 0) await sleep((-left / PER_SECOND) * 1000)
    },
  }
}
