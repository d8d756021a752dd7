import { dispose, keep, reshape, slice, type Tensor, tidy } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import type { EstimatorSpec } from './estimatorSpec'
import type { ExportOutput } from './exportOutputs'
import type { SpecParts, TensorSummary } from './runObserver'
import { describeTrainOp } from './trainOp'

const HEAD = 8

/** A spec whose tensors are about to go, held for a summary. */
export interface HeldSpec {
  /** How many tensors it holds. */
  readonly tensors: number
  /** Reads them and lets them go. Once. */
  parts(globalStep: number): Promise<SpecParts>
}

interface HeldOutput {
  name: string
  kind: ExportOutput['kind']
  read(): Promise<Record<string, TensorSummary>>
}

/** Call where the tensors are alive. */
export function holdSpec({ mode, predictions, loss, trainOp, evalMetricOps, exportOutputs }: EstimatorSpec): HeldSpec {
  const held: Tensor[] = []
  const hold = (tensor: Tensor) => {
    const head = tidy(() => keep(slice(reshape(tensor, [-1]), 0, Math.min(HEAD, tensor.size))))
    held.push(head)
    const { dtype, shape } = tensor
    return async (): Promise<TensorSummary> => ({ dtype, shape: [...shape], head: await numbersOf(head) })
  }
  const holdAll = (tensors: Record<string, Tensor>) => {
    const entries = Object.entries(tensors).map(([name, tensor]) => [name, hold(tensor)] as const)
    return async () =>
      Object.fromEntries(await Promise.all(entries.map(async ([name, read]) => [name, await read()] as const)))
  }
  const heldPredictions = predictions && holdAll(predictions)
  const heldLoss = loss && hold(loss)
  const outputs = Object.entries(exportOutputs).map(([name, output]): HeldOutput => {
    return { name, kind: output.kind, read: holdAll(output.outputs) }
  })
  const metricNames = Object.keys(evalMetricOps)
  return {
    tensors: held.length,
    async parts(globalStep) {
      const exported: SpecParts['exportOutputs'] = {}
      for (const { name, kind, read } of outputs) exported[name] = { kind, outputs: await read() }
      const parts: SpecParts = {
        mode,
        globalStep,
        predictions: (await heldPredictions?.()) ?? null,
        loss: (await heldLoss?.())?.head[0] ?? null,
        trainOp: trainOp && describeTrainOp(trainOp),
        evalMetricOps: metricNames.length > 0 ? metricNames : null,
        exportOutputs: outputs.length > 0 ? exported : null,
      }
      dispose(held)
      return parts
    },
  }
}

/** Texts are shown by their place alone: a summary holds numbers. */
async function numbersOf(tensor: Tensor): Promise<number[]> {
  return tensor.dtype === 'string' ? [] : [...(await readTensor(tensor))]
}
