import type { Batch } from './features'
import type { ModeKeys } from './modeKeys'

/** Where an input function is to start. One that honours `startStep` makes a resumed run the same as one never interrupted; TensorFlow's start anew. */
export interface InputContext {
  mode: ModeKeys
  /** Batches that earlier calls of `train` took: the global step. 0 for evaluation and prediction. */
  startStep: number
}

/**
 * Called once for each `train`, `evaluate` and `predict`. The tensors of a batch become the Estimator's, which disposes of them after the step: yield a
 * `clone()` of what is to be kept.
 */
export type InputFn = (context: InputContext) => Iterable<Batch> | AsyncIterable<Batch>

/** The batches of an input function, with a word for what is none. */
export async function* batchesOf(inputFn: InputFn, context: InputContext): AsyncGenerator<Batch> {
  const batches = inputFn(context)
  const isIterable = typeof batches === 'object' && (Symbol.iterator in batches || Symbol.asyncIterator in batches)
  if (!isIterable)
    throw new TypeError('An input function answers with batches { features, labels }: an iterable, or a generator.')
  for await (const batch of batches) {
    if (!batch?.features) throw new TypeError('A batch of an input function is an object { features, labels }.')
    yield batch
  }
}
