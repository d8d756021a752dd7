/** How a long job gives way to messages, and how a paced run waits. */
export interface Scheduler {
  /** Lets waiting messages in. Not clamped to 4 ms, and not slowed down in a hidden tab, as timers are. */
  yield(): Promise<void>
  /** At least `ms`. */
  sleep(ms: number): Promise<void>
  destroy(): void
}

export function createScheduler(): Scheduler {
  const channel = new MessageChannel()
  const waiting: (() => void)[] = []
  channel.port1.onmessage = () => waiting.shift()?.()
  return {
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        channel.port2.postMessage(null)
      }),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    destroy() {
      channel.port1.onmessage = null
      channel.port1.close()
      channel.port2.close()
    },
  }
}
