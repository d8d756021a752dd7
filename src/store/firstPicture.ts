import type { DataSummary } from '../experiment/dataSummary'
import type { BuiltinName } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import type { Attribute, PointsInfo } from '../protocol/trainer'
import { exampleKey } from './stateAfter'
import type { AppStore } from './store'

/** JSON has no typed arrays and no NaN: lists, with null for NaN. */
type Listed<T> = T extends Float32Array ? (number | null)[] : T extends Int16Array | Uint32Array ? number[] : T
type ListedAttribute<A> = A extends Attribute ? { [Key in keyof A]: Listed<A[Key]> } : never

/** A lab after some epochs of training, small: what the page shows until the worker's first snapshot. `public/first/<lab>.json`. */
export interface FirstPicture {
  summary: DataSummary
  points: Omit<PointsInfo, 'counts' | 'attributes'> & { counts: number[]; attributes: ListedAttribute<Attribute>[] }
  /** `vectors`: [rows × dimension], rounded. */
  snapshot: { table: string; rows: number; dimension: number; vectors: number[] }
}

/**
 * Draws the stored picture of a lab, unless the worker was faster or another experiment than the lab's own is asked for.
 * Its snapshot has step -1: not one of the worker's buffers. Without the file the page waits for the worker.
 */
export async function showFirstPicture(store: AppStore, lab: BuiltinName): Promise<void> {
  const isOfLab = () => {
    const { experiment, run } = store.getState()
    // Not in the header: no picture of it is stored.
    if (lab === 'television') return false
    const asked = JSON.stringify([experiment.dataset, experiment.columns])
    return run === null && asked === JSON.stringify([labDefaults[lab].dataset, labDefaults[lab].columns])
  }
  if (!isOfLab()) return
  const response = await fetch(`first/${lab}.json`)
  if (!response.ok) return
  const { summary, points, snapshot }: FirstPicture = await response.json()
  if (!isOfLab()) return
  store.setState({
    summary,
    selectedKey: store.getState().selectedKey ?? exampleKey(store.getState().experiment),
    points: { ...points, counts: Uint32Array.from(points.counts), attributes: points.attributes.map(toAttribute) },
    snapshot: { ...snapshot, step: -1, vectors: Float32Array.from(snapshot.vectors) },
  })
}

function toAttribute(attribute: ListedAttribute<Attribute>): Attribute {
  if (attribute.kind === 'category') return { ...attribute, codes: Int16Array.from(attribute.codes) }
  return { ...attribute, values: Float32Array.from(attribute.values, (value) => value ?? Number.NaN) }
}
