import type { Post } from './post'
import type { Series } from './protocol'

const SEND_INTERVAL_MS = 100

/** Sends what the code draws: of the same title the newest, a few times a second. Code may draw after each step. */
export interface SeriesSender {
  draw(series: Series): void
  /** Sends what waits. */
  flush(): void
}

export function createSeriesSender(post: Post, now: () => number): SeriesSender {
  const waiting = new Map<string, Series>()
  let dueMs = now()
  function flush(): void {
    if (waiting.size === 0) return
    dueMs = now() + SEND_INTERVAL_MS * waiting.size
    for (const series of waiting.values()) post({ type: 'series', series })
    waiting.clear()
  }
  return {
    draw(series) {
      waiting.set(series.title, series)
      if (now() >= dueMs) flush()
    },
    flush,
  }
}
