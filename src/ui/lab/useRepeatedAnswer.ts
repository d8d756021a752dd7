import { useEffect, useState } from 'react'
import { useApp } from '../useApp'

export interface Answer<T> {
  /** The last good answer; null before there was one. */
  value: T | null
  /** Why the last question could not be answered, in words. */
  fault: string | null
}

/** A fresh answer at most twice a second. */
const REFRESH_MS = 500

/**
 * Asks the worker, and again while the model changes: at once when `question` changes, then at most twice a second.
 * `question` null: nothing is asked. It must keep its identity between renders (memoized).
 */
export function useRepeatedAnswer<T>(question: (() => Promise<T>) | null): Answer<T> {
  const { store } = useApp()
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, fault: null })
  useEffect(() => {
    if (!question) return
    let live = true
    let busy = false
    let stale = true
    let timer: ReturnType<typeof setTimeout> | undefined
    async function askNow(): Promise<void> {
      timer = undefined
      if (!question || busy || !live || !store.getState().run) return
      busy = true
      stale = false
      try {
        const value = await question()
        if (live) setAnswer({ value, fault: null })
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error)
        if (live) setAnswer((last) => ({ ...last, fault }))
      }
      busy = false
      if (stale) later()
    }
    function later(): void {
      if (live) timer ??= setTimeout(() => void askNow(), REFRESH_MS)
    }
    void askNow()
    const stop = store.subscribe(
      (state) => `${state.step} ${state.run === null} ${state.runId} ${state.status}`,
      () => {
        stale = true
        later()
      },
    )
    return () => {
      live = false
      stop()
      clearTimeout(timer)
    }
  }, [store, question])
  return answer
}
