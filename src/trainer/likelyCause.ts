import type { DataSummary } from '../experiment/dataSummary'
import type { Experiment, OptimizerSpec } from '../experiment/experiment'
import { optimizerNames } from '../experiment/optimizerNames'

/**
 * Above this a step usually overshoots. Adagrad, FTRL, RMSProp and Adam divide by the gradient's size, SGD does not; Momentum's steps add up
 * to ten times of SGD's.
 */
const HIGH_LEARNING_RATE: Record<OptimizerSpec['type'], number> = {
  sgd: 1,
  momentum: 0.1,
  adagrad: 1,
  rowAdagrad: 1,
  rmsprop: 0.1,
  adam: 0.1,
  adamAllRows: 0.1,
  ftrl: 1,
}
/** Inputs or labels beyond this, fed in as they are, make gradients that no usual learning rate survives. */
const LARGE_VALUE = 50

export interface Cause {
  /** One or two sentences for the person. */
  cause: string
  /** Path in the experiment of the setting. */
  field: string
}

/**
 * Which setting most likely made the numbers overflow. A rule, not a proof: a learning rate far out of the usual range first, then a
 * penalty that overshoots, then numbers that come in unscaled, and the learning rate when nothing else stands out.
 */
export function likelyCause(experiment: Experiment, summary: DataSummary, learningRate: number): Cause {
  const { type } = experiment.optimizer
  const limit = HIGH_LEARNING_RATE[type]
  const name = optimizerNames[type]
  if (learningRate > limit) {
    return {
      field: 'optimizer.learningRate',
      cause: `The learning rate ${learningRate} is very high for ${name}: every step overshot and the weights grew without end. Try ${limit / 10} or less.`,
    }
  }
  if (2 * experiment.l2 * learningRate >= 1) {
    return {
      field: 'l2',
      cause: `The L2 penalty ${experiment.l2} is too strong for the learning rate ${learningRate}: each step pulled the weights past zero and further out. Lower one of them.`,
    }
  }
  return (
    unscaledInput(experiment, summary) ??
    unscaledLabel(experiment, summary) ?? {
      field: 'optimizer.learningRate',
      cause: `The learning rate ${learningRate} is the likely cause: the steps of ${name} grew until the numbers overflowed. Try a tenth of it.`,
    }
  )
}

function unscaledInput(experiment: Experiment, summary: DataSummary): Cause | null {
  for (const [i, column] of experiment.columns.entries()) {
    if (column.type !== 'numeric' || column.normalizer !== 'none') continue
    const largest = largestValue(summary, column.key)
    if (largest <= LARGE_VALUE) continue
    return {
      field: `columns.${i}.normalizer`,
      cause: `The column ${column.key} goes up to ${largest} and is fed in as it is, which makes huge gradients. Standardize it.`,
    }
  }
  return null
}

function unscaledLabel({ label }: Experiment, summary: DataSummary): Cause | null {
  if (label.task !== 'regression') return null
  for (const [i, target] of label.targets.entries()) {
    if (target.standardize || target.transform !== 'none') continue
    const largest = largestValue(summary, target.column)
    if (largest <= LARGE_VALUE) continue
    return {
      field: `label.targets.${i}.standardize`,
      cause: `The label ${target.column} goes up to ${largest} and is not standardized, so the first errors are huge. Standardize it.`,
    }
  }
  return null
}

function largestValue(summary: DataSummary, name: string): number {
  const column = summary.columns.find((candidate) => candidate.name === name)
  return Math.max(Math.abs(column?.min ?? 0), Math.abs(column?.max ?? 0))
}
