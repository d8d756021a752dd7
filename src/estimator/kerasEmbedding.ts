import { cast, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'
import { embeddingLookup } from './embeddingLookups'
import { hostValues, withHostValues } from './hostValues'

type StockEmbedding = ReturnType<typeof layers.embedding>

/**
 * `tf.keras.layers.Embedding` with a sparse gradient: TensorFlow.js's own layer, whose lookup is ours. A step costs the same whatever `inputDim` is, where the model is
 * compiled with an optimizer of `optimizers` or `train`; TensorFlow.js's own optimizers refuse it. Saved models load as any other.
 */
export function embedding(args: Parameters<typeof layers.embedding>[0]): StockEmbedding {
  return withSparseGradient(layers.embedding(args))
}

/** Makes a layer look up our way. */
export function withSparseGradient(layer: StockEmbedding): StockEmbedding {
  layer.call = (inputs) => {
    const ids = Array.isArray(inputs) ? inputs[0]! : inputs
    return tidy(() => embeddingLookup(layer.weights[0]!.read() as Variable, integers(ids)))
  }
  return layer
}

function integers(ids: Tensor): Tensor {
  return ids.dtype === 'int32' ? ids : withHostValues(cast(ids, 'int32'), Int32Array.from(hostValues(ids)))
}
