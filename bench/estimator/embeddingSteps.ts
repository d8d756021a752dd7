import { spawnSync } from 'node:child_process'
import { type Optimizer, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { embedding } from '../../src/estimator/kerasEmbedding'
import { optimizers } from '../../src/estimator/train'
import { createRandom } from '../../src/lib/random'

export interface EmbeddingSteps {
  rows: number
  rounds: number
  /** Median step, in milliseconds. */
  sparseMs: number
  /** null: had not ended after `LIMIT_MS`. */
  stockMs: number | null
  /** Stock step over sparse step in each round. */
  ratios: number[]
}

export const LIMIT_MS = 300_000
const [BATCH, LENGTH, DIMENSION] = [32, 1, 8]

/**
 * One training step of Embedding(rows, 8) → Flatten → Dense(1, sigmoid) on 32 rows of one id, Adagrad: with our layer and optimizer, and with those of TensorFlow.js, in
 * turn. 20 sparse steps are taken for each stock one, whose cost grows with the table.
 */
export async function timeEmbeddingSteps(rows: number, rounds: number): Promise<EmbeddingSteps> {
  const sparse = preparedStep(rows, embedding, optimizers.adagrad(0.1))
  const stock = preparedStep(rows, layers.embedding, 'adagrad')
  await sparse()
  const times: { sparseMs: number; stockMs: number }[] = []
  for (let round = 0; round < rounds; round++)
    times.push({ sparseMs: await medianStep(sparse), stockMs: await stock() })
  return {
    rows,
    rounds,
    sparseMs: median(times.map(({ sparseMs }) => sparseMs)),
    stockMs: median(times.map(({ stockMs }) => stockMs)),
    ratios: times.map(({ sparseMs, stockMs }) => stockMs / sparseMs),
  }
}

/** The stock step may never end: it is taken in a process of its own, which is stopped after `LIMIT_MS`. */
export async function timeHugeTable(rows: number): Promise<EmbeddingSteps> {
  const sparse = preparedStep(rows, embedding, optimizers.adagrad(0.1))
  await sparse()
  const sparseMs = await medianStep(sparse)
  const args = ['--import', 'tsx', 'scripts/runModule.ts', 'bench/estimator/stockStep.ts', String(rows)]
  const { stdout } = spawnSync(process.execPath, args, { timeout: LIMIT_MS, encoding: 'utf8' })
  const written = /stock step: ([\d.]+) ms/.exec(stdout)?.[1]
  const stockMs = written === undefined ? null : Number(written)
  return { rows, rounds: 1, sparseMs, stockMs, ratios: stockMs === null ? [] : [stockMs / sparseMs] }
}

/** Answers with how to take a step, and how long it took. */
export function preparedStep(
  rows: number,
  make: typeof layers.embedding,
  optimizer: string | Optimizer,
): () => Promise<number> {
  const random = createRandom(rows, 'bench embedding')
  const ids = Array.from({ length: BATCH }, () => Array.from({ length: LENGTH }, () => random.integer(rows)))
  const x = tensor2d(ids, undefined, 'int32')
  const y = tensor2d(ids.map(([first = 0]) => [first % 2]))
  const model = modelOf(make, rows)
  model.compile({ optimizer, loss: 'binaryCrossentropy' })
  return () => stepMs(model, x, y)
}

async function medianStep(step: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) times.push(await step())
  return median(times)
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
