import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RequestSources } from '../../sandbox/answerRequest'
import type { SandboxReport } from '../../sandbox/client'
import type { Compiled } from '../../sandbox/compileCode'
import type { CodeMemory } from './codeMemory'
import { createAnswers } from './createAnswers'
import { documentActions } from './documentActions'
import { type ExampleName, exampleOf } from './examples'
import { runActions } from './runActions'
import { type DeclaredTable, freshRun, type RunView, withReport } from './runView'
import { createSupervisor, type SupervisorPorts } from './supervisor'

/** What the lab needs of a browser; others in tests. */
export interface LabPorts extends RequestSources, Pick<SupervisorPorts, 'startSandbox' | 'nowMs'> {
  memory: CodeMemory
  compile(code: string): Promise<Compiled>
  /** Held while the document's model runs; the answer lets it go. Null: another tab holds it. */
  lockDocument(document: string): Promise<(() => void) | null>
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
  const store = createStore<LabState>()((set, get) => ({
    ...firstState(ports.memory),
    ...documentActions(ports, get, set, (shown) => {
      if (supervisor.current) supervisor.end({ status: 'stopped' })
      const hasOwnCopy = ports.memory.read(shown.example) !== null
      set({ ...shown, hasOwnCopy, run: freshRun, watched: null, stored: [] })
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
  const answer = createAnswers(ports, () => supervisor.current)

  function onReport(report: SandboxReport): void {
    if (report.type === 'request') {
      answer(report, store.getState().document)
      return
    }
    store.setState(({ run }) => ({ run: withReport(run, report) }))
    const { refreshStored } = store.getState()
    if (report.type === 'tableDeclared') {
      supervisor.current?.send({ type: 'watch', table: watchedTable(store.getState())?.name ?? null })
    }
    if (report.type === 'exported' || report.type === 'checkpointSaved') void refreshStored()
  }

  void store.getState().refreshStored()
  return store
}

/** What stands on the map: the table that was chosen, if this run has it, or the first one. */
export function watchedTable({
  run: { tables },
  watched,
}: Pick<LabState, 'run' | 'watched'>): DeclaredTable | undefined {
  return tables.find(({ name }) => name === watched) ?? tables[0]
}

function firstState(memory: CodeMemory) {
  const { name, code } = exampleOf(null)
  const own = memory.read(name)
  return {
    document: name,
    example: name,
    code: own ?? code,
    run: freshRun,
    patienceSeconds: 10,
    silentSeconds: null,
    hasOwnCopy: own !== null,
    stored: [],
    watched: null,
  }
}
