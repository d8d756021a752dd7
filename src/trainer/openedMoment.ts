import { encodeData } from '../columns/encodeData'
import type { EncodedColumn } from '../columns/encodedColumn'
import type { Checkpoint, NamedArray } from '../model/trainable'
import type { Moment } from './checkpoints'
import { firstId } from './dayHourGrid'
import type { RunState } from './keptRuns'
import type { PreparedRun } from './training'
import { keyedBy } from './weightsExchange'

/**
 * Where a run begins that reads the same data through other buckets: each bucket has the vector of the bucket that its rows looked up before, so
 * that values that shared one begin as one, and training parts them. What fits neither way keeps its first weights. The optimizer begins anew, at step 0.
 */
export async function openedMoment(before: RunState, prepared: PreparedRun): Promise<Moment> {
  const { open, encoded } = prepared
  const initial = await prepared.model.save()
  const earlier = encodeData(open.dataSet, before.experiment, open.columns)
  const weights: Checkpoint['weights'] = {}
  for (const [variable, first] of Object.entries(initial.weights)) {
    const found = before.now.checkpoint.weights[variable]
    const to = keyedBy(variable, prepared)
    const from = to && earlier.categorical.find(({ name }) => name === to.name)
    weights[variable] = (found && takeOver(found, first, from ?? null, to, encoded.rowCount)) ?? first
  }
  return {
    step: 0,
    batches: { epoch: 0, position: 0 },
    checkpoint: { weights, optimizer: initial.optimizer, steps: 0 },
  }
}

/** null where the arrays have nothing to do with each other. */
function takeOver(
  found: NamedArray,
  first: NamedArray,
  from: EncodedColumn | null,
  to: EncodedColumn | null,
  rowCount: number,
): NamedArray | null {
  if (!from || !to) return found.values.length === first.values.length ? found : null
  const width = first.values.length / to.buckets
  if (found.values.length !== from.buckets * width) return null
  const values = first.values.slice()
  const [heldBefore, held] = [from.own ?? from, to.own ?? to]
  for (let row = 0; row < rowCount; row++) {
    const [source, target] = [firstId(heldBefore, row), firstId(held, row)]
    if (source < 0 || target < 0) continue
    for (let i = 0; i < width; i++) values[target * width + i] = found.values[source * width + i]!
  }
  return { shape: first.shape, values }
}
