import { gatherRows } from '../../src/columns/batches'
import { encodeData } from '../../src/columns/encodeData'
import type { EncodedData } from '../../src/columns/sparseBatch'
import { openFiles } from '../../src/data/brought/openFiles'
import type { DataSet } from '../../src/data/table'
import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import type { Experiment } from '../../src/experiment/experiment'
import { suggestExperiment } from '../../src/experiment/suggestExperiment'
import { createModel } from '../../src/model/createModel'
import { fileFrom } from '../../tests/sharedData'
import { biasOnlyRmse } from '../claims'
import { batchContestant, residentContestant } from './race'

export interface SplitOutcome {
  splitSeed: number
  /** Of the epochs alone: everything is encoded and laid out before. */
  seconds: number
  /** On the validation rows, after the last epoch. */
  rmse: number
  biases: number
}

/** What can be told apart from what the page suggests for ratings. */
export type Recipe = Pick<Experiment, 'optimizer' | 'batchSize' | 'l2'> & {
  k: number
  epochs: number
}

export async function openRatings(path: string): Promise<DataSet> {
  return openFiles([await fileFrom(path)], { dateOrders: {}, onProgress: () => {} })
}

/** Trains the page's dot product on a split and measures it on the rest: fused, or on TensorFlow.js's backend in use with our kernels. */
export async function trainSplit(
  dataset: DataSet,
  recipe: Recipe,
  splitSeed: number,
  execution: 'fused' | 'kernels',
): Promise<SplitOutcome> {
  const suggested = suggestExperiment(dataset.summary)
  const experiment: Experiment = {
    ...suggested,
    columns: suggested.columns.map((column) =>
      column.type === 'embedding' ? { ...column, dimension: recipe.k } : column,
    ),
    optimizer: recipe.optimizer,
    batchSize: recipe.batchSize,
    l2: recipe.l2,
    split: { ...suggested.split, seed: splitSeed },
  }
  const encoded = encodeData(dataset, experiment)
  const { model, contestant } = sideOf(execution, encoded, experiment)
  const steps = recipe.epochs * Math.ceil(encoded.trainRows.length / recipe.batchSize)
  const seconds = ((await contestant.run(steps)) * steps) / 1000
  const predicted = await model.predict(gatherRows(encoded, encoded.validationRows))
  model.dispose()
  const squares = predicted.reduce((sum, value, i) => {
    const error = value - encoded.label.values[encoded.validationRows[i]!]!
    return sum + error * error
  }, 0)
  return {
    splitSeed,
    seconds,
    rmse: Math.sqrt(squares / predicted.length),
    biases: biasOnlyRmse(dataset.table, experiment),
  }
}

function sideOf(execution: 'fused' | 'kernels', encoded: EncodedData, experiment: Experiment) {
  const { batchSize, seed } = experiment
  if (execution === 'kernels') {
    const model = createModel(encoded, experiment)
    return { model, contestant: batchContestant(model, encoded, seed, batchSize) }
  }
  const model = createFusedDotProduct(encoded, experiment)!
  return { model, contestant: residentContestant(model, encoded, batchSize) }
}
