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
  /** The same steps of Keras 3 on TensorFlow. */
  keras3_runs: Record<Exclude<KerasName, 'Momentum'>, Omit<TraceRun, 'losses'> & { losses_reported: number[] }>
}

export interface TraceRun {
  losses: number[]
  E: number[][]
  K: number[][]
  b: number[]
}

type KerasName = 'SGD' | 'Momentum' | 'Adagrad' | 'RMSprop' | 'Adam' | 'Ftrl'

/** keras-traces.json of tests/goldens: the same steps of Keras 3 on its other backends. */
export type KerasTraces = Record<'jax' | 'torch', Record<KerasName, TraceRun>>

/** One of our optimizers beside a recorded run of it. */
export interface TracedRun {
  name: string
  optimizer: OptimizerSpec
  expected: TraceRun
  tolerance: number
  /**
   * Rows of E that are not compared. Keras on TensorFlow squares the gradient of each lookup by itself where a batch looks a row up twice, as the
   * fourth batch does with row 1; Keras on JAX and PyTorch, TensorFlow 1 and we sum them first.
   */
  leftOut?: number
}

/** Every recorded run. */
export function tracedRuns({ runs, keras3_runs }: TrainTrace, keras: KerasTraces): TracedRun[] {
  return settings.flatMap(({ type, tf1, keras: run, learningRate, tolerance }): TracedRun[] => {
    const ofTf1 = { type, learningRate, flavor: 'tf1' } as const
    const ofKeras = { type, learningRate, flavor: 'keras' } as const
    const tf1Name = `tf.compat.v1.train.${tf1 === 'SGD' ? 'GradientDescent' : tf1}Optimizer`
    const name = `keras.optimizers.${run === 'Momentum' ? 'SGD(momentum=0.9)' : run}`
    return [
      { name: tf1Name, optimizer: ofTf1, expected: runs[tf1], tolerance },
      { name: `${name} on JAX`, optimizer: ofKeras, expected: keras.jax[run], tolerance },
      { name: `${name} on PyTorch`, optimizer: ofKeras, expected: keras.torch[run], tolerance },
      ...(run === 'Momentum'
        ? []
        : [{ name: `${name} on TensorFlow`, optimizer: ofKeras, tolerance, ...onTensorFlow(keras3_runs, run) }]),
    ]
  })
}

function onTensorFlow(runs: TrainTrace['keras3_runs'], run: Exclude<KerasName, 'Momentum'>) {
  const { losses_reported: losses, ...weights } = runs[run]
  const unsummed = run === 'Adagrad' || run === 'Adam' || run === 'RMSprop'
  return { expected: { losses, ...weights }, ...(unsummed ? { leftOut: 1 } : {}) }
}

const settings = [
  { type: 'sgd', tf1: 'SGD', keras: 'SGD', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'momentum', tf1: 'Momentum', keras: 'Momentum', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'adagrad', tf1: 'Adagrad', keras: 'Adagrad', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'ftrl', tf1: 'Ftrl', keras: 'Ftrl', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'adamAllRows', tf1: 'Adam', keras: 'Adam', learningRate: 0.01, tolerance: 1e-5 },
  { type: 'rmsprop', tf1: 'RMSProp', keras: 'RMSprop', learningRate: 0.01, tolerance: 1e-5 },
] as const

/** Losses, then embedding, kernel and bias, in one row. */
export function numbersOfRun({ losses, E, K, b }: TraceRun, leftOut?: number): number[] {
  return [...losses, ...E.filter((_, row) => row !== leftOut).flat(), ...K.flat(), ...b]
}

/** Declares the tests of the optimizers against the recorded traces, on the backend that is current when they run. */
export function checkOptimizerTraces(trace: TrainTrace, keras: KerasTraces): void {
  it.each(tracedRuns(trace, keras))(
    'takes the five recorded steps: $name',
    async ({ optimizer, expected, tolerance, leftOut }) => {
      const ours = numbersOfRun(await traceSteps(trace, optimizer), leftOut)
      expectWithin(ours, numbersOfRun(expected, leftOut), tolerance)
    },
  )
}

/** The five steps by our model. */
export async function traceSteps(
  { E0, K0, batches }: Pick<TrainTrace, 'E0' | 'K0' | 'batches'>,
  optimizer: OptimizerSpec,
): Promise<TraceRun> {
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
  const saved = (await model.save()).weights
  model.dispose()
  const table = saved.m_embedding!.values
  return {
    losses,
    E: E0.map((_, row) => [...table.subarray(2 * row, 2 * row + 2)]),
    K: [...saved['head/kernel']!.values].map((value) => [value]),
    b: [...saved['head/bias']!.values],
  }
}

function expectWithin(actual: ArrayLike<number>, expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `${actual[i]}, expected ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    )
  }
}
