import { tidy, type Variable } from '@tensorflow/tfjs-core'
import { type initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers'
import { createRandom } from '../lib/random'

type Initializer = ReturnType<typeof initializers.zeros>

/** How a weight was drawn: the same again gives the same values. */
interface Drawn {
  initializer: Initializer
  shape: readonly number[]
  seed: number
}

const drawn = new WeakMap<LayerVariable, Drawn>()
let weights = 0

/**
 * Weights of Keras layers whose initializer was given no seed are drawn with one, as TensorFlow derives seeds of operations from that of the graph: the same code gives
 * the same weights. TensorFlow.js alone would draw them anew each time.
 */
function seedLayers(): void {
  const prototype: object = layers.Layer.prototype
  const addWeight: AddWeight = Reflect.get(prototype, 'addWeight')
  const seeded: AddWeight = function (name, shape, dtype, initializer, ...rest) {
    if (!isUnseeded(initializer)) return addWeight.call(this, name, shape, dtype, initializer, ...rest)
    const seed = seedOf(1, `layer weight ${weights++}`)
    const weight = withSeed(initializer, seed, () => addWeight.call(this, name, shape, dtype, initializer, ...rest))
    drawn.set(weight, { initializer, shape: weight.shape as number[], seed })
    return weight
  }
  Reflect.set(prototype, 'addWeight', seeded)
}

type AddWeight = (
  this: unknown,
  name: string,
  shape: unknown,
  dtype: unknown,
  initializer: Initializer | undefined,
  ...rest: unknown[]
) => LayerVariable

seedLayers()

/**
 * Draws a weight by the run's seed and its name, as `getVariable` does, unless it was given a value since it was made: by training, by `setWeights`, by an
 * initializer with a seed of its own.
 */
export function drawUntouched(weight: LayerVariable, runSeed: number, name: string): void {
  const how = drawn.get(weight)
  if (!how) return
  tidy(() => {
    const first = valuesOf(how, how.seed).dataSync()
    const now = (weight.read() as Variable).dataSync()
    if (first.every((value, i) => value === now[i])) weight.write(valuesOf(how, seedOf(runSeed, `init/${name}`)))
  })
}

function valuesOf({ initializer, shape }: Drawn, seed: number) {
  return withSeed(initializer, seed, () => initializer.apply([...shape]))
}

function isUnseeded(initializer: Initializer | undefined): initializer is Initializer {
  return initializer !== undefined && initializer !== null && 'seed' in initializer && !initializer.seed
}

function withSeed<T>(initializer: Initializer, seed: number, f: () => T): T {
  try {
    Object.assign(initializer, { seed })
    return f()
  } finally {
    Object.assign(initializer, { seed: undefined })
  }
}

/** From 1: TensorFlow.js takes 0 for none. */
function seedOf(seed: number, stream: string): number {
  return 1 + createRandom(seed, stream).integer(2 ** 31 - 2)
}
