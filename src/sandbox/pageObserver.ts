import type { RunObserver, Stepped, WatchedTable } from '../estimator/runObserver'
import type { Post } from './post'
import { bounds } from './protocol'

const SEND_INTERVAL_MS = 60
const MOST_STEPS = 200
const TABLE_INTERVAL_MS = 100

export interface PageObserver extends RunObserver {
  /** The table whose vectors are sent while it trains. */
  watch(name: string | null): void
  /** Sends the steps that have not been sent. */
  sendSteps(): void
  /** These, and the vectors as they are now. */
  flush(): Promise<void>
}

/** Tells the page what happens in a run, steps in batches; `onSend` is called before each batch. */
export function createPageObserver(post: Post, now: () => number, onSend: () => void = () => {}): PageObserver {
  const tables = new Map<string, WatchedTable>()
  let watched: string | null = null
  let held: Stepped[] = []
  let sentMs = now()
  let tableMs = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null
  let step = 0

  function sendSteps(): void {
    const last = held.at(-1)
    if (!last) return
    onSend()
    const every = Math.ceil(held.length / MOST_STEPS)
    const shown = held.filter((_, i) => i % every === 0 || i === held.length - 1).slice(-MOST_STEPS)
    const leaked = held.reduce((sum, { leakedTensors }) => sum + leakedTensors, 0)
    post({
      type: 'stepped',
      modelDir: last.modelDir,
      steps: shown.map(({ globalStep }) => globalStep),
      losses: shown.map(({ loss }) => loss),
      stepMs: held.reduce((sum, { stepMs }) => sum + stepMs, 0) / held.length,
      tensors: last.tensors,
      leakedTensors: Math.round(leaked / held.length),
    })
    held = []
    sentMs = now()
  }

  async function sendTable(): Promise<void> {
    const table = watched === null ? undefined : tables.get(watched)
    if (!table) return
    const { name, rows, dimension } = table
    const vectors = new Float32Array(await table.read())
    post({ type: 'tableRead', name, step, rows, dimension, vectors }, [vectors.buffer])
    tableMs = now()
  }

  function startTable(): void {
    if (reading || now() - tableMs < TABLE_INTERVAL_MS) return
    reading = sendTable().finally(() => {
      reading = null
    })
    // A table whose run has just ended: the next one is read again.
    reading.catch(() => {})
  }

  return {
    sendSteps,
    stepped(event) {
      held.push(event)
      step = event.globalStep
      if (now() - sentMs < SEND_INTERVAL_MS) return
      sendSteps()
      startTable()
    },
    evaluated(event) {
      sendSteps()
      post({ type: 'evaluated', ...event, metrics: { ...event.metrics } })
    },
    checkpointSaved: (event) => post({ type: 'checkpointSaved', ...event }),
    exported: (artifact) => post({ type: 'exported', ...artifact }),
    spec: (parts) => post({ type: 'spec', parts }),
    info: (text) => post({ type: 'console', level: 'info', text: text.slice(0, 4000) }),
    tableDeclared(table) {
      if (table.rows * table.dimension > bounds.tableNumbers || table.rows > bounds.labels) {
        const text = `'${table.name}' with ${table.rows} × ${table.dimension} numbers is too large for the map.`
        post({ type: 'console', level: 'warn', text })
        return
      }
      tables.set(table.name, table)
      const { name, rows, dimension } = table
      post({ type: 'tableDeclared', name, rows, dimension, keys: table.keys.map((key) => key.slice(0, 200)) })
      watched ??= name
      tableMs = Number.NEGATIVE_INFINITY
      startTable()
    },
    watch(name) {
      watched = name
      tableMs = Number.NEGATIVE_INFINITY
      startTable()
    },
    async flush() {
      sendSteps()
      await reading
      await sendTable().catch(() => {})
    },
  }
}
