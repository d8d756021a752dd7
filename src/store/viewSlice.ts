import type { Page } from '../experiment/experimentLink'
import { defaultSweep, type SweepLink } from '../experiment/sweepLink'
import { defaultTransfer, type TransferLink } from '../experiment/transferSettings'
import type { Projection as Axes } from '../geometry/pca'
import type { MetricName } from '../protocol/trainer'
import type { Inspecting } from './inspecting'
import type { Slice, Worker } from './slice'

export type Projection =
  | { kind: 'plane'; x: number; y: number }
  | { kind: 'line'; axis: number }
  | { kind: 'pca' }
  /** Directions of the person's own; `name` tells them from others while they move with training. */
  | { kind: 'axes'; name: string; axes: Axes; titles: { x: string; y: string } }
export type Similarity = 'cosine' | 'euclidean' | 'dot'

/** How the person looks at the run: nothing here changes a weight. */
export interface ViewSlice {
  page: Page
  /** What the custom model lab shows, as its link has it; null: it has not been opened. */
  custom: { example: string; code: string | null } | null
  /** Embedding table on the map; null = the model's first. */
  table: string | null
  /** null = what suits the dimension: a line for 1, the plane for 2, PCA for more. */
  projection: Projection | null
  /** Attribute name; null = the table's own choice. */
  colorBy: string | null
  /** Key of the selected point: survives a restart, unlike its row. */
  selectedKey: string | null
  hoveredRow: number | null
  search: string
  /** Categories of the colour attribute that are switched off. */
  hiddenCategories: string[]
  trails: boolean
  /** null = what suits the dimension: the distance that the picture shows for 1 and 2, the cosine for more. */
  similarity: Similarity | null
  neighborCount: number
  /** `table`: the same points as rows. */
  mapView: 'map' | 'table'
  /** Shown cell content of the day × hour sheet and which target. */
  gridShows: 'observed' | 'predicted' | 'error'
  gridTarget: number
  /** Cell of the day × hour sheet under the pointer, day · 24 + hour. */
  hoveredCell: number | null
  /** The hour asked about, day · 24 + hour (Monday = 0). */
  askedCell: number
  /** Dots as large as their bucket has training rows. */
  sizeByCount: boolean
  /** What the right-hand curve shows; null = the task's own choice. */
  metric: MetricName | null
  /** What the person put on a watch list, by key, the oldest first. */
  watched: string[]
  /** The lesson drawer: null = closed. */
  lessonStep: number | null
  /** Which lesson the drawer holds; null: that of the data. */
  lessonName: 'similarity' | null
  /** The column that is looked into; null = none. */
  inspecting: Inspecting | null
  /** What the map marks in place of the neighbours: keys of points, and pairs of them that are joined by lines. null: the neighbours. */
  marks: { keys: string[]; paths: [string, string][] } | null
  /** Which question about the vectors is open beside the neighbours. */
  exploring: 'analogy' | 'direction' | null
  /** What the labs of dimensions and of transfer ask for next. */
  sweep: SweepLink
  transfer: TransferLink

  /** A step that undo takes back, like an edit. A lab with a screen of its own trains what it needs itself: the run rests. */
  openPage(page: Page): void
  watchTable(table: string): void
  /** Tells the worker again what is looked at (after a start). */
  watch(): void
  select(key: string | null): void
  setView(change: Partial<ViewSettings>): void
  resetView(): void
}

export type ViewSettings = Pick<
  ViewSlice,
  | 'projection'
  | 'colorBy'
  | 'hoveredRow'
  | 'search'
  | 'hiddenCategories'
  | 'trails'
  | 'similarity'
  | 'neighborCount'
  | 'mapView'
  | 'gridShows'
  | 'gridTarget'
  | 'hoveredCell'
  | 'askedCell'
  | 'sizeByCount'
  | 'metric'
  | 'watched'
  | 'lessonStep'
  | 'lessonName'
  | 'inspecting'
  | 'sweep'
  | 'transfer'
  | 'marks'
  | 'exploring'
  | 'custom'
>

const fresh = {
  table: null,
  projection: null,
  colorBy: null,
  selectedKey: null,
  hoveredRow: null,
  search: '',
  hiddenCategories: [] as string[],
  gridTarget: 0,
  hoveredCell: null,
  askedCell: 4 * 24 + 17,
  metric: null,
  marks: null,
  exploring: null,
  watched: [] as string[],
  sweep: defaultSweep,
} satisfies Partial<ViewSlice>

export const createViewSlice =
  (worker: Worker): Slice<ViewSlice> =>
  (set, get) => ({
    ...fresh,
    page: 'playground',
    custom: null,
    trails: false,
    sizeByCount: true,
    similarity: null,
    neighborCount: 8,
    mapView: 'map',
    gridShows: 'predicted',
    lessonStep: null,
    lessonName: null,
    inspecting: null,
    transfer: defaultTransfer,
    openPage(page) {
      const { page: before, position, status, pause } = get()
      if (page === before) return
      if (status === 'playing' || status === 'starting') pause()
      set({ page, lessonStep: null, position: position + 1, lastPosition: position + 1 })
    },
    watchTable(table) {
      set({
        table,
        projection: null,
        colorBy: null,
        hiddenCategories: [],
        search: '',
        selectedKey: null,
        hoveredRow: null,
        marks: null,
      })
      get().watch()
    },
    watch() {
      const { table, neighborCount, similarity } = get()
      worker.send({ type: 'watch', table, grid: true, neighbors: neighborCount, similarity })
    },
    select: (key) => set({ selectedKey: key }),
    setView(change) {
      set(change)
      // Vectors are compared by the neighbours that the list shows.
      if (change.neighborCount !== undefined || change.similarity !== undefined) get().watch()
    },
    resetView() {
      // Other data have another lesson.
      set({ ...fresh, lessonStep: get().lessonStep === null ? null : 0 })
      get().watch()
    },
  })
