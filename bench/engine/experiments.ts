import type { Experiment } from '../../src/experiment/experiment'
import { embeddingOfKey, experimentOf } from '../../src/model/syntheticData'

type Setting = { k: number; batch: number; optimizer: Experiment['optimizer']['type'] }

const learningRates: Partial<Record<Setting['optimizer'], number>> = { adam: 0.001 }

/** ŷ = μ + b_user + b_item + ⟨user, item⟩ on the columns of `encodeRatings`. */
export function dotProductExperiment(users: number, items: number, setting: Setting): Experiment {
  return experimentOf({
    ...partsOf(users, items, setting),
    model: { type: 'dotProduct', user: 'user', item: 'item', biases: true },
  })
}

/** Two embeddings side by side → 32 relu → 1. */
export function networkExperiment(users: number, items: number, setting: Setting): Experiment {
  return experimentOf({
    ...partsOf(users, items, setting),
    model: { type: 'tabular', hiddenUnits: [32], activation: 'relu' },
  })
}

function partsOf(users: number, items: number, { k, batch, optimizer }: Setting) {
  return {
    columns: [embeddingOfKey('item', items, k), embeddingOfKey('user', users, k)],
    label: {
      task: 'regression' as const,
      targets: [{ column: 'rating', transform: 'none' as const, standardize: false }],
    },
    optimizer: { type: optimizer, learningRate: learningRates[optimizer] ?? 0.05 },
    batchSize: batch,
  }
}
