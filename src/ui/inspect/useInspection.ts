import { useEffect, useRef, useState } from 'react'
import type { InspectAnswers, InspectQuestion } from '../../protocol/inspect'
import type { AppHandles } from '../useApp'
import { useApp } from '../useApp'

export interface Inspection<T> {
  /** The last good answer; null before there was one. */
  value: T | null
  /** Why the last question could not be answered, in words. */
  fault: string | null
  /** An answer to the present question is on its way. */
  busy: boolean
}

/** Asks the worker about the inside of a column. Rejects with its words. */
export async function askInspection<Q extends InspectQuestion>(
  ask: AppHandles['ask'],
  question: Q,
): Promise<InspectAnswers[Q['about']]> {
  const { answer } = await ask({ type: 'inspect', question })
  if (answer.about !== question.about) throw new Error(`Asked about ${question.about}, told about ${answer.about}.`)
  return answer as typeof answer & InspectAnswers[Q['about']]
}

/**
 * The answer to a question, asked when it changes, and again when another run starts. One question at a time is under way: of those that come
 * meanwhile (a slider) only the last is asked. null: nothing is asked.
 */
export function useInspection<Q extends InspectQuestion>(
  question: Q | null,
  { live = false }: { live?: boolean } = {},
): Inspection<InspectAnswers[Q['about']]> {
  const { store, ask } = useApp()
  const [inspection, setInspection] = useState<Inspection<InspectAnswers[Q['about']]>>({
    value: null,
    fault: null,
    busy: question !== null,
  })
  const latest = useRef(question)
  latest.current = question
  const asker = useRef<Asker | null>(null)
  useEffect(() => {
    const mine = createAsker(
      () => latest.current && askInspection(ask, latest.current),
      (change) => setInspection((last) => ({ ...last, ...change })),
    )
    asker.current = mine
    const watched = () => {
      const { run, runId, step, status } = store.getState()
      return `${runId} ${run === null} ${status === 'starting'} ${live ? step : ''}`
    }
    const stop = store.subscribe(watched, () => {
      if (store.getState().run) mine.askSoon(live ? LIVE_MS : SETTLE_MS)
    })
    return () => {
      stop()
      mine.stop()
    }
  }, [store, ask, live])
  const key = JSON.stringify(question)
  useEffect(() => {
    if (key !== 'null' && store.getState().run) asker.current?.askSoon(0)
  }, [store, key])
  return inspection
}

/** Between two answers of a question that is asked while the model trains. */
const LIVE_MS = 400
/** Another run has just begun: its first words come first. */
const SETTLE_MS = 30

interface Asker {
  askSoon(ms: number): void
  stop(): void
}

function createAsker<T>(askNow: () => Promise<T> | null, tell: (change: Partial<Inspection<T>>) => void): Asker {
  let live = true
  let underWay = false
  let stale = false
  let timer: ReturnType<typeof setTimeout> | undefined
  async function run(): Promise<void> {
    timer = undefined
    stale = underWay
    const answer = underWay ? null : askNow()
    if (!answer) return
    underWay = true
    tell({ busy: true })
    const change = await answer.then(
      (value): Partial<Inspection<T>> => ({ value, fault: null }),
      (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
    )
    underWay = false
    if (!live) return
    tell({ ...change, busy: stale })
    if (stale) askSoon(0)
  }
  function askSoon(ms: number): void {
    if (live) timer ??= setTimeout(() => void run(), ms)
  }
  return {
    askSoon,
    stop() {
      live = false
      clearTimeout(timer)
    },
  }
}
