import { memory } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import type { Checkpoints } from './checkpoints'
import { type Batch, disposeBatch, rowsOf } from './features'
import type { RunHook, SaverListener } from './hooks'
import { createPauser, host } from './host'
import type { ModelSession } from './modelSession'
import type { CheckedConfig } from './runConfig'
import { createSpecReporter, type SpecReporter } from './specReporter'
import { createStepTimer } from './stepTimer'

export interface TrainLoop {
  modelDir: string
  session: ModelSession
  checkpoints: Checkpoints
  config: CheckedConfig
  batches: AsyncGenerator<Batch>
  /** The global step to end at. */
  until: number
  hooks: readonly RunHook[]
  listeners: readonly SaverListener[]
}

/** The loss is no number any more. TensorFlow's name. */
export class NanLossDuringTrainingError extends Error {
  constructor(step: number) {
    super(
      `The loss is NaN at step ${step}: the model diverged. A smaller learning rate, or standardized inputs, may help.`,
    )
    this.name = 'NanLossDuringTrainingError'
  }
}

/** Steps with checkpoints, hooks and reports, as TensorFlow's `MonitoredTrainingSession` runs them. */
export async function runTrainLoop(loop: TrainLoop): Promise<void> {
  const { session, batches, hooks, until } = loop
  const saver = createSaver(loop)
  const reporter = createSpecReporter()
  let isStopping = false
  const letHostIn = createPauser()
  for (const hook of hooks) hook.begin?.()
  while (!isStopping && session.globalStep < until) {
    const { value: batch, done } = await batches.next()
    if (done) break
    const loss = await takeStep(loop, batch, reporter, saver).finally(() => disposeBatch(batch))
    await reporter.report(session.globalStep)
    if (Number.isNaN(loss)) throw new NanLossDuringTrainingError(session.globalStep)
    const requestStop = () => {
      isStopping = true
    }
    for (const hook of hooks) hook.afterRun?.({ globalStep: session.globalStep, loss, requestStop })
    await saver.saveWhenDue()
    await letHostIn()
    isStopping ||= host().signal.aborted
  }
  await saver.end()
  for (const hook of hooks) hook.end?.()
}

async function takeStep(
  { modelDir, session, config }: TrainLoop,
  batch: Batch,
  reporter: SpecReporter,
  saver: Saver,
): Promise<number> {
  const { observer, now } = host()
  rowsOf(batch.features)
  if (saver.lastStep === null) {
    session.build(batch.features, batch.labels ?? null)
    await saver.save()
  }
  const others = () => memory().numTensors - session.ownTensors() - reporter.tensors()
  const before = others()
  const startedAt = now()
  const scalar = session.step(batch.features, batch.labels ?? null, reporter.see)
  const loss = (await readTensor(scalar))[0]!
  scalar.dispose()
  const stepMs = now() - startedAt
  const leakedTensors = others() - before
  const { globalStep } = session
  observer.stepped?.({ modelDir, globalStep, loss, stepMs, tensors: memory().numTensors, leakedTensors })
  if (config.logSteps !== null && globalStep % config.logSteps === 0) {
    observer.info?.(`loss = ${loss.toPrecision(6)}, step = ${globalStep}`)
  }
  return loss
}

type Saver = ReturnType<typeof createSaver>

/** `CheckpointSaverHook`: before the first step, when its timer says so, and after the last. */
function createSaver({ modelDir, session, checkpoints, config, listeners }: TrainLoop) {
  const timer = createStepTimer(config.save ?? { steps: Number.POSITIVE_INFINITY }, host().now)

  async function save(): Promise<void> {
    const { globalStep } = session
    timer.triggered(globalStep)
    const { path, bytes } = await checkpoints.save(globalStep, await session.save(), config.keep)
    host().observer.info?.(`Saving checkpoints for ${globalStep} into ${modelDir}.`)
    host().observer.checkpointSaved?.({ path, globalStep, bytes })
    for (const listener of listeners) await listener.afterSave(globalStep)
  }

  return {
    get lastStep() {
      return timer.lastStep
    },
    save,
    saveWhenDue: async () => {
      if (timer.shouldTrigger(session.globalStep)) await save()
    },
    async end() {
      const { lastStep } = timer
      if (lastStep === null) return
      if (lastStep !== session.globalStep) await save()
      for (const listener of listeners) await listener.end(session.globalStep)
    },
  }
}
