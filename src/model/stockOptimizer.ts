import {
  add,
  div,
  fill,
  mean,
  mul,
  neg,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  variable,
  where,
} from '@tensorflow/tfjs-core'
import type { SparseBatch } from '../columns/sparseBatch'
import type { OptimizerSpec } from '../experiment/experiment'
import { optimizerRule } from '../experiment/optimizerRules'
import { type StockVariable, touchedRows } from './stockVariable'

/**
 * Optimizers of TensorFlow 1 and of Keras in stock TensorFlow.js operations on dense gradients, as large as the table.
 *
 * `sgd` and `adagrad` are `tf.train.sgd` and `tf.train.adagrad` operation by operation, but for the 1e-7 that TensorFlow.js adds under Adagrad's root and
 * TensorFlow does not. The others are no `tf.train`: its momentum and RMSProp move rows that were not looked up, its RMSProp starts at 0 (TensorFlow
 * at 1), its Adam divides by √v̂ + ε where TensorFlow divides by √v + ε before the correction, and row-Adagrad and FTRL it has not.
 */
export interface StockOptimizer {
  learningRate: number
  steps: number
  resetSlots(variables: readonly StockVariable[]): void
  /** `gradients` in the order of `variables`. Call within `tidy`. */
  apply(variables: readonly StockVariable[], gradients: readonly Tensor[], batch: SparseBatch): void
}

export function createStockOptimizer(spec: OptimizerSpec): StockOptimizer {
  const { slots, epsilon, everyRow } = optimizerRule(spec)
  const { lazy, update } = ruleOf(spec)
  const optimizer: StockOptimizer = {
    learningRate: spec.learningRate,
    steps: 0,
    resetSlots(variables) {
      for (const one of variables) {
        for (const { name, initial, perRow } of slots) {
          const shape = perRow ? [one.rows, 1] : one.shape
          one.slots.get(name)?.dispose()
          one.slots.set(
            name,
            tidy(() => variable(fill(shape, initial), false)),
          )
        }
      }
    },
    apply(variables, gradients, batch) {
      optimizer.steps++
      variables.forEach((one, i) => {
        const targets = [one.tensor, ...one.slots.values()]
        const next = update(
          one.tensor,
          gradients[i]!,
          targets.slice(1),
          optimizer.learningRate,
          optimizer.steps,
          epsilon,
        )
        const touched = lazy && !everyRow ? touchedRows(one, batch) : null
        for (const [t, target] of targets.entries())
          target.assign(touched ? where(touched, next[t]!, target) : next[t]!)
      })
    },
  }
  return optimizer
}

interface Rule {
  /** Rows that were not looked up keep everything, which a gradient of 0 alone would not make them do. */
  lazy: boolean
  /** New weights, then new slots. */
  update(w: Tensor, g: Tensor, slots: Tensor[], rate: number, step: number, epsilon: number): Tensor[]
}

const adam: Rule['update'] = (w, g, [m, v], rate, step, epsilon) => {
  const corrected = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step)
  const nextM = add(mul(m!, 0.9), mul(g, 1 - 0.9))
  const nextV = add(mul(v!, 0.999), mul(square(g), 1 - 0.999))
  return [sub(w, div(mul(nextM, corrected), add(sqrt(nextV), epsilon))), nextM, nextV]
}

const rules: Record<OptimizerSpec['type'], Rule> = {
  sgd: { lazy: false, update: (w, g, _, rate) => [add(mul(g, -rate), w)] },
  momentum: {
    lazy: true,
    update(w, g, [momentum], rate) {
      const next = add(mul(momentum!, 0.9), g)
      return [sub(w, mul(next, rate)), next]
    },
  },
  adagrad: {
    lazy: false,
    update(w, g, [accumulator], rate, _, epsilon) {
      const next = add(accumulator!, square(g))
      return [add(mul(div(g, sqrt(add(next, epsilon))), -rate), w), next]
    },
  },
  rowAdagrad: {
    lazy: false,
    update(w, g, [accumulator], rate) {
      const next = add(accumulator!, w.rank === 1 ? mean(square(g)) : mean(square(g), 1, true))
      const root = w.rank === 1 ? reshape(sqrt(next), [1]) : sqrt(next)
      return [sub(w, div(mul(g, rate), root)), next]
    },
  },
  rmsprop: {
    lazy: true,
    // Momentum is 0 in TensorFlow's defaults: what is kept is the step itself.
    update(w, g, [rms], rate, _, epsilon) {
      const nextRms = add(mul(rms!, 0.9), mul(square(g), 1 - 0.9))
      const step = div(mul(g, rate), sqrt(add(nextRms, epsilon)))
      return [sub(w, step), nextRms, step]
    },
  },
  adam: { lazy: true, update: adam },
  adamAllRows: { lazy: false, update: adam },
  ftrl: {
    lazy: true,
    update(w, g, [accumulator, linear], rate) {
      const next = add(accumulator!, square(g))
      const sigma = div(sub(sqrt(next), sqrt(accumulator!)), rate)
      const nextLinear = add(linear!, sub(g, mul(sigma, w)))
      return [div(mul(neg(nextLinear), rate), sqrt(next)), next, nextLinear]
    },
  },
}

/** Keras's where its formula is another: its momentum holds the step itself, its RMSprop keeps no step. */
const kerasRules: Partial<typeof rules> = {
  momentum: {
    lazy: false,
    update(w, g, [momentum], rate) {
      const next = sub(mul(momentum!, 0.9), mul(g, rate))
      return [add(w, next), next]
    },
  },
  rmsprop: {
    lazy: false,
    update(w, g, [velocity], rate, _, epsilon) {
      const next = add(mul(velocity!, 0.9), mul(square(g), 1 - 0.9))
      return [sub(w, div(mul(g, rate), sqrt(add(next, epsilon)))), next]
    },
  },
}

function ruleOf({ type, flavor }: OptimizerSpec): Rule {
  return (flavor === 'keras' && kerasRules[type]) || rules[type]
}
