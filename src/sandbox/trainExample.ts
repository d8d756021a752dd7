import * as estimator from '../estimator/api'
import { batchesOf, type InputFn } from '../estimator/inputFn'
import { compileCode } from './compileCode'
import { runCode } from './runCode'

type Trained = Parameters<typeof estimator.trainAndEvaluate>

/** For tests: trains an example of the lab for a few steps, and answers with what it handed to `trainAndEvaluate`. */
export async function trainExample(code: string, steps: number): Promise<Trained> {
  const compiled = compileCode(code.replace(/const STEPS = \d+/, `const STEPS = ${steps}`))
  if (!compiled.ok) throw new Error(compiled.message)
  let trained: Trained | null = null
  const trainAndEvaluate: typeof estimator.trainAndEvaluate = (...given) => {
    trained = given
    return estimator.trainAndEvaluate(...given)
  }
  const playground = { showSeries: () => {} }
  await runCode(compiled.code, { estimator: { ...estimator, trainAndEvaluate }, playground })
  if (trained) return trained
  throw new Error('The example trained nothing.')
}

/** For tests: the first batch of an input function alone. */
export function firstBatch(inputFn: InputFn): InputFn {
  return async function* (context) {
    for await (const batch of batchesOf(inputFn, context)) {
      yield batch
      return
    }
  }
}
