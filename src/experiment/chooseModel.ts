import type { DataSummary } from './dataSummary'
import type { Experiment, ModelSpec } from './experiment'
import { suggestExperiment } from './suggestExperiment'
import { suggestWatchList } from './suggestWatchList'
import { withModel } from './withModel'

/**
 * The same data under another model. A watch list predicts something else than the others, with a recipe of its own: from and to it the experiment is the
 * one that suits the data, with seeds and backend as they were.
 */
export function chooseModel(experiment: Experiment, type: ModelSpec['type'], summary: DataSummary | null): Experiment {
  if (type === experiment.model.type || !summary) return experiment
  if (type === 'watchList') return suggestWatchList(experiment, summary) ?? experiment
  if (experiment.model.type !== 'watchList') return withModel(experiment, type)
  const { seed, split, backend, dateOrders } = experiment
  const suggested = suggestExperiment(summary)
  const splitAgain = { ...split, validationShare: suggested.split.validationShare }
  return withModel({ ...suggested, seed, split: splitAgain, backend, dateOrders }, type)
}
