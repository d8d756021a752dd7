import { dispose, memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { createRandom, type Random } from '../lib/random'
import type { Combiner } from './combiner'
import { embeddingBagReference } from './embeddingBag.reference'
import { embeddingBagGradReference } from './embeddingBagGrad.reference'
import { expectClose } from './expectClose'
import { readTensor } from './readTensor'
import { createRowIndexer } from './rowIndex'
import { weightedEmbeddingBag } from './weightedEmbeddingBag'
import { weightedEmbeddingBagGrad } from './weightedEmbeddingBagGrad'

const ROWS = 40
const combiners: Combiner[] = ['mean', 'sum', 'sqrtn']

/** Declares the tests of weighted bags against their reference, on the backend that is current when they run. */
export function checkWeightedBags(sizes: readonly number[]): void {
  for (const lookups of sizes) {
    it(`looks up weighted bags and their gradients, rows clipped or not: ${lookups} lookups`, async () => {
      for (const dim of [1, 5]) {
        const random = createRandom(lookups * 10 + dim, 'weighted')
        const batch = weightedBatch(random, lookups)
        for (const combiner of combiners) {
          // Rows of five normals are longer than 1.5 more often than not.
          for (const maxNorm of [null, 1.5]) await checkWeightedBag(random, batch, dim, combiner, maxNorm)
        }
      }
    })
  }
}

interface WeightedBatch {
  ids: Int32Array
  offsets: Int32Array
  weights: Float32Array
}

/** Bags of 0 to 3 lookups of which some ids repeat; in every fifth bag all weights are 0. */
function weightedBatch(random: Random, lookups: number): WeightedBatch {
  const offsets = [0]
  for (let size = 0; offsets.at(-1)! < lookups; size++) offsets.push(Math.min(offsets.at(-1)! + (size % 4), lookups))
  offsets.push(lookups)
  const weights = Float32Array.from({ length: lookups }, () => 0.1 + 2 * random.uniform())
  for (let b = 4; b < offsets.length - 1; b += 5) weights.fill(0, offsets[b], offsets[b + 1])
  return {
    ids: Int32Array.from({ length: lookups }, () => random.integer(ROWS / 2)),
    offsets: Int32Array.from(offsets),
    weights,
  }
}

async function checkWeightedBag(
  random: Random,
  { ids, offsets, weights }: WeightedBatch,
  dim: number,
  combiner: Combiner,
  maxNorm: number | null,
): Promise<void> {
  const before = memory().numDataBuffers
  const bags = offsets.length - 1
  const [values, dValues] = [ROWS * dim, bags * dim].map((length) =>
    Float32Array.from({ length }, () => random.normal()),
  ) as [Float32Array, Float32Array]
  const [table, dOut] = [tensor2d(values, [ROWS, dim]), tensor2d(dValues, [bags, dim])]
  const integers = (array: Int32Array) => tensor1d(array.slice(), 'int32')
  const [idTensor, offsetTensor, weightTensor] = [integers(ids), integers(offsets), tensor1d(weights, 'float32')]
  const out = weightedEmbeddingBag(table, idTensor, offsetTensor, weightTensor, bags, combiner, maxNorm)
  expect(out.shape).toEqual([bags, dim])
  const options = { weights, maxNorm }
  expectClose(await readTensor(out), embeddingBagReference(values, dim, ids, offsets, combiner, options))

  const index = createRowIndexer(ROWS, 'test').index(ids, offsets, null)
  const tensors = {
    touched: index.touched,
    rows: integers(index.rows),
    starts: integers(index.starts),
    bags: integers(index.bags),
    lookups: integers(index.lookups),
    counts: integers(index.counts),
  }
  for (const l2 of [0, 0.25]) {
    const slices = weightedEmbeddingBagGrad(dOut, table, tensors, offsetTensor, weightTensor, combiner, l2, maxNorm)
    expect(slices.shape).toEqual([index.touched, dim])
    const dense = new Float32Array(ROWS * dim)
    const read = await readTensor(slices)
    for (const [u, row] of index.rows.entries()) dense.set(read.subarray(u * dim, (u + 1) * dim), row * dim)
    expectClose(dense, embeddingBagGradReference(dValues, values, dim, ids, offsets, combiner, l2, options), 2e-6)
    slices.dispose()
  }
  const { rows, starts, bags: bagTensor, lookups, counts } = tensors
  dispose([table, dOut, idTensor, offsetTensor, weightTensor, out, rows, starts, bagTensor, lookups, counts])
  expect(memory().numDataBuffers).toBe(before)
}
