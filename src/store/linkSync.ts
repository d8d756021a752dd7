import { decodeExperiment, encodeExperiment } from '../experiment/experimentLink'
import type { AppStore } from './store'

/**
 * The address bar follows the experiment, and back and forward bring experiments back. Each edit is an entry of the browser's history;
 * what applies while a run goes on (the learning rate, a new run of the same experiment) rewrites the entry it belongs to.
 * Undo and redo are back and forward within this visit: they never leave the page.
 */
export interface LinkSync {
  undo(): void
  redo(): void
  destroy(): void
}

/** The parts of a window that a link needs; a fake one in tests. */
export interface LinkWindow {
  history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'back' | 'forward'>
  location: { hash: string }
  addEventListener(type: 'popstate', listener: (event: { state: unknown }) => void): void
  removeEventListener(type: 'popstate', listener: (event: { state: unknown }) => void): void
}

/** What a history entry knows besides its link. `visit` tells runs of this page from those before a reload. */
interface EntryState {
  visit: string
  runId: number
  position: number
}

/** Browsers refuse more than about 100 rewrites in 30 seconds: a slider's are collected. */
const REWRITE_DELAY_MS = 250

export function createLinkSync(store: AppStore, page: LinkWindow, visit: string): LinkSync {
  let entry: EntryState & { hash: string }
  let awaitingMicrotask = false
  let rewrite: ReturnType<typeof setTimeout> | null = null

  const linkOf = () => asHash(encodeExperiment(store.getState().experiment))
  const current = () => {
    const { runId, position } = store.getState()
    return { visit, runId, position, hash: linkOf() }
  }

  function flushRewrite(): void {
    if (rewrite === null) return
    clearTimeout(rewrite)
    rewrite = null
    const { hash, ...state } = entry
    page.history.replaceState(state, '', hash)
  }

  function follow(): void {
    awaitingMicrotask = false
    if (store.getState().problems.length > 0) return // not an experiment yet that anyone could open
    const next = current()
    if (next.position > entry.position) {
      flushRewrite()
      entry = next
      const { hash, ...state } = next
      page.history.pushState(state, '', hash)
    } else if (next.hash !== entry.hash || next.runId !== entry.runId || next.position !== entry.position) {
      entry = next
      rewrite ??= setTimeout(flushRewrite, REWRITE_DELAY_MS)
    }
  }

  // An edit sets experiment, position and run one after the other; the entry is written when all three are there.
  const stop = store.subscribe((state, before) => {
    const same = state.experiment === before.experiment && state.position === before.position
    if ((same && state.runId === before.runId) || awaitingMicrotask) return
    awaitingMicrotask = true
    queueMicrotask(follow)
  })

  function onPopState(event: { state: unknown }): void {
    // The entry that was left is no longer reachable by replaceState: what was still to be written into it is dropped.
    if (rewrite !== null) clearTimeout(rewrite)
    rewrite = null
    const opened = decodeExperiment(page.location.hash)
    if (!opened.ok) {
      store.setState({ notice: opened.message })
      return
    }
    const known = entryState(event.state)
    const position = known?.position ?? store.getState().lastPosition + 1
    entry = { visit, runId: known?.runId ?? 0, position, hash: page.location.hash }
    store.getState().showExperiment(opened.experiment, known?.visit === visit ? known.runId : null, position)
  }

  // After a reload the entry says how many experiments lie before it.
  const position = entryState(page.history.state)?.position ?? 0
  store.setState({ position, lastPosition: position })
  entry = current()
  const { hash, ...state } = entry
  page.history.replaceState(state, '', hash)
  page.addEventListener('popstate', onPopState)

  return {
    undo() {
      flushRewrite()
      if (store.getState().problems.length > 0) store.getState().discardEdit()
      else if (store.getState().position > 0) page.history.back()
    },
    redo() {
      flushRewrite()
      const { position, lastPosition } = store.getState()
      if (position < lastPosition) page.history.forward()
    },
    destroy() {
      stop()
      flushRewrite()
      page.removeEventListener('popstate', onPopState)
    },
  }
}

/** `#…`, as `location.hash` gives it. */
export function asHash(link: string): string {
  return link.startsWith('#') ? link : `#${link}`
}

function entryState(state: unknown): EntryState | null {
  if (typeof state !== 'object' || state === null) return null
  const { visit, runId, position } = state as Partial<Record<keyof EntryState, unknown>>
  if (typeof visit !== 'string' || typeof runId !== 'number' || typeof position !== 'number') return null
  return { visit, runId, position }
}
