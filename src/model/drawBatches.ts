import { createBatchDrawer, gatherRows } from '../columns/batches'
import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { checkRowNumbers } from './checkRowNumbers'
import { rowDrawer } from './rowDrawer'
import type { ResidentTrainable, Trainable } from './trainable'

/** A model that is given its batches, and what draws and gathers them for it here. */
export function drawBatches(model: Trainable, encoded: EncodedData, experiment: Experiment): ResidentTrainable {
  const { batchSize } = experiment
  const draw = createBatchDrawer(encoded, batchSize, rowDrawer(encoded, experiment))
  return {
    ...model,
    trainSteps({ epoch, position }, steps) {
      for (let i = 0; i < steps; i++) model.trainStep(draw({ epoch, position: position + i * batchSize }))
    },
    async predictRows(rows) {
      checkRowNumbers(rows, encoded.rowCount)
      return model.predict(gatherRows(encoded, rows))
    },
  }
}
