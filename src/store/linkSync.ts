import { decodeExperiment, encodeExperiment, type LinkView } from '../experiment/experimentLink'
import { defaultSweep } from '../experiment/sweepLink'
import { defaultTransfer } from '../experiment/transferSettings'
import type { Store } from './slice'
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

type Entry = EntryState & { hash: string }

/** Browsers refuse more than about 100 rewrites in 30 seconds: a slider's are collected. */
const REWRITE_DELAY_MS = 250

export function createLinkSync(store: AppStore, page: LinkWindow, visit: string): LinkSync {
  const current = () => {
    const { runId, position } = store.getState()
    return { visit, runId, position, hash: linkOf(store.getState()) }
  }
  // After a reload the entry says how many experiments lie before it.
  const position = entryState(page.history.state)?.position ?? 0
  store.setState({ position, lastPosition: position })
  const address = createAddress(page.history, current())
  let awaitingMicrotask = false

  function follow(): void {
    awaitingMicrotask = false
    if (store.getState().problems.length > 0) return // not an experiment yet that anyone could open
    const next = current()
    if (next.position > address.entry.position) address.push(next)
    else address.rewrite(next)
  }

  // An edit sets experiment, position and run one after the other; the entry is written when all three are there.
  const stop = store.subscribe((state, before) => {
    if (awaitingMicrotask || followed.every((part) => state[part] === before[part])) return
    awaitingMicrotask = true
    queueMicrotask(follow)
  })

  function onPopState(event: { state: unknown }): void {
    const opened = decodeExperiment(page.location.hash)
    if (!opened.ok) store.setState({ notice: opened.message })
    const { experiment, view } = opened
    const known = entryState(event.state)
    const at = known?.position ?? store.getState().lastPosition + 1
    address.moveTo({ visit, runId: known?.runId ?? 0, position: at, hash: page.location.hash })
    store.getState().showExperiment(experiment, known?.visit === visit ? known.runId : null, at)
    showPage(store, view)
  }
  page.addEventListener('popstate', onPopState)

  return {
    undo() {
      address.flush()
      if (store.getState().problems.length > 0) store.getState().discardEdit()
      else if (store.getState().position > 0) page.history.back()
    },
    redo() {
      address.flush()
      if (store.getState().position < store.getState().lastPosition) page.history.forward()
    },
    destroy() {
      stop()
      address.flush()
      page.removeEventListener('popstate', onPopState)
    },
  }
}

/** The present history entry: `first` is written at once, rewrites are collected. */
function createAddress(history: LinkWindow['history'], first: Entry) {
  let entry = first
  let rewriting: ReturnType<typeof setTimeout> | undefined

  function write(method: 'pushState' | 'replaceState'): void {
    const { hash, ...state } = entry
    history[method](state, '', hash)
  }
  function flush(): void {
    if (rewriting === undefined) return
    clearTimeout(rewriting)
    rewriting = undefined
    write('replaceState')
  }
  write('replaceState')
  return {
    get entry() {
      return entry
    },
    flush,
    push(next: Entry) {
      flush()
      entry = next
      write('pushState')
    },
    rewrite(next: Entry) {
      const same = next.hash === entry.hash && next.runId === entry.runId && next.position === entry.position
      if (same) return
      entry = next
      rewriting ??= setTimeout(flush, REWRITE_DELAY_MS)
    },
    /** The browser has moved: what was still to be written into the entry that was left is lost. */
    moveTo(next: Entry) {
      clearTimeout(rewriting)
      rewriting = undefined
      entry = next
    },
  }
}

const followed = [
  'experiment',
  'position',
  'runId',
  'table',
  'colorBy',
  'projection',
  'lessonStep',
  'page',
  'custom',
  'sweep',
  'transfer',
] as const

/** `#…`: the experiment, and how it is looked at where that is not the page's own choice. */
export function linkOf(state: Store): string {
  return asHash(encodeExperiment(state.experiment, viewOf(state)))
}

function viewOf(state: Store): LinkView {
  const { experiment, table, colorBy, projection, lessonStep, lessonName, page, custom, sweep, transfer } = state
  return {
    ...(page !== 'playground' && { page }),
    ...(page === 'custom' && custom !== null && { example: custom.example }),
    ...(page === 'custom' && typeof custom?.code === 'string' && { code: custom.code }),
    ...(page === 'dimensions' && { sweep: changes(sweep, defaultSweep) }),
    ...(page === 'transfer' && { transfer: changes(transfer, defaultTransfer) }),
    ...(table !== null && { table }),
    ...(colorBy !== null && { colorBy }),
    ...(projection?.kind === 'plane' && { x: projection.x, y: projection.y }),
    ...(lessonStep !== null && { lesson: lessonName ?? experiment.dataset.name, step: lessonStep }),
  }
}

/** What differs from the defaults, where null is the default of all that may be null. Lists are compared as they are written. */
function changes<T extends object>(settings: T, defaults: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const differing = Object.entries(settings).filter(
    ([key, value]) => value !== null && String(value) !== String(defaults[key as keyof T]),
  )
  return Object.fromEntries(differing) as { [K in keyof T]?: NonNullable<T[K]> }
}

/** Opens the page of a link, with its settings; those of the labs it is not about are left as they are. */
function showPage(store: AppStore, { page = 'playground', example, code, sweep, transfer }: LinkView): void {
  store.setState({
    page,
    ...(example !== undefined && { custom: { example, code: code ?? null } }),
    ...(page === 'dimensions' && { sweep: { ...defaultSweep, ...sweep } }),
    ...(page === 'transfer' && { transfer: { ...defaultTransfer, ...transfer } }),
  })
}

/** Looks at the run as a link says. */
export function showLinkView(store: AppStore, view: LinkView): void {
  const { watchTable, setView } = store.getState()
  showPage(store, view)
  if (view.table !== undefined) watchTable(view.table)
  if (view.colorBy !== undefined) setView({ colorBy: view.colorBy })
  if (view.x !== undefined && view.y !== undefined) setView({ projection: { kind: 'plane', x: view.x, y: view.y } })
  if (view.lesson !== undefined) {
    setView({ lessonStep: view.step ?? 0, lessonName: view.lesson === 'similarity' ? view.lesson : null })
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
