/** TensorFlow.js as its own bundle gives it (`tf.matMul`, `tf.layers.dense`, `x.mul(2)`), without converters and back ends. */
// First, so that the methods of tensors are put on the class in use, where Node loads it in two forms.
import '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import './kerasSeeds'

export * from '@tensorflow/tfjs-core'
export * from '@tensorflow/tfjs-layers'
