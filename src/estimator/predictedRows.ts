import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import type { Features } from './features'
import { ModeKeys } from './modeKeys'
import type { ModelSession } from './modelSession'

/** Predictions of one row: the numbers of each tensor that are its own. */
export type Predicted = Record<string, number[]>

/** Throws when a prediction has not one entry for each row of the batch, or when there is none of `keys` (null = all). */
export async function predictedRows(
  session: ModelSession,
  features: Features,
  keys: readonly string[] | null,
): Promise<Predicted[]> {
  const kept: [string, Tensor][] = []
  tidy(() => {
    const { predictions } = session.call(features, null, ModeKeys.PREDICT)
    for (const [name, tensor] of chosen(predictions!, keys)) kept.push([name, keep(tensor.clone())])
  })
  const rows = kept[0]?.[1].shape[0] ?? 1
  const columns = await Promise.all(
    kept.map(async ([name, tensor]) => {
      const values = Array.from(await readTensor(tensor))
      tensor.dispose()
      if ((tensor.shape[0] ?? 1) !== rows)
        throw new Error(
          `Prediction ${name} has ${tensor.shape[0]} rows, another one ${rows}: each needs one a row of the batch.`,
        )
      return { name, values, width: values.length / rows }
    }),
  )
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values, width }) => [name, values.slice(row * width, (row + 1) * width)])),
  )
}

function chosen(predictions: Record<string, Tensor>, keys: readonly string[] | null): [string, Tensor][] {
  const entries = Object.entries(predictions)
  if (keys === null) return entries
  const found = entries.filter(([name]) => keys.includes(name))
  if (found.length > 0) return found
  throw new Error(
    `None of the predictions ${keys.join(', ')} is there; the model gives ${Object.keys(predictions).join(', ')}.`,
  )
}
