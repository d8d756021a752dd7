import { createBatchDrawer, gatherRows } from '../columns/batches'
import type { EncodedData } from '../columns/sparseBatch'
import type { ResidentTrainable, Trainable } from './trainable'

/** A model that is given its batches, and what draws and gathers them for it here. */
export function drawBatches(
  model: Trainable,
  encoded: EncodedData,
  { batchSize, seed }: { batchSize: number; seed: number },
): ResidentTrainable {
  const draw = createBatchDrawer(encoded, batchSize, seed)
  return {
    ...model,
    trainSteps({ epoch, position }, steps) {
      for (let i = 0; i < steps; i++) model.trainStep(draw({ epoch, position: position + i * batchSize }))
    },
    predictRows: (rows) => model.predict(gatherRows(encoded, rows)),
  }
}
