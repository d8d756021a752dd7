import { createStore, type StoreApi } from 'zustand/vanilla'
import { answerRequest, type RequestSources } from '../../sandbox/answerRequest'
import type { SandboxReport } from '../../sandbox/client'
import type { CodeMemory } from './codeMemory'
import { type ExampleName, exampleOf } from './examples'
import { freshRun, type RunView, withReport } from './runView'
import { createSupervisor, type Supervisor, type SupervisorPorts } from './supervisor'

/** What the lab needs of a browser; others in tests. */
export interface LabPorts extends RequestSources, Pick<SupervisorPorts, 'startSandbox' | 'nowMs'> {
  memory: CodeMemory
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
  run: RunView
  /** Seconds without a word after which a person is asked; null: never. */
  patienceSeconds: number | null
  /** Seconds since the last word, once they are more than the patience. */
  silentSeconds: number | null
  /** The person has edited this example: their copy lies beside a document that came in a link. */
  hasOwnCopy: boolean
  /** Checkpoints and exports of this document. */
  stored: readonly StoredBlob[]
  /** The table on the map; null: the first one. */
  watched: string | null

  /** As the person left it. */
  openExample(name: ExampleName): void
  /** Code that came in a link, also that of an example as it is: beside what the person has made of it. */
  openShared(name: ExampleName, code: string): void
  edit(code: string): void
  /** Where the person's own copy of an example is open: gives up what they have made of it. */
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

export type Lab = StoreApi<LabState>

/** The custom model lab without its looks: the code, its runs one at a time, what they have said. */
export function createLab(ports: LabPorts): Lab {
  const first = exampleOf(null)
  const store = createStore<LabState>()((set, get) => ({
    document: first.name,
    example: first.name,
    code: ports.memory.read(first.name) ?? first.code,
    run: freshRun,
    patienceSeconds: 10,
    silentSeconds: null,
    hasOwnCopy: ports.memory.read(first.name) !== null,
    stored: [],
    watched: null,
    ...documentActions(ports, get, set, (state) => {
      if (supervisor.current) supervisor.end({ status: 'stopped' })
      const hasOwnCopy = ports.memory.read(state.example) !== null
      set({ ...state, hasOwnCopy, run: freshRun, watched: null, stored: [] })
      void get().refreshStored()
    }),
    ...runActions(ports, get, set, () => supervisor),
    waitOn: () => supervisor.waitOn(),
    setPatience: (patienceSeconds) => set({ patienceSeconds }),
    watch(watched) {
      set({ watched })
      supervisor.current?.send({ type: 'watch', table: watched })
    },
    async refreshStored() {
      const { document } = get()
      const stored = await ports.blobs.list(document, '').catch(() => [])
      if (get().document === document) set({ stored })
    },
    readStored: (name) => ports.blobs.load(get().document, name),
  }))
  const supervisor = createSupervisor({
    startSandbox: ports.startSandbox,
    nowMs: ports.nowMs,
    patienceSeconds: () => store.getState().patienceSeconds,
    onReport,
    onSilence: (silentSeconds) => store.setState({ silentSeconds }),
    onEnd(change) {
      store.setState(({ run }) => ({ run: { ...run, ...change }, silentSeconds: null }))
      void store.getState().refreshStored()
    },
  })

  function onReport(report: SandboxReport): void {
    if (report.type === 'request') return void answer(report)
    store.setState(({ run }) => ({ run: withReport(run, report) }))
    const { watched, run, refreshStored } = store.getState()
    if (report.type === 'tableDeclared') {
      supervisor.current?.send({ type: 'watch', table: watched ?? run.tables[0]?.name ?? null })
    }
    if (report.type === 'exported' || report.type === 'checkpointSaved') void refreshStored()
  }

  async function answer({ requestId, request }: Extract<SandboxReport, { type: 'request' }>): Promise<void> {
    // Not the next one, whose requests have the same numbers.
    const asking = supervisor.current
    try {
      const value = await answerRequest(request, store.getState().document, ports)
      asking?.send({ type: 'answer', requestId, value })
    } catch (error) {
      asking?.send({ type: 'refusal', requestId, message: wordsOf(error) })
    }
  }

  void store.getState().refreshStored()
  return store
}

type Shown = Pick<LabState, 'document' | 'example' | 'code'>

/** What changes the code. `show` opens another document. */
function documentActions(
  { memory }: LabPorts,
  get: () => LabState,
  set: (change: Partial<LabState>) => void,
  show: (shown: Shown) => void,
): Pick<LabState, 'openExample' | 'openShared' | 'edit' | 'restoreExample'> {
  return {
    openExample(name) {
      if (get().document === name) return
      show({ document: name, example: name, code: memory.read(name) ?? exampleOf(name).code })
    },
    openShared(example, code) {
      const isUntouched = code === exampleOf(example).code && memory.read(example) === null
      const own = isUntouched ? example : memory.find(code)
      const document = own ?? `link-${crypto.randomUUID().slice(0, 8)}`
      if (own === null) memory.write(document, code)
      show({ document, example, code })
    },
    edit(code) {
      if (code === get().code) return
      const { document, example } = get()
      set({ code })
      if (code === exampleOf(example).code && document === example) memory.forget(document)
      else memory.write(document, code)
    },
    restoreExample() {
      const { example, document } = get()
      if (document !== example) return
      memory.forget(example)
      set({ code: exampleOf(example).code })
    },
  }
}

/** What starts and stops a run. */
function runActions(
  { blobs }: LabPorts,
  get: () => LabState,
  set: (change: Partial<LabState>) => void,
  supervisor: () => Supervisor,
): Pick<LabState, 'start' | 'stop'> {
  return {
    async start({ fresh }) {
      if (supervisor().current || get().run.status === 'starting') return
      const run: RunView = { ...freshRun, status: 'starting' }
      const { code, document } = get()
      set({ run, silentSeconds: null })
      // Until the sandbox speaks, another run is one that was stopped, or that of another document.
      const isWanted = () => get().run === run
      try {
        const { compileCode } = await import('../../sandbox/compileCode')
        const read = compileCode(code)
        if (!isWanted()) return
        if (!read.ok) return set({ run: { ...freshRun, status: 'failed', message: read.message, at: read } })
        if (fresh) await blobs.clear(document)
        if (!isWanted()) return
        supervisor().start(read.code)
        await get().refreshStored()
      } catch (error) {
        if (isWanted()) set({ run: { ...freshRun, status: 'failed', message: wordsOf(error) } })
      }
    },
    stop() {
      if (supervisor().current) supervisor().stop()
      else if (get().run.status === 'starting') set({ run: { ...freshRun, status: 'stopped', message: 'Stopped.' } })
    },
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
