/** What a run waits for outside of its own code. Code may come to its end before calls that it does not await: `main()` in the last line. */
export interface UnderWay {
  /** Counts `work` until it settles. */
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is under way. */
  ended(): Promise<void>
}

/** `nextTask`: resolves after other work of the thread. */
export function createUnderWay(nextTask: () => Promise<void>): UnderWay {
  let count = 0
  return {
    async track(work) {
      count++
      try {
        return await work
      } finally {
        count--
      }
    },
    async ended() {
      do await nextTask()
      while (count > 0)
    },
  }
}
