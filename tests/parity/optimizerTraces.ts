import { useBackend as startBackend } from '../../src/model/backends'
import { traceSteps } from '../../src/model/optimizerTraces'
import golden from '../goldens/tensorflow-feature-columns.json'
import { compare, type ParityRow } from './parityRow'

const traces = [
  { type: 'sgd', run: 'SGD', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'momentum', run: 'Momentum', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'adagrad', run: 'Adagrad', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'ftrl', run: 'Ftrl', learningRate: 0.1, tolerance: 1e-6 },
  { type: 'adamAllRows', run: 'Adam', learningRate: 0.01, tolerance: 1e-5 },
  { type: 'rmsprop', run: 'RMSProp', learningRate: 0.01, tolerance: 1e-5 },
] as const

/** Losses, embedding, kernel and bias after five steps of every optimizer, on the CPU. */
export async function optimizerTraces(): Promise<ParityRow[]> {
  await startBackend('cpu', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' })
  const rows: ParityRow[] = []
  for (const { type, run, learningRate, tolerance } of traces) {
    const { losses, weights } = await traceSteps(golden.train_trace, { type, learningRate })
    const expected = golden.train_trace.runs[run]
    const names = ['m_embedding', 'head/kernel', 'head/bias']
    const ours = [...losses, ...names.flatMap((name) => [...weights[name]!.values])]
    const theirs = [...expected.losses, ...expected.E.flat(), ...expected.K.flat(), ...expected.b]
    const what = `tf.compat.v1.train.${run}Optimizer, five steps`.replace('SGD', 'GradientDescent')
    rows.push(compare({ part: 'Optimizers', golden: 'train_trace', what }, ours, theirs, tolerance))
  }
  return rows
}
