import { getBackend, setBackend, type Tensor, type Tensor2D, tensor, tidy, zeros } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { memoryStorage } from '../checkpointStorage'
import { EstimatorSpec } from '../estimatorSpec'
import type { ExportOutput } from '../exportOutputs'
import type { Features, Labels } from '../features'
import { ModeKeys } from '../modeKeys'
import type { ModelFn } from '../modelFn'
import { createModelSession, type ModelSession } from '../modelSession'
import { writeSavedModel } from '../savedModel'
import { type ExportedModel, loadExported } from './loadExported'

/** For tests: what of the features a model function predicts, in every mode. */
export type Predict = (features: Features) => Tensor | Record<string, Tensor>

/** Of the one feature x, [B, …]. */
export const ofX =
  (f: (x: Tensor2D) => Tensor): Predict =>
  (features) =>
    f(features.x as Tensor2D)

export function sessionOf(predict: Predict, exportOutputs?: () => Record<string, ExportOutput>): ModelSession {
  const modelFn: ModelFn<Features, Record<string, unknown>, Labels> = (features) =>
    new EstimatorSpec({
      mode: ModeKeys.PREDICT,
      predictions: predict(features),
      exportOutputs: exportOutputs?.() ?? null,
    })
  return createModelSession({ modelFn, params: {}, seed: 1, checkpoint: null, watch: () => {} })
}

export async function exported(session: ModelSession, example: Features): Promise<ExportedModel> {
  const storage = memoryStorage()
  await writeSavedModel(session, example, 'out', storage, null)
  return loadExported(storage, 'out')
}

/** What an export throws. */
export async function refusal(predict: Predict, example: Features): Promise<Error> {
  const error = await exported(sessionOf(predict), example).catch((thrown: unknown) => thrown)
  if (error instanceof Error) return error
  return expect.fail('It was exported.')
}

/** The exported model, having answered on `backend` for `batch` as the function itself does on the current one. */
export async function exportedAlike(
  predict: Predict,
  example: Features,
  batch: Features,
  backend = getBackend(),
): Promise<ExportedModel> {
  const session = sessionOf(predict)
  const model = await exported(session, example)
  const expected: Record<string, number[]> = {}
  tidy(() => {
    const { predictions } = session.call(batch, null, ModeKeys.PREDICT)
    for (const [key, tensor] of Object.entries(predictions!)) expected[key] = Array.from(tensor.dataSync())
  })
  const own = getBackend()
  await setBackend(backend)
  try {
    expectAlike(model.answer(batch), expected)
  } finally {
    await setBackend(own)
  }
  return model
}

/** Within 1e-6, of numbers above 1 relative to them. */
export function expectAlike(
  actual: Readonly<Record<string, readonly number[]>>,
  expected: Readonly<Record<string, readonly number[]>>,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected))
  for (const [key, values] of Object.entries(expected)) {
    expect(actual[key]!.length, key).toBe(values.length)
    const off = values.findIndex((value, i) => {
      const other = actual[key]![i]!
      return !Object.is(value, other) && !(Math.abs(value - other) <= 1e-6 * Math.max(1, Math.abs(value)))
    })
    if (off >= 0) expect.fail(`${key}[${off}] is ${actual[key]![off]}, expected ${values[off]}`)
  }
}

/** Rows that no trace has had. */
export const ROWS = 7

/** Of both signs. */
export const numbers = (shape: number[]) =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.fround(2 * Math.sin(3.7 * i + 1))),
    shape,
  )

/** The operations of the graph that answers as `f` does. */
export async function operationsOf(
  f: (x: Tensor2D) => Tensor | Record<string, Tensor>,
  backend?: string,
): Promise<string[]> {
  const predict: Predict = (features) => f(features.x as Tensor2D)
  const { nodes } = await exportedAlike(predict, { x: zeros([1, 6]) }, { x: numbers([ROWS, 6]) }, backend)
  return nodes.map(({ op }) => op)
}
