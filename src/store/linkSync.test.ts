import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeExperiment, encodeExperiment } from '../experiment/experimentLink'
import { labDefaults } from '../experiment/labs'
import type { TrainerCommand } from '../protocol/trainer'
import { createLinkSync, type LinkWindow, showLinkView } from './linkSync'
import { createAppStore } from './store'

/** A window whose history is a list. `back` and `forward` answer at once. */
function fakeWindow(hash = '') {
  const entries: { state: unknown; hash: string }[] = [{ state: null, hash }]
  const listeners = new Set<(event: { state: unknown }) => void>()
  let at = 0
  let pageLeft = false
  const go = (step: number) => {
    const next = entries[at + step]
    if (!next) {
      pageLeft = true
      return
    }
    at += step
    for (const listener of listeners) listener({ state: next.state })
  }
  const page: LinkWindow = {
    location: {
      get hash() {
        return entries[at]!.hash
      },
    },
    history: {
      get state() {
        return entries[at]!.state
      },
      pushState(state, _, url) {
        entries.splice(at + 1, Number.POSITIVE_INFINITY, { state: structuredClone(state), hash: String(url) })
        at++
      },
      replaceState(state, _, url) {
        entries[at] = { state: structuredClone(state), hash: String(url) }
      },
      back: () => go(-1),
      forward: () => go(1),
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  }
  const visitHash = (next: string) => {
    entries.splice(at + 1, Number.POSITIVE_INFINITY, { state: null, hash: next })
    go(1)
  }
  return { page, entries, visitHash, hasLeft: () => pageLeft, hash: () => entries[at]!.hash }
}

function open(window = fakeWindow(), visit = 'first') {
  const sent: TrainerCommand[] = []
  const { store } = createAppStore((command) => void sent.push(command), { experiment: labDefaults.movies, play: true })
  store.getState().restart()
  const link = createLinkSync(store, window.page, visit)
  return { store, link, sent, window }
}

const settle = () => vi.advanceTimersByTimeAsync(300)
const batchOf = (hash: string) => {
  const opened = decodeExperiment(hash)
  return opened.ok ? opened.experiment.batchSize : null
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the address', () => {
  it('gains an entry with each edit, holding the experiment, its run and its place', async () => {
    const { store, window } = open()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 256 }))
    await settle()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 512 }))
    await settle()
    expect(window.entries.map(({ hash }) => batchOf(hash))).toEqual([1024, 256, 512])
    expect(window.entries[2]?.state).toEqual({ visit: 'first', runId: 3, position: 2 })
  })

  it('gains an entry with each page, and comes back to the very run', async () => {
    const { store, link, sent, window } = open()
    store.getState().openPage('transfer')
    await settle()
    expect(decodeExperiment(window.hash()).view.page).toBe('transfer')
    const before = sent.length
    link.undo()
    expect(store.getState()).toMatchObject({ page: 'playground', position: 0, lastPosition: 1 })
    link.redo()
    expect(store.getState()).toMatchObject({ page: 'transfer', position: 1 })
    expect(sent.slice(before)).toEqual([])
    store.getState().openLab('airports')
    await settle()
    expect(store.getState()).toMatchObject({ page: 'playground', position: 2, lastPosition: 2 })
    expect(window.entries.length).toBe(3)
  })

  it('lets the run rest while another page is open', () => {
    const { store, sent } = open()
    store.getState().openPage('custom')
    expect(sent.at(-1)).toEqual({ type: 'pause' })
    store.getState().openLab('movies')
    expect(store.getState()).toMatchObject({ page: 'playground', wantsToPlay: false })
  })

  it('is rewritten, without an entry, by the learning rate and by the view', async () => {
    const { store, window } = open()
    store.getState().tuneLearningRate(0.3)
    await settle()
    expect(decodeExperiment(window.hash())).toMatchObject({ experiment: { optimizer: { learningRate: 0.3 } } })
    store.getState().setView({ colorBy: 'genre', projection: { kind: 'plane', x: 1, y: 0 }, lessonStep: 2 })
    await settle()
    expect(decodeExperiment(window.hash())).toMatchObject({
      view: { colorBy: 'genre', x: 1, y: 0, lesson: 'movies', step: 2 },
    })
    expect(window.entries).toHaveLength(1)
  })

  it('collects a slider’s rewrites, and writes the last into its own entry before an edit adds one', async () => {
    const { store, window } = open()
    const rewritten = vi.spyOn(window.page.history, 'replaceState')
    for (let i = 1; i <= 50; i++) {
      store.getState().tuneLearningRate(i / 100)
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(rewritten).not.toHaveBeenCalled()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 256 }))
    await settle()
    expect(rewritten).toHaveBeenCalledTimes(1)
    expect(decodeExperiment(window.entries[0]!.hash)).toMatchObject({
      experiment: { optimizer: { learningRate: 0.5 } },
    })
  })

  it('does not carry an experiment that can’t run', async () => {
    const { store, window } = open()
    const before = window.hash()
    store.setState({ problems: [{ field: 'columns.0', message: 'no' }] })
    store.setState(({ experiment }) => ({ experiment: { ...experiment, batchSize: 7 } }))
    await settle()
    expect(window.hash()).toBe(before)
  })
})

describe('back and forward', () => {
  it('return to the run of that experiment', async () => {
    const { store, link, sent } = open()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 256 }))
    await settle()
    link.undo()
    await settle()
    expect(sent.at(-1)).toMatchObject({ type: 'returnToRun', runId: 1, experiment: { batchSize: 1024 } })
    link.redo()
    await settle()
    expect(sent.at(-1)).toMatchObject({ type: 'returnToRun', runId: 2, experiment: { batchSize: 256 } })
    expect(store.getState().position).toBe(1)
  })

  it('never leave the page by undo or redo', async () => {
    const { store, link, window } = open()
    link.undo()
    link.redo()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 256 }))
    await settle()
    link.undo()
    await settle()
    link.undo()
    expect(window.hasLeft()).toBe(false)
    expect(store.getState().position).toBe(0)
  })

  it('forget the redone way when an edit takes another', async () => {
    const { store, link, window } = open()
    for (const batchSize of [256, 512]) {
      store.getState().edit((experiment) => ({ ...experiment, batchSize }))
      await settle()
    }
    link.undo()
    link.undo()
    await settle()
    store.getState().edit((experiment) => ({ ...experiment, batchSize: 64 }))
    await settle()
    expect(store.getState()).toMatchObject({ position: 1, lastPosition: 1 })
    expect(window.entries).toHaveLength(2)
  })

  it('start a run anew when the entry is from before a reload', async () => {
    const window = fakeWindow()
    const before = open(window)
    before.store.getState().edit((experiment) => ({ ...experiment, batchSize: 256 }))
    await settle()
    before.link.destroy()
    const { store, link, sent } = open(window, 'second')
    expect(store.getState().position).toBe(1)
    link.undo()
    await settle()
    expect(sent.at(-1)).toMatchObject({ type: 'start', experiment: { batchSize: 1024 } })
    expect(window.entries[0]?.state).toMatchObject({ visit: 'second', position: 0 })
  })
})

it('opens a link that is put into the address bar, as a step forward', async () => {
  const { store, window } = open()
  window.visitHash(`#${encodeExperiment({ ...labDefaults.airports, seed: 7 })}`)
  await settle()
  expect(store.getState()).toMatchObject({ experiment: { seed: 7, dataset: { name: 'airports' } }, position: 1 })
})

it('tells of a damaged link and shows the default', async () => {
  const { store, window } = open()
  window.visitHash('#lab=nowhere')
  await settle()
  expect(store.getState().notice).toContain('damaged')
  expect(store.getState().experiment).toEqual(labDefaults.movies)
})

it('drops an edit that can’t run by undo, keeping the run', async () => {
  const { store, link, sent } = open()
  const commands = sent.length
  store.setState(({ experiment }) => ({
    experiment: { ...experiment, batchSize: 7 },
    problems: [{ field: 'batchSize', message: 'no' }],
  }))
  link.undo()
  expect(store.getState()).toMatchObject({ problems: [], experiment: { batchSize: 1024 } })
  expect(sent).toHaveLength(commands)
})

it('shows a run as the link looks at it', () => {
  const { store } = open()
  showLinkView(store, { table: 'viewer_embedding', colorBy: 'taste', x: 1, y: 2, lesson: 'movies', step: 3 })
  expect(store.getState()).toMatchObject({
    table: 'viewer_embedding',
    colorBy: 'taste',
    projection: { kind: 'plane', x: 1, y: 2 },
    lessonStep: 3,
  })
})
