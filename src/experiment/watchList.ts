import type { ModelSpec } from './experiment'
import { limits } from './limits'

export type WatchListSpec = Extract<ModelSpec, { type: 'watchList' }>
type TabularSpec = Extract<ModelSpec, { type: 'tabular' }>

/** Whether the softmax over the next item is sampled in training: from 2,000 items on. It is always evaluated in full. */
export function isSampled(model: ModelSpec, classes: number): boolean {
  return model.type === 'watchList' && classes >= limits.classes
}

/** The network that a model is: a watch list's bag of embeddings goes through one linear layer. */
export function networkOf(model: TabularSpec | WatchListSpec): TabularSpec {
  return model.type === 'tabular' ? model : { type: 'tabular', hiddenUnits: [], activation: 'relu' }
}
