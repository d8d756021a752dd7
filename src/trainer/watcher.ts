import { categoricalName, tableName } from '../experiment/columnName'
import type { EmbeddingColumn } from '../experiment/experiment'
import type { PointsInfo, RunInfo, TableInfo } from '../protocol/trainer'
import { type Comparable, comparablesOf, compareTable, type Nearness } from './compareTable'
import { createDayHourGrid, type DayHourGrid } from './dayHourGrid'
import { describePoints } from './describePoints'
import type { PostRun } from './post'
import { probedAttributes, probeTable } from './probeTable'
import { createSnapshotBuffers, type SnapshotBuffers } from './snapshotBuffers'
import type { PreparedRun } from './training'

const SNAPSHOT_MS = 1000 / 60
const GRID_MS = 100
const PROBE_MS = 500
/** Between looks of a run that plays, probing may take this share of the time. */
const TRAINING_PER_PROBE = 10
const USUAL_NEARNESS: Nearness = { neighbors: 8, similarity: null }

export interface Watching {
  /** null: the model's own choice, `firstTable`. */
  table: string | null
  grid: boolean
  /** What counts as near when vectors are compared with what is known; left out: 8 neighbours, by what suits the dimension. */
  nearness?: Nearness
  /** Nothing is sent while the run plays. */
  standingOnly?: boolean
}

/** What the page looks at, sent when it has changed and not more often than it can be seen. Called under the run's lock. */
export interface Watcher {
  watch(watching: Watching): void
  giveBack(vectors: Float32Array<ArrayBuffer>): void
  /** Points once per choice of table, vectors and grid of this step when due; `now`: due or not. */
  send(step: number, immediately: boolean): Promise<void>
  /** How well tables know what they were not told, when due. */
  probe(step: number, immediately: boolean): Promise<void>
}

export function createWatcher(prepared: PreparedRun, now: () => number, post: PostRun): Watcher {
  const { model, info } = prepared
  const points = createPointsOf(prepared)
  const grid = createGridSender(prepared, now, post)
  const prober = createProber(prepared, points, now, post)
  let table: TableInfo | null = null
  let buffers: SnapshotBuffers = createSnapshotBuffers(0)
  let sentStep = -1
  let sentMs = Number.NEGATIVE_INFINITY
  let introduced = false
  let nearness = USUAL_NEARNESS
  let standingOnly = false

  async function sendVectors(step: number, immediately: boolean): Promise<void> {
    if (!table) return
    if (!introduced) post({ type: 'points', points: points(table) })
    introduced = true
    if (step === sentStep || (!immediately && now() - sentMs < SNAPSHOT_MS)) return
    const vectors = buffers.take()
    if (!vectors) return
    sentStep = step
    sentMs = now()
    const { name, rows, dimension } = table
    await model.readTable(name, vectors)
    post({ type: 'snapshot', step, table: name, rows, dimension, vectors }, [vectors.buffer])
  }

  return {
    watch(watching) {
      grid.watch(watching.grid)
      nearness = watching.nearness ?? USUAL_NEARNESS
      standingOnly = watching.standingOnly ?? false
      // A table that this run does not have (its column was removed) gives way to the first.
      const wanted = info.tables.find(({ name }) => name === watching.table) ?? firstTable(info)
      if (wanted === table) return
      table = wanted
      introduced = false
      sentStep = -1
      buffers = createSnapshotBuffers(wanted ? wanted.rows * wanted.dimension : 0)
    },
    giveBack: (vectors) => buffers.giveBack(vectors),
    async send(step, immediately) {
      if (standingOnly && !immediately) return
      await sendVectors(step, immediately)
      await grid.send(step, immediately)
    },
    async probe(step, immediately) {
      if (!standingOnly || immediately) await prober(step, immediately, table, nearness)
    },
  }
}

/** The items of a dot product, which have names to know; else the first table. */
function firstTable({ experiment: { model }, tables }: RunInfo): TableInfo | null {
  const items = model.type === 'dotProduct' ? tables.find(({ name }) => name === `${model.item}_embedding`) : undefined
  return items ?? tables[0] ?? null
}

type PointsOf = (table: TableInfo) => PointsInfo

/** Kept with the data's encoded columns: a restart describes nothing again. */
function createPointsOf({ experiment, open, encoded }: PreparedRun): PointsOf {
  const { label, split, model } = experiment
  return ({ name }) => {
    const { categorical } = embeddingOf(experiment.columns, name)
    const ids = encoded.categorical.find((column) => column.name === categoricalName(categorical))!
    return open.columns.get(
      `points ${name} ${JSON.stringify([categorical, label, split, model.type === 'watchList' && model])}`,
      () => describePoints(name, categorical, ids, open.dataSet, encoded.trainRows),
      ({ labels, attributes }) => labels.length * (32 + 4 * attributes.length),
    )
  }
}

function embeddingOf(columns: PreparedRun['experiment']['columns'], table: string): EmbeddingColumn {
  const column = columns.find((candidate) => candidate.type === 'embedding' && tableName(candidate) === table)
  if (column?.type !== 'embedding') throw new Error(`The experiment has no embedding column ${table}.`)
  return column
}

function createGridSender({ experiment, open, encoded, model }: PreparedRun, now: () => number, post: PostRun) {
  let watched = false
  let grid: DayHourGrid | null | undefined
  let sentStep = -1
  let sentMs = Number.NEGATIVE_INFINITY
  return {
    watch(watching: boolean) {
      watched = watching
    },
    async send(step: number, immediately: boolean): Promise<void> {
      if (!watched) return
      if (grid === undefined) {
        grid = createDayHourGrid(experiment, open.dataSet, encoded)
        if (grid) post({ type: 'gridObserved', grid: grid.observed })
      }
      if (!grid || step === sentStep || (!immediately && now() - sentMs < GRID_MS)) return
      sentStep = step
      sentMs = now()
      const values = await grid.predict(model)
      if (values) post({ type: 'gridPredicted', step, values }, [values.buffer])
    },
  }
}

/** What a table can be asked about that it was not told. */
interface Askable {
  attributes: string[]
  comparables: Comparable[]
}

/** Of the watched table when there is something to ask it, otherwise of the first such. */
function createProber(
  { experiment, open, info, model }: PreparedRun,
  points: PointsOf,
  now: () => number,
  post: PostRun,
) {
  const askable = new Map<TableInfo, Askable>()
  for (const table of info.tables) {
    const { categorical } = embeddingOf(experiment.columns, table.name)
    const attributes = probedAttributes(categorical, open.dataSet)
    const comparables = comparablesOf(categorical, open.dataSet)
    if (attributes.length + comparables.length > 0) askable.set(table, { attributes, comparables })
  }
  let endedMs = Number.NEGATIVE_INFINITY
  let tookMs = 0
  let last = ''
  return async (step: number, immediately: boolean, watched: TableInfo | null, nearness: Nearness): Promise<void> => {
    const table = [watched, ...info.tables].find((candidate) => candidate && askable.has(candidate))
    const place = JSON.stringify([step, table?.name, nearness])
    if (!table || place === last) return
    if (!immediately && now() - endedMs < Math.max(PROBE_MS, TRAINING_PER_PROBE * tookMs)) return
    last = place
    const startMs = now()
    const { name, rows, dimension } = table
    const { attributes, comparables } = askable.get(table)!
    const vectors = new Float32Array(rows * dimension)
    await model.readTable(name, vectors)
    const described = points(table)
    const probes = probeTable(described, attributes, vectors, dimension)
    const comparisons = compareTable(described, comparables, vectors, dimension, nearness)
    endedMs = now()
    tookMs = endedMs - startMs
    post({ type: 'probed', step, table: name, probes, comparisons })
  }
}
