import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import code from './softmaxCrossEntropy.wgsl?raw'
import statisticsCode from './softmaxStatistics.wgsl?raw'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'

export interface SoftmaxCrossEntropy {
  /** [G, 4]: maximum, Σ exp(logit − maximum), examples and loss of each row. */
  statistics: Tensor2D
  /** [G, C]: gradient of `scale` · Σ of the losses. */
  dLogits: Tensor2D
}

/** Column of `statistics` that holds the loss. */
export const LOSS_COLUMN = 3

/**
 * Log loss of class logits [G, C] against `counts` [G, C], the number of examples of each class that share a row of logits
 * (one 1 a row for a single example), and its gradient. Overflows nowhere: the largest logit of a row is taken off first.
 */
export function softmaxCrossEntropy(logits: Tensor2D, counts: Tensor2D, scale: number): SoftmaxCrossEntropy {
  const [statistics, dLogits] = engine().runKernel<Tensor2D[]>('SoftmaxCrossEntropy', { logits, counts }, { scale })
  return { statistics: statistics!, dLogits: dLogits! }
}

type Inputs = Record<'logits' | 'counts', TensorInfo>
type Attrs = { scale: number }

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { scale } = attrs as Attrs
  const infos = inputs as Inputs
  const [G, C] = infos.logits.shape as [number, number]
  const outputs = [memory.output([G, 4]), memory.output([G, C])] as const
  const [statistics, dLogits] = [memory.floats(outputs[0]), memory.floats(outputs[1])]
  const [logits, counts] = [memory.floats(infos.logits), memory.floats(infos.counts)]
  for (let g = 0; g < G; g++) {
    const [first, end] = [g * C, (g + 1) * C]
    let largest = logits[first]!
    for (let i = first + 1; i < end; i++) largest = Math.max(largest, logits[i]!)
    let normalizer = 0
    let examples = 0
    for (let i = first; i < end; i++) {
      const exponential = Math.exp(logits[i]! - largest)
      dLogits[i] = exponential
      normalizer += exponential
      examples += counts[i]!
    }
    const logNormalizer = Math.log(normalizer)
    const share = (scale * examples) / normalizer
    let loss = 0
    for (let i = first; i < end; i++) {
      const count = counts[i]!
      if (count !== 0) loss += count * (logNormalizer + largest - logits[i]!)
      dLogits[i] = share * dLogits[i]! - scale * count
    }
    statistics.set([largest, normalizer, examples, loss], 4 * g)
  }
  return [...outputs]
}

export function registerSoftmaxCrossEntropy(): void {
  registerArrayKernel('SoftmaxCrossEntropy', arrayKernel)
  registerWebgpuKernel('SoftmaxCrossEntropy', (inputs, attrs, backend) => {
    const { logits, counts } = inputs as Inputs
    const { scale } = attrs as Attrs
    const [rows, classes] = logits.shape as [number, number]
    const statistics = runToNew(backend, [rows, 4], {
      name: 'softmaxStatistics',
      code: statisticsCode,
      threads: rows,
      buffers: { logits, counts },
      integers: { classes },
    })
    const dLogits = runToNew(backend, [rows, classes], {
      name: 'softmaxCrossEntropy',
      code,
      threads: rows * classes,
      buffers: { logits, counts, statistics },
      integers: { classes },
      floats: { scale },
    })
    return [statistics, dLogits]
  })
}
