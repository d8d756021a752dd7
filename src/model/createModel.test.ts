import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from './backends'
import { createModel } from './createModel'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from './syntheticData'

for (const backend of ['cpu', 'wasm'] as const)
  describe(backend, () => {
    beforeAll(() => useBackend(backend, { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' }))
    it('learns', async () => {
      const data = createSyntheticData({
        rows: 4096,
        categorical: [
          { name: 'u', buckets: 50 },
          { name: 'i', buckets: 40 },
        ],
        task: 'regression',
        outputs: 1,
        labelOf: (ids) => Math.sin(ids[0]!) * Math.cos(ids[1]!),
      })
      const m = createModel(
        data,
        experimentOf({
          columns: [embeddingOfKey('u', 50, 4), embeddingOfKey('i', 40, 4)],
          model: { type: 'dotProduct', user: 'u', item: 'i', biases: true },
          label: { task: 'regression', targets: [] },
        }),
      )
      for (let e = 0; e < 5; e++) {
        for (let s = 0; s < 40; s++) m.trainStep(batchOfRows(data, (s % 4) * 1024, 1024))
        console.log(await m.takeTrainLoss())
      }
      expect((await m.predict(batchOfRows(data, 0, 10))).length).toBe(10)
    })
  })
