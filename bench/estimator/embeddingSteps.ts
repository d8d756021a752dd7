import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { embedding } from '../../src/estimator/kerasEmbedding'
import { optimizers } from '../../src/estimator/train'
import { createRandom } from '../../src/lib/random'

export interface EmbeddingSteps {
  rows: number
  rounds: number
  /** Median step, in milliseconds. */
  sparseMs: number
  stockMs: number
  /** Stock step over sparse step in each round. */
  ratios: number[]
}

const [BATCH, LENGTH, DIMENSION] = [32, 10, 8]

/**
 * One training step of Embedding(rows, 8) → Flatten → Dense(1, sigmoid) on 32 rows of 10 ids, Adagrad: with our layer and optimizer, and with those of TensorFlow.js, in
 * turn. 20 sparse steps are taken for each stock one, whose cost grows with the table.
 */
export async function timeEmbeddingSteps(rows: number, rounds: number): Promise<EmbeddingSteps> {
  const random = createRandom(rows, 'bench embedding')
  const ids = Array.from({ length: BATCH }, () => Array.from({ length: LENGTH }, () => random.integer(rows)))
  const x = tensor2d(ids, undefined, 'int32')
  const y = tensor2d(ids.map(([first = 0]) => [first % 2]))
  const sparse = modelOf(embedding, rows)
  sparse.compile({ optimizer: optimizers.adagrad(0.1), loss: 'binaryCrossentropy' })
  const stock = modelOf(layers.embedding, rows)
  stock.compile({ optimizer: 'adagrad', loss: 'binaryCrossentropy' })
  await stepMs(sparse, x, y)
  const times: { sparseMs: number; stockMs: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const several = []
    for (let i = 0; i < 20; i++) several.push(await stepMs(sparse, x, y))
    times.push({ sparseMs: median(several), stockMs: await stepMs(stock, x, y) })
  }
  return {
    rows,
    rounds,
    sparseMs: median(times.map(({ sparseMs }) => sparseMs)),
    stockMs: median(times.map(({ stockMs }) => stockMs)),
    ratios: times.map(({ sparseMs, stockMs }) => stockMs / sparseMs),
  }
}

function modelOf(make: typeof layers.embedding, rows: number): LayersModel {
  const model = sequential()
  model.add(make({ inputDim: rows, outputDim: DIMENSION, inputLength: LENGTH }))
  model.add(layers.flatten())
  model.add(layers.dense({ units: 1, activation: 'sigmoid' }))
  return model
}

async function stepMs(model: LayersModel, x: Tensor2D, y: Tensor2D): Promise<number> {
  const startedAt = performance.now()
  await model.trainOnBatch(x, y)
  return performance.now() - startedAt
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
