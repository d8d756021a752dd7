import { dispose, Optimizer, type Scalar, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import type { OptimizerSpec } from '../experiment/experiment'
import { gradientsOf, trainableVariables } from './gradientsOf'
import { createTrainingState, type TrainingState } from './trainingState'
import type { GlobalStep, MinimizeOp } from './trainOp'

/**
 * An optimizer with the project's kernels: in place, and on the rows looked up alone where a table was looked up by `embeddingLookup`. Both for Estimators,
 * which keep its state with the variables, and for `compile` of a Keras model, where the state is its own.
 */
export class TrainOptimizer extends Optimizer {
  /** For Keras, which saves it with a model. */
  static readonly className = 'TrainOptimizer'

  private readonly state: TrainingState = createTrainingState(null)

  constructor(
    readonly spec: OptimizerSpec,
    /** Its state is saved as `<variable>/<name>/<slot>`: two of the same kind in one model function need different ones. */
    readonly name: string,
  ) {
    super()
  }

  /** "Adam(0.01)"; a rate that decays has more digits than say something. */
  get title(): string {
    return `${this.name}(${Number(this.spec.learningRate.toPrecision(4))})`
  }

  /** One step of an Estimator as data: the Estimator takes it. `varList` null = all trainable variables. */
  override minimize(loss: Tensor, globalStep: GlobalStep, varList?: readonly Variable[] | null): MinimizeOp
  /** TensorFlow.js's own: takes the step at once. */
  override minimize(f: () => Scalar, returnCost?: boolean, varList?: Variable[]): Scalar | null
  override minimize(
    loss: Tensor | (() => Scalar),
    how?: GlobalStep | boolean,
    varList?: readonly Variable[] | null,
  ): MinimizeOp | Scalar | null {
    if (typeof loss !== 'function') {
      const countsStep = typeof how === 'object'
      return { optimizer: this, loss: loss as Scalar, varList: varList ?? null, countsStep }
    }
    const value = tidy(() => {
      const variables = varList ?? trainableVariables()
      const gradients = gradientsOf(loss, variables)
      this.state.apply(this, gradients, variables)
      return gradients.value
    })
    this.incrementIterations()
    if (how === true) return value
    dispose(value)
    return null
  }

  /** By name of the variable; dense gradients. */
  override applyGradients(gradients: Parameters<Optimizer['applyGradients']>[0]): void {
    const grads = Array.isArray(gradients)
      ? Object.fromEntries(gradients.map(({ name, tensor }) => [name, tensor]))
      : gradients
    tidy(() => this.state.apply(this, { grads, slices: new Map() }, trainableVariables()))
    this.incrementIterations()
  }

  override dispose(): void {
    this.state.dispose()
  }

  getConfig() {
    return {
      type: this.spec.type,
      learningRate: this.spec.learningRate,
      flavor: this.spec.flavor ?? 'tf1',
      name: this.name,
    }
  }
}
