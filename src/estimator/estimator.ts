import { type Checkpoints, createCheckpoints } from './checkpoints'
import { evaluateBatches } from './evaluation'
import { type Batch, disposeBatch, type Features, type Labels } from './features'
import type { RunHook, SaverListener } from './hooks'
import { createPauser, host } from './host'
import { batchesOf, type InputFn } from './inputFn'
import { ModeKeys } from './modeKeys'
import type { ModelFn } from './modelFn'
import { createModelSession, type ModelSession } from './modelSession'
import { type Predicted, predictedRows } from './predictedRows'
import { type CheckedConfig, checkedConfig, type RunConfig } from './runConfig'
import { type ExportArtifacts, writeSavedModel } from './savedModel'
import { runTrainLoop } from './trainLoop'
import { createWatchedTables } from './watchedTables'

export interface EstimatorOptions<P> {
  modelFn: ModelFn<Features, P>
  /** Where its checkpoints lie; another Estimator with the same one goes on from them. Default: a new place. */
  modelDir?: string
  /** Handed to the model function. */
  params?: P
  config?: RunConfig
  /** For `exportSavedModel`, where the model is more than code. */
  artifacts?: ExportArtifacts
}

/** An example batch that shows the names, shapes and types that the exported model is to be given. Its tensors become the Estimator's. */
export type ServingInputReceiverFn = () => Features

/**
 * `tf.estimator.Estimator`: trains, evaluates, predicts and exports what a model function describes. Each call makes the variables anew from the latest checkpoint
 * in `modelDir`, so that what was trained outlives the object, and the page.
 */
export class Estimator<P = Record<string, unknown>> {
  readonly modelDir: string
  readonly params: P
  /** What it was made with. */
  readonly options: Readonly<EstimatorOptions<P>>
  private readonly modelFn: ModelFn<Features, P, Labels>
  private readonly config: CheckedConfig
  private readonly artifacts: ExportArtifacts

  constructor({ modelFn, modelDir, params, config = {}, artifacts = null }: EstimatorOptions<P>) {
    if (typeof modelFn !== 'function')
      throw new TypeError('An Estimator needs a modelFn: (features, labels, mode, params) → EstimatorSpec.')
    this.modelFn = modelFn
    this.modelDir = modelDir ?? `model-${crypto.randomUUID().slice(0, 8)}`
    this.options = { modelFn, modelDir: this.modelDir, ...(params && { params }), config, artifacts }
    this.params = params ?? ({} as P)
    this.config = checkedConfig(config)
    this.artifacts = artifacts
  }

  /**
   * Trains until `maxSteps` in total, or `steps` more, or the input ends, or a hook asks to stop. Starts at the latest checkpoint and ends with one. Does
   * nothing when `maxSteps` were taken already.
   */
  async train(options: {
    inputFn: InputFn
    steps?: number | null
    maxSteps?: number | null
    hooks?: readonly RunHook[]
    savingListeners?: readonly SaverListener[]
  }): Promise<this> {
    const { inputFn, steps = null, maxSteps = null, hooks = [], savingListeners: listeners = [] } = options
    checkSteps(steps, maxSteps)
    const latest = await this.latestCheckpoint()
    const tables = createWatchedTables()
    const session = await this.open(latest, tables.watch)
    const from = session.globalStep
    if (maxSteps !== null && from >= maxSteps) {
      host().observer.info?.(`Skipping training: ${from} steps are saved already, and maxSteps is ${maxSteps}.`)
      return this
    }
    const until = maxSteps ?? (steps === null ? Number.POSITIVE_INFINITY : from + steps)
    const { modelDir, checkpoints, config } = this
    const batches = batchesOf(inputFn, { mode: ModeKeys.TRAIN, startStep: from })
    try {
      await runTrainLoop({ modelDir, session, checkpoints, config, batches, until, hooks, listeners })
      await tables.settle()
    } finally {
      await batches.return(undefined)
      session.dispose()
    }
    return this
  }

  /** Metrics of the latest checkpoint, or of `checkpointPath`, over `steps` batches (null = all), `loss` and `globalStep`. Throws when nothing was trained. */
  async evaluate(options: {
    inputFn: InputFn
    steps?: number | null
    name?: string | null
    checkpointPath?: string | null
  }): Promise<Record<string, number>> {
    const { inputFn, steps = null, name = null, checkpointPath = null } = options
    const session = await this.openTrained(checkpointPath)
    const batches = batchesOf(inputFn, { mode: ModeKeys.EVAL, startStep: 0 })
    try {
      const metrics = await evaluateBatches(session, batches as AsyncGenerator<Batch>, steps)
      const event = {
        modelDir: this.modelDir,
        name: name ? `eval_${name}` : 'eval',
        globalStep: session.globalStep,
        metrics,
      }
      host().observer.evaluated?.(event)
      return metrics
    } finally {
      await batches.return(undefined)
      session.dispose()
    }
  }

  /** One object a row, `{ predicted: [12.5] }`, of those of `predictKeys`. Throws when nothing was trained. */
  async *predict(options: {
    inputFn: InputFn
    predictKeys?: readonly string[] | null
    checkpointPath?: string | null
  }): AsyncGenerator<Predicted> {
    const { inputFn, predictKeys = null, checkpointPath = null } = options
    const session = await this.openTrained(checkpointPath)
    const batches = batchesOf(inputFn, { mode: ModeKeys.PREDICT, startStep: 0 })
    const letHostIn = createPauser()
    try {
      for await (const batch of batches) {
        const rows = await predictedRows(session, batch.features, predictKeys).finally(() => disposeBatch(batch))
        yield* rows
        await letHostIn()
      }
    } finally {
      session.dispose()
    }
  }

  /** Writes the model of the latest checkpoint under `exportDirBase/<global step>`, and answers with that path. See `writeSavedModel` for the files. */
  async exportSavedModel(
    exportDirBase: string,
    servingInputReceiverFn: ServingInputReceiverFn,
    {
      checkpointPath = null,
      exporter = 'exportSavedModel',
    }: { checkpointPath?: string | null; exporter?: string } = {},
  ): Promise<string> {
    const session = await this.openTrained(checkpointPath)
    try {
      const path = `${exportDirBase}/${session.globalStep}`
      const files = await writeSavedModel(session, servingInputReceiverFn(), path, host().storage, this.artifacts)
      host().observer.exported?.({ exporter, path, globalStep: session.globalStep, files })
      return path
    } finally {
      session.dispose()
    }
  }

  /** `model/model.ckpt-100`; null: nothing was saved yet. */
  latestCheckpoint(): Promise<string | null> {
    return this.checkpoints.latest()
  }

  /** Those of the latest checkpoint, optimizer slots among them. */
  async getVariableNames(): Promise<string[]> {
    return [...(await this.saved(null)).arrays.keys()].sort()
  }

  async getVariableValue(name: string): Promise<{ shape: number[]; values: Float32Array | Int32Array }> {
    const { arrays } = await this.saved(null)
    const array = arrays.get(name)
    if (array) return { shape: array.shape, values: array.values }
    throw new Error(`The checkpoint has no ${name}. It has: ${[...arrays.keys()].sort().join(', ')}.`)
  }

  private get checkpoints(): Checkpoints {
    return createCheckpoints(host().storage, this.modelDir)
  }

  private async saved(checkpointPath: string | null) {
    const path = checkpointPath ?? (await this.latestCheckpoint())
    if (path === null) throw new Error(`Could not find a trained model in modelDir: ${this.modelDir}. Train it first.`)
    return this.checkpoints.load(path)
  }

  private async open(
    path: string | null,
    watch: Parameters<typeof createModelSession>[0]['watch'],
  ): Promise<ModelSession> {
    const checkpoint = path === null ? null : await this.checkpoints.load(path)
    const { modelFn, params, config } = this
    return createModelSession({ modelFn, params, seed: config.seed, checkpoint, watch })
  }

  private async openTrained(checkpointPath: string | null): Promise<ModelSession> {
    const checkpoint = await this.saved(checkpointPath)
    const { modelFn, params, config } = this
    return createModelSession({ modelFn, params, seed: config.seed, checkpoint, watch: () => {} })
  }
}

function checkSteps(steps: number | null, maxSteps: number | null): void {
  if (steps !== null && maxSteps !== null) throw new RangeError('Give steps or maxSteps, not both.')
  for (const [name, value] of Object.entries({ steps, maxSteps })) {
    if (value !== null && !(value > 0)) throw new RangeError(`${name} is ${value}; it must be above 0.`)
  }
}
