import type { Estimator } from './estimator'
import type { Exporter } from './exporters'
import type { RunHook, SaverListener } from './hooks'
import { host } from './host'
import type { InputFn } from './inputFn'
import { createStepTimer } from './stepTimer'

/** `tf.estimator.TrainSpec`. `maxSteps` null = until the input ends. */
export class TrainSpec {
  readonly inputFn: InputFn
  readonly maxSteps: number | null
  readonly hooks: readonly RunHook[]

  constructor({
    inputFn,
    maxSteps = null,
    hooks = [],
  }: { inputFn: InputFn; maxSteps?: number | null; hooks?: readonly RunHook[] }) {
    if (maxSteps !== null && !(maxSteps > 0)) throw new RangeError(`maxSteps is ${maxSteps}; it must be above 0.`)
    this.inputFn = inputFn
    this.maxSteps = maxSteps
    this.hooks = hooks
  }
}

export interface EvalSpecOptions {
  inputFn: InputFn
  /** Batches of an evaluation: 100; null = all. */
  steps?: number | null
  name?: string | null
  exporters?: Exporter | readonly Exporter[]
  /** 120. A local run, such as this, does not wait. */
  startDelaySecs?: number
  /** 600: a checkpoint that is saved sooner after the last evaluation is not evaluated, but for the last one. */
  throttleSecs?: number
}

/** `tf.estimator.EvalSpec`. */
export class EvalSpec {
  readonly inputFn: InputFn
  readonly steps: number | null
  readonly name: string | null
  readonly exporters: readonly Exporter[]
  readonly startDelaySecs: number
  readonly throttleSecs: number

  constructor({
    inputFn,
    steps = 100,
    name = null,
    exporters = [],
    startDelaySecs = 120,
    throttleSecs = 600,
  }: EvalSpecOptions) {
    if (steps !== null && !(steps > 0))
      throw new RangeError(`steps is ${steps}; it must be above 0, or null for all batches.`)
    for (const [key, value] of Object.entries({ startDelaySecs, throttleSecs })) {
      if (!(value >= 0)) throw new RangeError(`${key} is ${value}; it must be at least 0.`)
    }
    this.inputFn = inputFn
    this.steps = steps
    this.name = name
    this.exporters = 'export' in exporters ? [exporters] : exporters
    const names = this.exporters.map((exporter) => exporter.name)
    const twice = names.find((each, i) => names.indexOf(each) !== i)
    if (twice !== undefined) throw new Error(`Two exporters are called ${twice}: their models would lie in one place.`)
    this.startDelaySecs = startDelaySecs
    this.throttleSecs = throttleSecs
  }
}

/**
 * `tf.estimator.train_and_evaluate` on one machine: trains to `maxSteps` and evaluates at checkpoints on the way, unless the last evaluation is less than
 * `throttleSecs` ago, and at the end. Answers with the last evaluation. When nothing is left to train, that is one of the latest checkpoint, and nothing is exported.
 */
export async function trainAndEvaluate<P>(
  estimator: Estimator<P>,
  trainSpec: TrainSpec,
  evalSpec: EvalSpec,
): Promise<Record<string, number>> {
  const { inputFn, maxSteps, hooks } = trainSpec
  const listener = createEvaluator(estimator, trainSpec, evalSpec)
  await estimator.train({ inputFn, maxSteps, hooks, savingListeners: [listener] })
  const { steps, name } = evalSpec
  return listener.last ?? estimator.evaluate({ inputFn: evalSpec.inputFn, steps, name })
}

/** TensorFlow's `_NewCheckpointListenerForEvaluate`. */
function createEvaluator<P>(estimator: Estimator<P>, { maxSteps }: TrainSpec, evalSpec: EvalSpec) {
  const { inputFn, steps, name, exporters, throttleSecs } = evalSpec
  const timer = createStepTimer({ secs: throttleSecs }, host().now)
  let isFirst = true

  async function evaluate(globalStep: number): Promise<void> {
    timer.triggered(globalStep)
    const checkpointPath = await estimator.latestCheckpoint()
    if (checkpointPath === null) throw new Error('There is no checkpoint to evaluate.')
    const evalResult = await estimator.evaluate({ inputFn, steps, name, checkpointPath })
    const isTheFinalExport = maxSteps !== null && globalStep >= maxSteps
    for (const exporter of exporters) {
      const exportPath = `${estimator.modelDir}/export/${exporter.name}`
      const context = {
        estimator: estimator as unknown as Estimator,
        exportPath,
        checkpointPath,
        evalResult,
        isTheFinalExport,
      }
      await exporter.export(context)
    }
    listener.last = evalResult
  }

  const listener: SaverListener & { last: Record<string, number> | null } = {
    last: null,
    async afterSave(globalStep) {
      // The checkpoint before the first step says nothing of the training.
      if (isFirst) {
        isFirst = false
        return
      }
      if (timer.shouldTrigger(globalStep)) await evaluate(globalStep)
      else
        host().observer.info?.(
          `Skip the evaluation of this checkpoint: the last one is less than ${throttleSecs} s ago.`,
        )
    },
    async end(globalStep) {
      if (globalStep !== timer.lastStep && !host().signal.aborted) await evaluate(globalStep)
    },
  }
  return listener
}
