import { columnName } from '../../experiment/columnName'
import type { DenseColumn, Experiment } from '../../experiment/experiment'
import type { InspectTab } from '../../store/inspecting'
import type { Store } from '../../store/slice'
import { inspectTabs } from '../inspect/inspectTabs'
import type { AppHandles } from '../useApp'

/** A lesson is data: each step says what to look for and sets something. Terms of art stand between asterisks. */
export interface Lesson {
  title: string
  steps: LessonStep[]
}

export interface LessonStep {
  title: string
  body: string
  /** Null: this step is done by hand. */
  action: { label: string; apply(store: Store, app: AppHandles): void } | null
}

/** Other feature columns, and training on. */
export function withColumns(store: Store, columns: DenseColumn[]): void {
  store.setView({ colorBy: null, hiddenCategories: [], search: '' })
  store.edit((experiment) => ({ ...experiment, columns }))
  store.play()
}

/** The same dimension for every embedding column, and training on. */
export function withDimension(store: Store, dimension: number, change: Partial<Experiment> = {}): void {
  store.setView({ projection: null })
  store.edit((experiment) => ({
    ...experiment,
    ...change,
    columns: experiment.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension } : column)),
  }))
  store.play()
}

/** Selects the first point whose label begins with the text; does nothing where there is none. */
export function selectLabel(store: Store, beginning: string): void {
  const row = store.points?.labels.findIndex((label) => label.startsWith(beginning)) ?? -1
  const key = store.points?.keys[row]
  if (key !== undefined) store.select(key)
}

/** The attribute whose name or title holds the word colours the points; the table's own choice where there is none. */
export function colorByWord(store: Store, word: string): void {
  const found = store.points?.attributes.find(({ name, title }) => `${name} ${title}`.toLowerCase().includes(word))
  store.setView({ colorBy: found?.name ?? null, hiddenCategories: [] })
}

/** Opens the inside of the first column that has this to show; does nothing where none has. */
export function lookInside(store: Store, tab: InspectTab): void {
  const column = store.experiment.columns.find((candidate) => inspectTabs(candidate).includes(tab))
  if (column) store.setView({ inspecting: { column: columnName(column), tab } })
}
