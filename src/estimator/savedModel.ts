import { tidy } from '@tensorflow/tfjs-core'
import type { CheckpointStorage } from './checkpointStorage'
import { PredictOutput } from './exportOutputs'
import { disposeBatch, type Features, isTensor } from './features'
import { ModeKeys } from './modeKeys'
import type { ModelSession } from './modelSession'
import { encodeArrays } from './savedArrays'

/** Writes the model's signatures and its variables under `path`. */
export async function writeSavedModel(
  session: ModelSession,
  features: Features,
  path: string,
  storage: CheckpointStorage,
): Promise<{ name: string; bytes: number }[]> {
  let signatures = ''
  tidy(() => {
    const { exportOutputs, predictions } = session.call(features, null, ModeKeys.PREDICT)
    const outputs =
      Object.keys(exportOutputs).length > 0 ? exportOutputs : { serving_default: new PredictOutput(predictions!) }
    signatures = JSON.stringify(outputs, (_, value) =>
      value?.dataId ? { dtype: value.dtype, shape: value.shape } : value,
    )
  })
  const inputs = Object.fromEntries(
    Object.entries(features).map(([name, value]) => [
      name,
      isTensor(value) ? { dtype: value.dtype, shape: value.shape } : value,
    ]),
  )
  disposeBatch({ features })
  const files = new Map([
    ['signature.json', new TextEncoder().encode(JSON.stringify({ inputs, signatures: JSON.parse(signatures) }))],
    ['variables.safetensors', encodeArrays(await session.save())],
  ])
  for (const [name, bytes] of files) await storage.save(`${path}/${name}`, bytes)
  return [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }))
}
