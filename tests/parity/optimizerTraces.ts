import { useBackend as startBackend } from '../../src/model/backends'
import { numbersOfRun, tracedRuns, traceSteps } from '../../src/model/optimizerTraces'
import kerasTraces from '../goldens/keras-traces.json'
import golden from '../goldens/tensorflow-feature-columns.json'
import { compare, type ParityRow } from './parityRow'

/** Losses, embedding, kernel and bias after five steps of every optimizer, on the CPU. */
export async function optimizerTraces(): Promise<ParityRow[]> {
  await startBackend('cpu', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' })
  const rows: ParityRow[] = []
  for (const { name, optimizer, expected, tolerance, leftOut } of tracedRuns(golden.train_trace, kerasTraces)) {
    const ours = numbersOfRun(await traceSteps(golden.train_trace, optimizer), leftOut)
    const theirs = numbersOfRun(expected, leftOut)
    const source = name.endsWith('TensorFlow')
      ? 'train_trace.keras3_runs'
      : optimizer.flavor === 'keras'
        ? 'keras-traces.json'
        : 'train_trace'
    const what = leftOut === undefined ? `${name}, five steps` : `${name}, five steps, without row ${leftOut}`
    rows.push(compare({ part: 'Optimizers', golden: source, what }, ours, theirs, tolerance))
  }
  return rows
}
