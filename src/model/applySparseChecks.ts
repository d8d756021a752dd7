import {
  add,
  matMul,
  mean,
  memory,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor2D,
  tensor2d,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { embeddingLookup } from '../kernels/embeddingLookup'
import { readTensor } from '../kernels/readTensor'
import { sparseValueAndGrads } from '../kernels/sparseTape'
import { applySparse } from './applySparse'
import { createOptimizer } from './optimizer'
import type { TrainTrace } from './optimizerTraces'
import { createParameter, disposeParameter } from './parameter'

/** Declares the tests of tables trained by TensorFlow.js operations of one's own, on the backend that is current when they run. */
export function checkSparseTraining({ E0, K0, batches, runs }: TrainTrace): void {
  it('trains a model written in TensorFlow.js operations as TensorFlow does', async () => {
    const before = memory().numTensors
    const table = createParameter(Float32Array.from(E0.flat()), 2)
    const kernel = variableOf(K0.flat(), 1)
    const bias = variableOf([0], 1)
    const [sparse, dense] = [createOptimizer({ type: 'sgd', learningRate: 0.1 }), train.sgd(0.1)]
    const losses: number[] = []
    for (const [ids, labels] of batches) {
      const loss = tidy(() => {
        const { value, grads, slices } = sparseValueAndGrads(
          () => {
            const vectors = embeddingLookup(table, Int32Array.from(ids!))
            const outputs = add(matMul(vectors, kernel as unknown as Tensor2D), bias)
            return mean(square(sub(outputs, tensor2d(labels!, [2, 1])))) as Scalar
          },
          [kernel, bias],
          [table],
        )
        dense.applyGradients(grads)
        applySparse(sparse, slices)
        return value
      })
      losses.push((await readTensor(loss))[0]!)
      loss.dispose()
    }
    expectClose(losses, runs.SGD.losses)
    expectClose(await readTensor(table.tensor), runs.SGD.E.flat())
    expectClose(await readTensor(kernel), runs.SGD.K.flat())
    expectClose(await readTensor(bias), runs.SGD.b)
    disposeParameter(table)
    kernel.dispose()
    bias.dispose()
    dense.dispose()
    expect(memory().numTensors).toBe(before)
  })

  it('makes the slots of a table at its first step, and leaves a frozen one alone', async () => {
    const table = createParameter(Float32Array.of(1, 2, 3, 4), 2)
    const frozen = createParameter(Float32Array.of(5, 6), 1, false)
    const optimizer = createOptimizer({ type: 'rowAdagrad', learningRate: 1 })
    tidy(() => {
      const { slices } = sparseValueAndGrads(
        () =>
          add(
            sum(embeddingLookup(table, Int32Array.of(1, 1))),
            sum(embeddingLookup(frozen, Int32Array.of(0))),
          ) as Scalar,
        [],
        [table, frozen],
      )
      applySparse(optimizer, slices)
    })
    // Two lookups with a gradient of 1 each: g = 2, mean of squares 4.
    const step = 2 / Math.sqrt(4.1)
    expectClose(await readTensor(table.tensor), [1, 2, 3 - step, 4 - step])
    expectClose(await readTensor(table.slots.get('accumulator')!), [0.1, 4.1])
    expect([...(await readTensor(frozen.tensor))]).toEqual([5, 6])
    for (const parameter of [table, frozen]) disposeParameter(parameter)
  })
}

function variableOf(values: number[], width: number): Variable {
  return tidy(() => variable(tensor2d(values, [values.length / width, width])))
}

function expectClose(actual: ArrayLike<number>, expected: number[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6)
}
