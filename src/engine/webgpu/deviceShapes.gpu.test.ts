import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../columns/batches'
import type { EmbeddingColumn, OptimizerSpec } from '../../experiment/experiment'
import { modelCases } from '../../model/modelCases'
import { createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import { batchLayout, lookupBounds, pieceSizes, WHOLE } from './batchLayout'
import { expectSameState, onCpu, onGpu } from './trainableChecks'

const adapter = await navigator.gpu?.requestAdapter()

/** Two columns of so many ids, one of them in bags. */
function ratings(rows: number, buckets: number, dimension: number, type: OptimizerSpec['type'] = 'adagrad') {
  const columns: EmbeddingColumn[] = [
    embeddingOfKey('film', buckets, dimension),
    embeddingOfKey('viewer', 7, dimension),
  ]
  return {
    encoded: createSyntheticData({
      rows,
      categorical: [
        { name: 'film', buckets, multi: true },
        { name: 'viewer', buckets: 7 },
      ],
      task: 'regression',
      outputs: 1,
    }),
    experiment: experimentOf({
      columns,
      model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
      label: { task: 'regression', targets: [{ column: 'y', transform: 'none', standardize: false }] },
      optimizer: { type, learningRate: 0.05 },
      batchSize: rows,
      l2: 0.01,
    }),
  }
}

async function expectEqualSteps(one: ReturnType<typeof ratings>, sizes: number[]): Promise<void> {
  const batches = sizes.map((size) => gatherRows(one.encoded, one.encoded.trainRows.slice(0, size)))
  const cpu = await onCpu(one)
  for (const batch of batches) cpu.trainStep(batch)
  const expected = await cpu.save()
  cpu.dispose()
  const gpu = await onGpu(one)
  for (const batch of batches) gpu.trainStep(batch)
  expectSameState(await gpu.save(), expected)
  gpu.dispose()
}

describe.skipIf(!adapter)('fused models on webgpu, shapes', () => {
  it.each(['adagrad', 'rowAdagrad'] as const)('sums rows with many lookups in pieces, with %s', async (type) => {
    for (const dimension of [3, 8]) {
      const one = ratings(700, 9, dimension, type)
      expect(pieceSizes(one.encoded, 700)).toEqual([64, 64])
      await expectEqualSteps(one, [700, 129, 64, 65, 1])
    }
  })

  it('sorts ids that do not fit in 32 bits with the number of their bag', async () => {
    const one = ratings(40_000, 2 ** 17, 2)
    const layout = batchLayout(one.encoded, 40_000, lookupBounds(one.encoded, 40_000), [WHOLE, WHOLE])
    expect(layout.wide).toBe(true)
    await expectEqualSteps(one, [40_000])
  })

  it('takes dimensions beyond a workgroup', async () => {
    for (const type of ['adagrad', 'rowAdagrad'] as const) {
      await expectEqualSteps(ratings(70, 9, 65, type), [65, 5])
      await expectEqualSteps(ratings(70, 9, 256, type), [65, 5])
      await expectEqualSteps(ratings(70, 9, 130, type), [65, 5])
    }
  })

  it('predicts a row as often as it is asked for, however many ids it holds', async () => {
    const one = ratings(20, 30, 4)
    const [film] = one.encoded.categorical
    film!.ids = Int32Array.from({ length: 50 }, (_, i) => i % 30)
    film!.offsets = Int32Array.from({ length: 21 }, (_, row) => (row <= 7 ? 0 : 50))
    const gpu = await onGpu(one)
    const [outputs] = await gpu.predictRows(Uint32Array.of(7))
    expect(await gpu.predictRows(new Uint32Array(20).fill(7))).toEqual(new Float32Array(20).fill(outputs!))
    gpu.dispose()
  })

  it('makes room for a batch that is larger than the experiment has', async () => {
    const one = ratings(200, 30, 4)
    one.experiment.batchSize = 16
    await expectEqualSteps(one, [16, 200, 3])
  })

  it.each([[[]], [[65]], [[8, 3]], [[9, 7, 4]], [[8, 65, 4, 3]]])(
    'has hidden layers of %j units',
    async (hiddenUnits) => {
      for (const activation of ['relu', 'tanh'] as const) {
        const [, , one] = modelCases({ model: { type: 'tabular', hiddenUnits, activation }, batchSize: 60 })
        await expectEqualSteps(one!, [60, 63, 1])
      }
    },
  )

  it('leaves tables alone that are not trained', async () => {
    const [dot, , network] = modelCases()
    for (const one of [dot!, network!]) {
      const columns = one.experiment.columns.map((column) =>
        column.type === 'embedding' ? { ...column, trainable: false } : column,
      )
      await expectEqualSteps({ ...one, experiment: { ...one.experiment, columns } }, [20, 40])
    }
  })
})
