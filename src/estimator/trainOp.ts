import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core'
import type { TrainOptimizer } from './trainOptimizer'

/** Stands for the step count, where TensorFlow 1 has a variable. */
export interface GlobalStep {
  /** Steps taken before this one, over every call of `train`. */
  readonly value: number
}

/** One optimizer, one loss: what `optimizer.minimize(loss, getGlobalStep())` answers. The Estimator differentiates and applies it. */
export interface MinimizeOp {
  readonly optimizer: TrainOptimizer
  readonly loss: Scalar
  /** What it may change; null = all trainable variables that the loss depends on. */
  readonly varList: readonly Variable[] | null
  /** Whether it was given the global step, as one operation of a step must be. */
  readonly countsStep: boolean
}

/** Takes the whole step itself, after the model function has returned; its tensors are tidied. */
export type OwnStep = () => void

export type TrainOp = MinimizeOp | readonly MinimizeOp[] | OwnStep

/** `tf.group`: several optimizers in one step, each on variables of its own. */
export function group(...ops: MinimizeOp[]): readonly MinimizeOp[] {
  return ops
}

export function isTrainOp(op: TrainOp): boolean {
  return typeof op === 'function' || minimizeOps(op).every((each) => each?.optimizer !== undefined && isLoss(each.loss))
}

export function minimizeOps(op: Exclude<TrainOp, OwnStep>): readonly MinimizeOp[] {
  return Array.isArray(op) ? op : [op as MinimizeOp]
}

/** Under which each operation's optimizer keeps its state: a second one of the same name is `Adam_1`, as TensorFlow tells them apart. */
export function stateNames(ops: readonly MinimizeOp[]): string[] {
  const optimizers = [...new Set(ops.map(({ optimizer }) => optimizer))]
  return ops.map(({ optimizer }) => {
    const before = optimizers.slice(0, optimizers.indexOf(optimizer)).filter(({ name }) => name === optimizer.name)
    return before.length === 0 ? optimizer.name : `${optimizer.name}_${before.length}`
  })
}

/** "Adam(0.01) minimizes the loss" */
export function describeTrainOp(op: TrainOp): string {
  if (typeof op === 'function') return 'a function that takes the step itself'
  return minimizeOps(op)
    .map(({ optimizer, varList }) => {
      const on = varList ? ` over ${varList.length} ${varList.length === 1 ? 'variable' : 'variables'}` : ''
      return `${optimizer.title} minimizes the loss${on}`
    })
    .join(', ')
}

function isLoss(loss: Tensor | undefined): boolean {
  return loss?.size === 1
}
