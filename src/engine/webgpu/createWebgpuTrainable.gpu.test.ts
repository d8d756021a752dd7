import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../columns/batches'
import { fillRows, orderKeys } from '../../columns/rowOrder'
import type { SparseBatch } from '../../columns/sparseBatch'
import { everyOptimizer } from '../../experiment/everyOptimizer'
import { type ModelCase, modelCases } from '../../model/modelCases'
import { batchOfRows } from '../../model/syntheticData'
import { expectNear, expectSameState, onCpu, onGpu } from './trainableChecks'

const adapter = await navigator.gpu?.requestAdapter()

/** Batches of sizes around a workgroup's; rows repeat, and so do ids. */
function batchesOf({ encoded }: ModelCase): SparseBatch[] {
  const rows = Uint32Array.from({ length: 65 }, (_, i) => (7 * i + 3) % encoded.rowCount)
  return [1, 63, 0, 64, 65, 20].map((size) => gatherRows(encoded, rows.slice(0, size)))
}

describe.skipIf(!adapter)('fused models on webgpu', () => {
  for (const { name, optimizer } of everyOptimizer(0.05)) {
    const cases = modelCases({ optimizer, l2: 0.01 })
    it.each(cases)(`comes to the weights of the cpu with ${name}: $name`, async (one) => {
      const cpu = await onCpu(one)
      for (const batch of batchesOf(one)) cpu.trainStep(batch)
      const expected = { saved: await cpu.save(), loss: await cpu.takeTrainLoss() }
      const outputs = await cpu.predict(batchOfRows(one.encoded, 0, 20))

      const gpu = await onGpu(one)
      for (const batch of batchesOf(one)) gpu.trainStep(batch)
      expectSameState(await gpu.save(), expected.saved)
      expectNear([await gpu.takeTrainLoss()], [expected.loss], 'loss')
      expectNear(await gpu.predict(batchOfRows(one.encoded, 0, 20)), outputs, 'outputs')
      expectNear(await gpu.predictRows(Uint32Array.from({ length: 20 }, (_, i) => i)), outputs, 'outputs of rows')
      expect(await gpu.takeTrainLoss()).toBeNaN()
      gpu.dispose()
    })
  }

  it.each(modelCases({ batchSize: 8 }))('draws the batches that every execution draws: $name', async (one) => {
    const { encoded, experiment } = one
    const gpu = await onGpu(one)
    const other = await onGpu(one)
    const rows = new Uint32Array(encoded.trainRows.length)
    for (const epoch of [0, 1]) {
      fillRows(rows, encoded.trainRows, 0, orderKeys(experiment.seed, epoch, rows.length))
      gpu.trainSteps({ epoch, position: 0 }, 3)
      gpu.trainSteps({ epoch, position: 24 }, 5)
      for (let at = 0; at < rows.length; at += 8) other.trainStep(gatherRows(encoded, rows.slice(at, at + 8)))
    }
    expect(await gpu.save()).toEqual(await other.save())
    expect(await gpu.takeTrainLoss()).toBe(await other.takeTrainLoss())
    expect(() => gpu.trainSteps({ epoch: 2, position: 56 }, 2)).toThrow('60 rows')
    gpu.dispose()
    other.dispose()
  })
})
