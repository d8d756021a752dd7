import type { WatchedTable } from '../estimator/runObserver'
import type { Post } from './post'
import { bounds } from './protocol'

const READ_INTERVAL_MS = 100

/** Shows the tables that the code declares: the watched one while it trains, all of them in the end. */
export interface TableReader {
  declare(table: WatchedTable): void
  /** The table whose vectors are sent while it trains. */
  watch(name: string | null): void
  /** Sends those of the watched table as they are after `step`, unless it did so a moment ago. */
  show(step: number): void
  /** Sends those of every table. */
  flush(): Promise<void>
}

export function createTableReader(post: Post, now: () => number): TableReader {
  const tables = new Map<string, WatchedTable>()
  let watched: string | null = null
  let step = 0
  let readMs = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null

  async function send(table: WatchedTable): Promise<void> {
    const { rows, dimension } = table
    const vectors = new Float32Array(await table.read())
    post({ type: 'tableRead', name: shownName(table), step, rows, dimension, vectors }, [vectors.buffer])
  }
  function sendWatched(): void {
    const table = watched === null ? undefined : tables.get(watched)
    if (!table || reading || now() - readMs < READ_INTERVAL_MS) return
    reading = send(table).finally(() => {
      reading = null
      readMs = now()
    })
    // A table whose run has just ended: the next one is read again.
    reading.catch(() => {})
  }
  function watch(name: string | null): void {
    watched = name
    readMs = Number.NEGATIVE_INFINITY
    sendWatched()
  }
  return {
    declare(table) {
      const { rows, dimension } = table
      const name = shownName(table)
      if (!isShowable(table)) {
        const text = `'${name}' with ${rows} × ${dimension} numbers does not fit on the map.`
        return post({ type: 'console', level: 'warn', text })
      }
      tables.set(name, table)
      post({ type: 'tableDeclared', name, rows, dimension, keys: table.keys.map((key) => key.slice(0, bounds.name)) })
      watch(watched ?? name)
    },
    watch,
    show(after) {
      step = after
      sendWatched()
    },
    async flush() {
      await reading?.catch(() => {})
      // One that cannot be read was let go of with the model that trained it.
      for (const table of tables.values()) await send(table).catch(() => {})
    },
  }
}

const shownName = ({ name }: WatchedTable) => name.slice(0, bounds.name)

function isShowable({ rows, dimension }: WatchedTable): boolean {
  return (
    rows * dimension <= bounds.tableNumbers && rows <= bounds.labels && dimension > 0 && dimension <= bounds.dimension
  )
}
