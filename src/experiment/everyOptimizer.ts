import type { OptimizerSpec } from './experiment'
import { optimizerNames } from './optimizerNames'
import { optimizerFlavors } from './optimizerRules'

/** For tests: the optimizers of both flavors, with a name of each for a title. */
export function everyOptimizer(learningRate: number): { name: string; optimizer: OptimizerSpec }[] {
  const types = Object.keys(optimizerNames) as OptimizerSpec['type'][]
  return optimizerFlavors.flatMap((flavor) =>
    types.map((type) => ({ name: `${flavor} ${type}`, optimizer: { type, learningRate, flavor } })),
  )
}
