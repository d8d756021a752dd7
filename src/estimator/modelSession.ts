import { reshape, type Scalar, tidy, type Variable } from '@tensorflow/tfjs-core'
import type { EstimatorSpec } from './estimatorSpec'
import type { Features, Labels } from './features'
import { type Gradients, gradientsOf } from './gradientsOf'
import { ModeKeys } from './modeKeys'
import { type ModelContext, withModelContext } from './modelContext'
import { checkedSpec, type ModelFn } from './modelFn'
import type { SavedArrays } from './savedArrays'
import { createTrainingState } from './trainingState'
import { type MinimizeOp, minimizeOps, stateNames } from './trainOp'
import { createVariableStore } from './variableStore'

/** A model function with its variables and optimizer state, from a checkpoint or from the start. One `train`, `evaluate` or `predict`. */
export interface ModelSession {
  readonly globalStep: number
  /** Calls the model function once. Within `tidy`. */
  call(features: Features, labels: Labels | null, mode: ModeKeys): EstimatorSpec
  /** Calls it until it asks for no new variables. What it assigns to variables meanwhile (moving averages) is undone: no step was taken. */
  build(features: Features, labels: Labels | null): void
  /** One step on one batch; `seen` gets each spec before its tensors go. Answers with the loss, the caller's. */
  step(features: Features, labels: Labels | null, seen: (spec: EstimatorSpec) => void): Scalar
  /** Variables and optimizer slots alive. */
  ownTensors(): number
  /** By name; those asked for so far. */
  readonly variables: ReadonlyMap<string, Variable>
  save(): Promise<SavedArrays>
  dispose(): void
}

export interface SessionOptions<P> {
  modelFn: ModelFn<Features, P, Labels>
  params: P
  seed: number
  checkpoint: (SavedArrays & { globalStep: number }) | null
  watch: ModelContext['watch']
}

export function createModelSession<P>(options: SessionOptions<P>): ModelSession {
  const { modelFn, params, seed, checkpoint, watch } = options
  const store = createVariableStore(checkpoint?.arrays ?? null)
  const state = createTrainingState(checkpoint, store.nameOf)
  const globalStep = { value: checkpoint?.globalStep ?? 0 }
  let losses: number[] | null = null

  function call(features: Features, labels: Labels | null, mode: ModeKeys): EstimatorSpec {
    const context: ModelContext = { store, mode, globalStep, seed, watch, scope: '', reuse: false, asked: new Set() }
    return withModelContext(context, () => checkedSpec(modelFn(features, labels, mode, params), mode))
  }

  const trainables = () => [...store.variables.values()].filter(({ trainable }) => trainable)

  function build(features: Features, labels: Labels | null): void {
    for (let known = -1; known < store.variables.size; ) {
      known = store.variables.size
      store.undoing(() => {
        const { trainOp } = call(features, labels, ModeKeys.TRAIN)
        losses = typeof trainOp === 'function' ? null : passes(minimizeOps(trainOp!))
      })
    }
  }

  /** What the model function gives when differentiated by the loss of its operation at `place`. */
  function differentiate(
    features: Features,
    labels: Labels | null,
    place: number,
    seen: (spec: EstimatorSpec) => void,
  ) {
    let ops: readonly MinimizeOp[] = []
    const gradients = gradientsOf(() => {
      const spec = call(features, labels, ModeKeys.TRAIN)
      if (typeof spec.trainOp === 'function')
        throw new TypeError('trainOp was an optimizer before and is a function now.')
      ops = minimizeOps(spec.trainOp!)
      if (place === 0) seen(spec)
      const { loss } = ops[place]!
      return loss.rank === 0 ? loss : (reshape(loss, []) as Scalar)
    }, trainables())
    return { gradients, ops }
  }

  function minimize(
    features: Features,
    labels: Labels | null,
    places: readonly number[],
    seen: (spec: EstimatorSpec) => void,
  ) {
    const found = new Map<number, { gradients: Gradients & { value: Scalar }; ops: readonly MinimizeOp[] }>()
    for (const place of new Set(places)) found.set(place, differentiate(features, labels, place, seen))
    for (const [i, place] of places.entries()) {
      const { gradients, ops } = found.get(place)!
      const { optimizer, varList } = ops[i]!
      state.apply({ name: stateNames(ops)[i]!, spec: optimizer.spec }, gradients, varList ?? trainables())
    }
    return found.get(0)!.gradients.value
  }

  /** A model function whose operation is a function takes the step by it, and the loss is only told. */
  function ownStep(features: Features, labels: Labels | null, seen: (spec: EstimatorSpec) => void): Scalar {
    const spec = call(features, labels, ModeKeys.TRAIN)
    seen(spec)
    if (typeof spec.trainOp !== 'function')
      throw new TypeError('trainOp was a function before and is an optimizer now.')
    spec.trainOp()
    return spec.loss!
  }

  return {
    get globalStep() {
      return globalStep.value
    },
    call,
    build,
    step(features, labels, seen) {
      if (store.variables.size === 0) build(features, labels)
      const known = store.variables.size
      const take = () => (losses ? minimize(features, labels, losses, seen) : ownStep(features, labels, seen))
      const loss = tidy(take)
      if (store.variables.size > known) {
        loss.dispose()
        throw new Error(
          `The model function asked for a new variable at step ${globalStep.value}: it must ask for all of them in every call.`,
        )
      }
      globalStep.value++
      return loss
    },
    ownTensors: () => store.ownTensors() + state.tensors(),
    variables: store.variables,
    async save() {
      const rest = checkpoint?.arrays ?? []
      const saved = await Promise.all([store.save(), state.save()])
      return {
        arrays: new Map([...rest, ...saved.flat()]),
        metadata: { ...checkpoint?.metadata, ...state.steps() },
      }
    },
    dispose() {
      store.dispose()
      state.dispose()
    },
  }
}

/** For each operation the first one with the same loss: those share a pass. */
function passes(ops: readonly MinimizeOp[]): number[] {
  return ops.map(({ loss }) => ops.findIndex((other) => other.loss === loss))
}
