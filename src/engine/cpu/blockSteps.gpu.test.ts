import { expect, it } from 'vitest'
import { createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import { createFusedDotProduct } from './fusedDotProduct'
import { threadsHere } from './sampleThreads'

/** In a browser: threads are module workers of the page. */
it('trains the same bits on one worker thread more', async () => {
  expect(crossOriginIsolated).toBe(true)
  const encoded = createSyntheticData({
    rows: 40_000,
    categorical: [
      { name: 'film', buckets: 200, multi: false },
      { name: 'viewer', buckets: 300, multi: false },
    ],
    task: 'regression',
    outputs: 1,
  })
  const experiment = experimentOf({
    columns: [embeddingOfKey('film', 200, 8), embeddingOfKey('viewer', 300, 8)],
    model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
    label: { task: 'regression', targets: [] },
    optimizer: { type: 'rowAdagrad', learningRate: 0.05 },
    batchSize: 1,
  })
  const outcomes = []
  const losses = []
  for (const extra of [0, 1]) {
    const model = createFusedDotProduct(encoded, experiment, { ...threadsHere(), extra })!
    expect(await model.threads).toEqual({ count: 1 + extra, missing: null })
    for (let epoch = 0; epoch < 4; epoch++) {
      model.trainSteps({ epoch, position: 0 }, 40_000)
      losses.push(await model.takeTrainLoss())
    }
    outcomes.push(await model.save())
    model.dispose()
  }
  expect(outcomes[1]).toEqual(outcomes[0])
  expect(losses[3]).toBeLessThan(losses[0]!)
  expect(losses.slice(4)).toEqual(losses.slice(0, 4))
})
