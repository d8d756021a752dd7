import { createStore } from 'zustand/vanilla'
import { answerRequest, type RequestSources } from '../../sandbox/answerRequest'
import type { Sandbox, SandboxReport } from '../../sandbox/client'
import { type CodeFault, compileCode } from '../../sandbox/compileCode'
import type { CodeMemory } from './codeMemory'
import { type ExampleName, exampleOf } from './examples'
import { freshRun, type RunView, withReport } from './runView'

/** What the lab needs of a browser; others in tests. */
export interface LabPorts extends RequestSources {
  memory: CodeMemory
  startSandbox(onReport: (report: SandboxReport) => void): Sandbox
  nowMs(): number
}

export interface StoredBlob {
  name: string
  bytes: number
}

export interface LabState {
  /** Names the code's own checkpoints and its place in the memory: that of an example, or of a link from elsewhere. */
  document: string
  example: ExampleName
  code: string
  /** Why the code cannot be read. */
  fault: CodeFault | null
  run: RunView
  /** Seconds without a word after which a person is asked; null: never. */
  patienceSeconds: number | null
  /** Seconds since the last word, once they are more than the patience. */
  silentSeconds: number | null
  /** Checkpoints and exports of this document. */
  stored: readonly StoredBlob[]
  /** The table on the map; null: the first one. */
  watched: string | null

  openExample(name: ExampleName): void
  /** Code that came in a link. */
  openShared(name: ExampleName, code: string): void
  edit(code: string): void
  restoreExample(): void
  /** `fresh`: earlier checkpoints of this code go first. Otherwise it goes on from the last one. */
  start(options: { fresh: boolean }): Promise<void>
  stop(): void
  waitOn(): void
  setPatience(seconds: number | null): void
  watch(table: string): void
  refreshStored(): Promise<void>
  /** Null: it is no longer there. */
  readStored(name: string): Promise<Uint8Array | null>
}

export type Lab = ReturnType<typeof createLab>

const TICK_MS = 250
/** After Stop: time to end the step in hand and save a checkpoint. */
const GRACE_MS = 2500

/** The custom model lab without its looks: the code, its runs one at a time, what they have said. */
export function createLab(ports: LabPorts) {
  let sandbox: Sandbox | null = null
  let heardMs = 0
  let isPatient = false
  let ticking: ReturnType<typeof setInterval> | undefined
  let dying: ReturnType<typeof setTimeout> | undefined

  function end(change: Partial<RunView>): void {
    clearInterval(ticking)
    clearTimeout(dying)
    sandbox?.destroy()
    sandbox = null
    store.setState(({ run }) => ({ run: { ...run, ...change }, silentSeconds: null }))
    void store.getState().refreshStored()
  }

  function hear(report: SandboxReport): void {
    heardMs = ports.nowMs()
    if (store.getState().silentSeconds !== null) store.setState({ silentSeconds: null })
    if (report.type === 'request') return void answer(report)
    if (report.type === 'alive') return
    store.setState(({ run }) => ({ run: withReport(run, report) }))
    if (report.type === 'ready') sandbox?.send({ type: 'run', code: compiled })
    if (report.type === 'tableDeclared') sendWatch()
    if (report.type === 'exported' || report.type === 'checkpointSaved') void store.getState().refreshStored()
    if (report.type === 'done') end(dying === undefined ? {} : { status: 'stopped', message: 'Stopped.' })
    if (report.type === 'failed' || report.type === 'broken') end({})
  }

  async function answer({ requestId, request }: Extract<SandboxReport, { type: 'request' }>): Promise<void> {
    const asking = sandbox
    try {
      const value = await answerRequest(request, store.getState().document, ports)
      asking?.send({ type: 'answer', requestId, value })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      asking?.send({ type: 'refusal', requestId, message })
    }
  }

  /** Asks after silence, and ends what stays silent for as long again. */
  function tick(): void {
    const { patienceSeconds } = store.getState()
    const silentMs = ports.nowMs() - heardMs
    if (patienceSeconds === null || isPatient || silentMs < 1000 * patienceSeconds) return
    if (silentMs >= 2000 * patienceSeconds) {
      const seconds = Math.round(silentMs / 1000)
      end({
        status: 'stopped',
        message: `Stopped: nothing was heard from the code for ${seconds} s. A loop that never ends, or one very long step?`,
      })
      return
    }
    store.setState({ silentSeconds: Math.floor(silentMs / 1000) })
  }

  function sendWatch(): void {
    const { watched, run } = store.getState()
    sandbox?.send({ type: 'watch', table: watched ?? run.tables[0]?.name ?? null })
  }

  function show(document: string, example: ExampleName, code: string): void {
    if (sandbox) end({ status: 'stopped' })
    store.setState({ document, example, code, fault: null, run: freshRun, watched: null, stored: [] })
    void store.getState().refreshStored()
  }

  let compiled = ''
  const first = exampleOf(null)
  const store = createStore<LabState>()((set, get) => ({
    document: first.name,
    example: first.name,
    code: ports.memory.read(first.name) ?? first.code,
    fault: null,
    run: freshRun,
    patienceSeconds: 10,
    silentSeconds: null,
    stored: [],
    watched: null,
    openExample(name) {
      if (get().document !== name) show(name, name, ports.memory.read(name) ?? exampleOf(name).code)
    },
    openShared(example, code) {
      const own = code === exampleOf(example).code ? example : ports.memory.find(code)
      const document = own ?? `link-${ports.nowMs().toString(36)}-${code.length}`
      if (own === null) ports.memory.write(document, code)
      show(document, example, code)
    },
    edit(code) {
      if (code === get().code) return
      const { document, example } = get()
      set({ code, fault: null })
      if (code === exampleOf(example).code && document === example) ports.memory.forget(document)
      else ports.memory.write(document, code)
    },
    restoreExample() {
      const { example, document } = get()
      ports.memory.forget(example)
      if (document === example) set({ code: exampleOf(example).code, fault: null })
      else show(example, example, exampleOf(example).code)
    },
    async start({ fresh }) {
      if (sandbox) return
      const read = compileCode(get().code)
      if (!read.ok) {
        const { ok: _, ...fault } = read
        return set({ fault, run: { ...freshRun, status: 'failed', message: fault.message, at: fault } })
      }
      compiled = read.code
      set({ fault: null, run: { ...freshRun, status: 'starting' }, silentSeconds: null })
      heardMs = ports.nowMs()
      isPatient = false
      if (fresh) await ports.blobs.clear(get().document)
      void get().refreshStored()
      dying = undefined
      sandbox = ports.startSandbox(hear)
      ticking = setInterval(tick, TICK_MS)
    },
    stop() {
      if (!sandbox || dying !== undefined) return
      sandbox.send({ type: 'stop' })
      const patient = get().silentSeconds === null
      dying = setTimeout(
        () => end({ status: 'stopped', message: 'Stopped before it could save a checkpoint.' }),
        patient ? GRACE_MS : 0,
      )
    },
    waitOn() {
      isPatient = true
      set({ silentSeconds: null })
    },
    setPatience: (patienceSeconds) => set({ patienceSeconds }),
    watch(watched) {
      set({ watched })
      sendWatch()
    },
    async refreshStored() {
      const { document } = get()
      const stored = await ports.blobs.list(document, '')
      if (get().document === document) set({ stored })
    },
    readStored: (name) => ports.blobs.load(get().document, name),
  }))
  void store.getState().refreshStored()
  return store
}
