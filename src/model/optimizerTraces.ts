import { expect, it } from 'vitest'
import type { EncodedData } from '../columns/sparseBatch'
import type { OptimizerSpec } from '../experiment/experiment'
import { createModel } from './createModel'
import { createSyntheticData, embeddingOfKey, experimentOf } from './syntheticData'

/** `train_trace` of tests/goldens: five steps of TensorFlow 1 on an embedding of 5 rows, dimension 2, under a dense layer; squared error. */
export interface TrainTrace {
  E0: number[][]
  K0: number[][]
  /** Two ids and two labels each. */
  batches: number[][][]
  runs: Record<'SGD' | 'Momentum' | 'Adagrad' | 'RMSProp' | 'Adam' | 'Ftrl', TraceRun>
}

interface TraceRun {
  losses: number[]
  E: number[][]
  K: number[][]
  b: number[]
}

const traced: { optimizer: OptimizerSpec; run: keyof TrainTrace['runs']; tolerance: number }[] = [
  { optimizer: { type: 'sgd', learningRate: 0.1 }, run: 'SGD', tolerance: 1e-6 },
  { optimizer: { type: 'momentum', learningRate: 0.1 }, run: 'Momentum', tolerance: 1e-6 },
  { optimizer: { type: 'adagrad', learningRate: 0.1 }, run: 'Adagrad', tolerance: 1e-6 },
  { optimizer: { type: 'rmsprop', learningRate: 0.01 }, run: 'RMSProp', tolerance: 1e-5 },
  { optimizer: { type: 'adamAllRows', learningRate: 0.01 }, run: 'Adam', tolerance: 1e-5 },
  { optimizer: { type: 'ftrl', learningRate: 0.1 }, run: 'Ftrl', tolerance: 1e-6 },
]

/** Declares the tests of the optimizers against TensorFlow's traces, on the backend that is current when they run. */
export function checkOptimizerTraces(trace: TrainTrace): void {
  it.each(traced)(
    'takes the five steps that TensorFlow takes: $optimizer.type',
    async ({ optimizer, run, tolerance }) => {
      const { losses, weights } = await traceSteps(trace, optimizer)
      const expected = trace.runs[run]
      expectWithin(losses, expected.losses, tolerance)
      expectWithin(weights.m_embedding!.values, expected.E.flat(), tolerance)
      expectWithin(weights['head/kernel']!.values, expected.K.flat(), tolerance)
      expectWithin(weights['head/bias']!.values, expected.b, tolerance)
    },
  )
}

/** The five steps by our model. */
export async function traceSteps({ E0, K0, batches }: TrainTrace, optimizer: OptimizerSpec) {
  const encoded: EncodedData = createSyntheticData({
    rows: 2,
    categorical: [{ name: 'm', buckets: 5 }],
    task: 'regression',
    outputs: 1,
  })
  const model = createModel(
    encoded,
    experimentOf({
      columns: [embeddingOfKey('m', 5, 2)],
      model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
      label: { task: 'regression', targets: [] },
      optimizer,
    }),
  )
  const weights = {
    m_embedding: { shape: [5, 2], values: Float32Array.from(E0.flat()) },
    'head/kernel': { shape: [2, 1], values: Float32Array.from(K0.flat()) },
    'head/bias': { shape: [1], values: new Float32Array(1) },
  }
  model.restore({ weights, optimizer: {}, steps: 0 })
  const losses: number[] = []
  for (const [ids, labels] of batches) {
    const categorical = [{ ids: Int32Array.from(ids!), offsets: null }]
    model.trainStep({ size: 2, categorical, dense: new Float32Array(0), labels: Float32Array.from(labels!) })
    losses.push(await model.takeTrainLoss())
  }
  const saved = await model.save()
  model.dispose()
  return { losses, weights: saved.weights }
}

function expectWithin(actual: ArrayLike<number>, expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `${actual[i]}, expected ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    )
  }
}
