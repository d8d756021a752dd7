import { add, dropout as dropOut, relu, type Tensor, type Tensor2D, type Variable } from '@tensorflow/tfjs-core'
import type { DenseColumn } from '../experiment/experiment'
import { numericColumn } from '../experiment/featureColumn'
import {
  type ActivationFn,
  type CommonOptions,
  checkNames,
  combinedNames,
  type DNNLinearCombinedOptions,
  type DNNOptions,
  dnnNames,
  type LinearOptions,
  linearNames,
} from './cannedOptions'
import { createColumnReader } from './columnReader'
import { dense } from './dense'
import { Estimator } from './estimator'
import { type FeatureColumn, inputLayer, linearModel } from './featureInputs'
import type { Features } from './features'
import { classificationHead, type Head, regressionHead } from './head'
import { ModeKeys } from './modeKeys'
import { modelContext } from './modelContext'
import { train } from './train'
import { group } from './trainOp'
import type { TrainOptimizer } from './trainOptimizer'
import { getGlobalStep, variableScope } from './variables'

/** A part of a model with an optimizer of its own. */
interface Part {
  /** Scope of its variables. */
  scope: 'linear' | 'dnn'
  optimizer: TrainOptimizer
  logits(features: Features, mode: ModeKeys, units: number): Tensor2D
}

/** The parts' logits added up, under a head; each part's optimizer moves its own variables. */
class Canned extends Estimator {
  constructor(head: Head, parts: readonly Part[], { modelDir, config, weightColumn }: CommonOptions) {
    super({
      ...(modelDir !== undefined && { modelDir }),
      ...(config && { config }),
      modelFn: (features: Features, labels: Tensor | null, mode: ModeKeys) => {
        const outputs = parts.map(({ scope, logits }) =>
          variableScope(scope, () => logits(features, mode, head.logitsDimension)),
        )
        const logits = outputs.reduce((sum, output) => add(sum, output))
        const isWeighted = weightColumn !== undefined && mode !== ModeKeys.PREDICT
        const weights = isWeighted ? createColumnReader(features).numbers(numericColumn(weightColumn)) : null
        return head.spec(mode, logits, labels, weights, (loss) =>
          group(...parts.map(({ scope, optimizer }) => optimizer.minimize(loss, getGlobalStep(), variablesIn(scope)))),
        )
      },
    })
  }
}

function variablesIn(scope: Part['scope']): Variable[] {
  const { variables } = modelContext('A canned Estimator').store
  return [...variables]
    .filter(([name, { trainable }]) => trainable && name.startsWith(`${scope}/`))
    .map(([, variable]) => variable)
}

function linearPart(columns: readonly FeatureColumn[], highest: number, given: TrainOptimizer | undefined): Part {
  const optimizer = given ?? train.ftrlOptimizer(Math.min(highest, 1 / Math.sqrt(columns.length)))
  return { scope: 'linear', optimizer, logits: (features, _, units) => linearModel(features, columns, units) }
}

function dnnPart(
  columns: readonly DenseColumn[],
  hiddenUnits: readonly number[],
  { activationFn = relu, dropout = null }: { activationFn?: ActivationFn | null; dropout?: number | null },
  optimizer: TrainOptimizer,
): Part {
  return {
    scope: 'dnn',
    optimizer,
    logits(features, mode, units) {
      let net = variableScope('input_from_feature_columns', () => inputLayer(features, columns))
      for (const [i, width] of hiddenUnits.entries()) {
        net = dense(net, width, { name: `hiddenlayer_${i}` })
        if (activationFn !== null) net = activationFn(net)
        if (dropout !== null && mode === ModeKeys.TRAIN) net = dropOut(net, dropout) as Tensor2D
      }
      return dense(net, units, { name: 'logits' })
    },
  }
}

function linear(options: LinearOptions): Part[] {
  checkNames(options, linearNames)
  const { featureColumns, optimizer } = options
  if (featureColumns.length === 0) throw new Error('A linear model needs featureColumns.')
  return [linearPart(featureColumns, 0.2, optimizer)]
}

function dnn(options: DNNOptions): Part[] {
  checkNames(options, dnnNames)
  const { featureColumns, hiddenUnits, optimizer } = options
  if (featureColumns.length === 0) throw new Error('A network needs featureColumns.')
  return [dnnPart(featureColumns, hiddenUnits, options, optimizer ?? train.adagradOptimizer(0.05))]
}

function combined(options: DNNLinearCombinedOptions): Part[] {
  checkNames(options, combinedNames)
  const { linearFeatureColumns = [], dnnFeatureColumns = [], dnnHiddenUnits = [] } = options
  if (linearFeatureColumns.length + dnnFeatureColumns.length === 0) {
    throw new Error('Give linearFeatureColumns or dnnFeatureColumns: a model needs one of them.')
  }
  if (dnnFeatureColumns.length > 0 && dnnHiddenUnits.length === 0) {
    throw new Error('dnnFeatureColumns need dnnHiddenUnits: the layers of the deep part.')
  }
  const dnnOptimizer = options.dnnOptimizer ?? train.adagradOptimizer(0.001)
  const { dnnActivationFn: activationFn = relu, dnnDropout: dropout = null } = options
  return [
    ...(dnnFeatureColumns.length > 0
      ? [dnnPart(dnnFeatureColumns, dnnHiddenUnits, { activationFn, dropout }, dnnOptimizer)]
      : []),
    ...(linearFeatureColumns.length > 0 ? [linearPart(linearFeatureColumns, 0.005, options.linearOptimizer)] : []),
  ]
}

const reductionOf = ({ lossReduction = 'sum' }: CommonOptions) => lossReduction

/** `tf.compat.v1.estimator.LinearRegressor`. */
export class LinearRegressor extends Canned {
  constructor(options: LinearOptions & { labelDimension?: number }) {
    super(regressionHead(options.labelDimension ?? 1, reductionOf(options)), linear(options), options)
  }
}

/** `tf.compat.v1.estimator.LinearClassifier`: labels are 0 and 1, or class numbers below `nClasses`. */
export class LinearClassifier extends Canned {
  constructor(options: LinearOptions & { nClasses?: number }) {
    super(classificationHead(options.nClasses ?? 2, reductionOf(options)), linear(options), options)
  }
}

/** `tf.compat.v1.estimator.DNNRegressor`. */
export class DNNRegressor extends Canned {
  constructor(options: DNNOptions & { labelDimension?: number }) {
    super(regressionHead(options.labelDimension ?? 1, reductionOf(options)), dnn(options), options)
  }
}

/** `tf.compat.v1.estimator.DNNClassifier`. */
export class DNNClassifier extends Canned {
  constructor(options: DNNOptions & { nClasses?: number }) {
    super(classificationHead(options.nClasses ?? 2, reductionOf(options)), dnn(options), options)
  }
}

/** `tf.compat.v1.estimator.DNNLinearCombinedRegressor`: wide and deep (Cheng et al. 2016). */
export class DNNLinearCombinedRegressor extends Canned {
  constructor(options: DNNLinearCombinedOptions & { labelDimension?: number }) {
    super(regressionHead(options.labelDimension ?? 1, reductionOf(options)), combined(options), options)
  }
}

/** `tf.compat.v1.estimator.DNNLinearCombinedClassifier`. */
export class DNNLinearCombinedClassifier extends Canned {
  constructor(options: DNNLinearCombinedOptions & { nClasses?: number }) {
    super(classificationHead(options.nClasses ?? 2, reductionOf(options)), combined(options), options)
  }
}
