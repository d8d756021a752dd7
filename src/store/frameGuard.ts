import type { AppStore } from './store'

/** Frames that are judged together: about half a second. */
const WINDOW = 30
/** A frame that took so many times the usual was late. */
const LATE = 1.5
/** More than this share of late frames is a page that stutters. */
const LATE_SHARE = 0.05
/** Smooth windows in a row before training is given some of its time back. */
const PATIENCE = 8
/** Timers of a worker wait 4 ms at least. */
const REST_STEP_MS = 4
const REST_MOST_MS = 16

/** How long training rests after each of its stretches, and for how many windows the page has been smooth. */
export interface Rest {
  ms: number
  smooth: number
}

/**
 * Training flat out and drawing share the machine: on one of two cores, without a graphics card, they want more than there is. Where frames
 * come late training rests longer; where they have been smooth for a while it rests less. `intervals` between frames and `usual`, in ms.
 */
export function nextRest({ ms, smooth }: Rest, intervals: readonly number[], usual: number): Rest {
  const late = intervals.filter((interval) => interval > LATE * usual).length
  if (late > LATE_SHARE * intervals.length) return { ms: Math.min(REST_MOST_MS, ms + REST_STEP_MS), smooth: 0 }
  if (smooth + 1 < PATIENCE || ms === 0) return { ms, smooth: smooth + 1 }
  return { ms: ms - REST_STEP_MS, smooth: 0 }
}

/** Watches frames while it is told to, and says how long training should rest. */
export interface FrameWatch {
  watch(isOn: boolean): void
  /** Ends it without another word. */
  destroy(): void
}

export function createFrameWatch(setRest: (ms: number) => void): FrameWatch {
  let rest: Rest = { ms: 0, smooth: 0 }
  let request = 0
  let last = 0
  let usual = Number.POSITIVE_INFINITY
  let intervals: number[] = []

  function frame(now: number): void {
    request = requestAnimationFrame(frame)
    if (last > 0) intervals.push(now - last)
    last = now
    if (intervals.length < WINDOW) return
    // A screen's own rhythm is the shortest that was kept up for a while.
    usual = Math.min(usual, median(intervals))
    const before = rest.ms
    rest = nextRest(rest, intervals, usual)
    if (rest.ms !== before) setRest(rest.ms)
    intervals = []
  }
  return {
    watch(isOn) {
      if (isOn === request > 0) return
      cancelAnimationFrame(request)
      request = isOn ? requestAnimationFrame(frame) : 0
      last = 0
      intervals = []
      if (rest.ms > 0) setRest(isOn ? rest.ms : 0)
    },
    destroy: () => cancelAnimationFrame(request),
  }
}

/** Lets the run rest for the frames of a tab that is seen; nobody sees those of a hidden one. Returns the function that ends it. */
export function guardFrames(store: AppStore, setRest: (ms: number) => void): () => void {
  const frames = createFrameWatch(setRest)
  const sync = () => frames.watch(store.getState().status === 'playing' && document.visibilityState === 'visible')
  const stop = store.subscribe((state) => state.status, sync, { fireImmediately: true })
  document.addEventListener('visibilitychange', sync)
  return () => {
    stop()
    document.removeEventListener('visibilitychange', sync)
    frames.destroy()
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
