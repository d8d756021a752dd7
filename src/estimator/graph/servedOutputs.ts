import type { Tensor } from '@tensorflow/tfjs-core'
import { type ExportOutput, PredictOutput } from '../exportOutputs'

/** What is answered where no signature is asked for. */
export const SERVING = 'serving_default'

/**
 * `exportOutputs` with the one that serves first, as TensorFlow names it: the only one, or `serving_default`; `predictions` where there is none. Throws where several are given
 * and none is called so.
 */
export function servedOutputs(
  given: Readonly<Record<string, ExportOutput>>,
  predictions: Record<string, Tensor>,
): Record<string, ExportOutput> {
  const names = Object.keys(given)
  const serving = names.length === 0 ? new PredictOutput(predictions) : (given[SERVING] ?? only(given))
  if (serving) return { [SERVING]: serving, ...given }
  throw new Error(
    `Of several exportOutputs (${names.join(', ')}) one must be called ${SERVING}: it is served where nothing is said.`,
  )
}

function only(given: Readonly<Record<string, ExportOutput>>): ExportOutput | undefined {
  const outputs = Object.values(given)
  return outputs.length === 1 ? outputs[0] : undefined
}
