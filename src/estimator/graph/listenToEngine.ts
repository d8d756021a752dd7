import { engine, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core'

/** What code outside of kernels asks TensorFlow.js for. */
export interface EngineListener {
  /** A kernel has run. */
  ran(name: string, inputs: NamedTensorMap, attrs: NamedAttrMap, outputs: Tensor[]): void
  /** A tensor was made of an array. */
  made(tensor: Tensor, values: object): void
  /** The numbers of a tensor are about to be read; may throw. */
  reading(dataId: object): void
}

/** Runs `f`, of which the listener hears. Every operation of TensorFlow.js goes through the one engine there is. */
export function listenToEngine<T>({ ran, made, reading }: EngineListener, f: () => T): T {
  const tensorflow = engine()
  const { runKernel, makeTensor, readSync } = tensorflow
  let depth = 0
  const within = <R>(run: () => R): R => {
    depth++
    try {
      return run()
    } finally {
      depth--
    }
  }
  tensorflow.runKernel = <R extends Tensor | Tensor[]>(
    name: string,
    inputs: NamedTensorMap,
    attrs?: NamedAttrMap,
  ): R => {
    const result = within(() => runKernel.call(tensorflow, name, inputs, attrs)) as R
    if (depth === 0) ran(name, inputs, attrs ?? {}, Array.isArray(result) ? result : [result])
    return result
  }
  tensorflow.makeTensor = (values, ...rest) => {
    const tensor = makeTensor.call(tensorflow, values, ...rest)
    if (depth === 0) made(tensor, values)
    return tensor
  }
  tensorflow.readSync = (dataId) => {
    if (depth === 0) reading(dataId)
    return readSync.call(tensorflow, dataId)
  }
  try {
    return f()
  } finally {
    Object.assign(tensorflow, { runKernel, makeTensor, readSync })
  }
}
