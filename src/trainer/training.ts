import type { BatchCounter } from '../columns/batches'
import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import type { ResidentTrainable } from '../model/trainable'
import type { Evaluation, PauseReason, RunInfo } from '../protocol/trainer'
import { type BestMoment, bytesOfMoments, isFiniteMoment, type Moment, takeMoment } from './checkpoints'
import type { OpenData } from './dataSets'
import { createEvaluator, type EvaluationResult } from './evaluator'
import type { RunState } from './keptRuns'
import { likelyCause } from './likelyCause'
import type { PostRun } from './post'
import type { Scheduler } from './scheduler'
import type { Slice } from './stepLoop'
import { createTrainingRate } from './trainingRate'

/** A run set up and ready for its first step. */
export interface PreparedRun {
  experiment: Experiment
  open: OpenData
  encoded: EncodedData
  model: ResidentTrainable
  batches: BatchCounter
  info: RunInfo
}

export interface RunContext {
  scheduler: Scheduler
  now(): number
  /** Bytes held beside this run: data sets, replaced runs. */
  otherBytes(): number
}

/** Numbers that are read change no faster. */
const PROGRESS_MS = 1000 / 15
/** Rows that evaluation may read for each row trained on: it only goes forward, about a third of the work of a training step. */
const EVALUATED_PER_TRAINED = 1
/** A checkpoint to fall back on (a lost GPU, NaN) at least this often, and at most a twentieth of the time. */
const CHECKPOINT_MS = 3000
const TRAINING_PER_CHECKPOINT = 20
/** A loss this many times the lowest seen is on its way to infinity: its weights are not worth going back to. */
const EXPLODED = 100

/** The numbers of a run and the decisions taken on them. Knows no commands; all but `step` are called under the run's lock. */
export class Training {
  step = 0
  best: BestMoment | null = null
  lastFinite: Moment | null = null
  evaluations: Evaluation[] = []
  epochLimit: number | null
  patienceFrom = 0
  learningRate: number

  private readonly evaluator
  private readonly rate = createTrainingRate()
  private stepsSinceLoss = 0
  private lastLoss = Number.NaN
  private lowestLoss = Number.POSITIVE_INFINITY
  private progressedMs = Number.NEGATIVE_INFINITY
  private untold: Evaluation[] = []
  private toldMs = Number.NEGATIVE_INFINITY
  private trainingMs = 0
  private checkpointAtMs = 0
  private checkpointMs = 0

  constructor(
    private readonly prepared: PreparedRun,
    private readonly context: RunContext,
    private readonly post: PostRun,
  ) {
    const { experiment, encoded, model } = prepared
    this.epochLimit = experiment.stop.epochs
    this.learningRate = experiment.optimizer.learningRate
    this.evaluator = createEvaluator(encoded, model, experiment.split.seed, context)
  }

  /** With the learning rate as it was last tuned. */
  get experiment(): Experiment {
    const { experiment } = this.prepared
    return { ...experiment, optimizer: { ...experiment.optimizer, learningRate: this.learningRate } }
  }

  /** Complete epochs and the share of the present one. */
  get epoch(): number {
    const { batches, encoded } = this.prepared
    return batches.epoch + batches.position / encoded.trainRows.length
  }

  /** Step at which the epoch that `from` is in, or begins, ends. */
  epochEnd(from: number): number {
    const { batches, info, encoded } = this.prepared
    const size = Math.min(this.prepared.experiment.batchSize, encoded.trainRows.length)
    const begun = this.step - batches.position / size
    return begun + (Math.floor((from - begun) / info.stepsPerEpoch) + 1) * info.stepsPerEpoch
  }

  /** One mini-batch, or what the model takes in one go, `limit` at most; returns their examples. */
  train(limit: number): number {
    const { model, batches } = this.prepared
    const steps = Math.min(limit, model.stepsAtOnce?.() ?? 1)
    model.trainSteps(batches.save(), steps)
    this.step += steps
    this.stepsSinceLoss += steps
    return batches.advance(steps)
  }

  /** Counts the slice, reports, evaluates at the end of an epoch; says when to stop. */
  async afterSlice(slice: Slice, interrupted: () => boolean): Promise<PauseReason | null> {
    const { now } = this.context
    const startMs = now()
    await this.prepared.model.queue?.ready()
    const atLimit = slice.epochEnded && this.epochLimit !== null && this.epoch >= this.epochLimit
    const due = slice.last || atLimit || now() - this.progressedMs >= PROGRESS_MS
    if (due) await this.readLoss()
    const ms = slice.ms + now() - startMs
    this.trainingMs += ms
    this.rate.add(ms, slice.examples)
    if (due && !this.lossIsFinite()) return this.notFinite()
    if (due) this.reportProgress()
    if (slice.epochEnded) return this.endEpoch(atLimit, interrupted)
    return this.keepCheckpoint()
  }

  /**
   * Whether the run stands at an epoch whose evaluation counts: for the best epoch and for patience. It follows from row counts alone, so that
   * every machine measures the same epochs and stops at the same step: each epoch of the usual 90/10 split, every second one of halves; beside
   * those the first, the last, and the one at which patience runs out (it runs out on what was measured).
   */
  private get atMeasuredEpoch(): boolean {
    const { epoch } = this
    if (epoch === 0 || !Number.isInteger(epoch)) return false
    const { trainRows, validationRows } = this.prepared.encoded
    const read = validationRows.length + Math.min(validationRows.length, trainRows.length)
    const every = Math.max(1, Math.round(read / (trainRows.length * EVALUATED_PER_TRAINED)))
    return epoch % every === 0 || epoch === 1 || epoch === this.epochLimit || this.outOfPatience
  }

  private get owesEvaluation(): boolean {
    return this.atMeasuredEpoch && !this.evaluatedHere
  }

  /** Makes up for an evaluation that a pause cut short, before the next step changes what it would have measured. */
  async catchUp(interrupted: () => boolean): Promise<PauseReason | null> {
    if (!this.owesEvaluation) return null
    return (await this.evaluate(interrupted)) ?? this.patienceReason()
  }

  private async endEpoch(atLimit: boolean, interrupted: () => boolean): Promise<PauseReason | null> {
    if (this.owesEvaluation) {
      const reason = await this.evaluate(atLimit ? () => false : interrupted)
      if (reason) return reason
    }
    if (atLimit) return { why: 'epochs' }
    return this.patienceReason() ?? this.keepCheckpoint()
  }

  private patienceReason(): PauseReason | null {
    if (!this.outOfPatience || !this.evaluatedHere) return null
    return { why: 'noImprovement', bestEpoch: this.best?.epoch ?? 0 }
  }

  /** A stop condition that was met gives way when the person plays on: another `epochs` worth, patience anew. */
  extend(): void {
    const { epochs } = this.prepared.experiment.stop
    if (epochs !== null && this.epochLimit !== null) while (this.epoch >= this.epochLimit) this.epochLimit += epochs
    if (this.outOfPatience && !this.owesEvaluation) this.patienceFrom = Math.floor(this.epoch)
  }

  private get outOfPatience(): boolean {
    const { patience } = this.prepared.experiment.stop
    return patience !== null && this.epoch - Math.max(this.best?.epoch ?? 0, this.patienceFrom) >= patience
  }

  /** The last loss and weights of a stretch; a reason where they are not finite. */
  async finishStretch(): Promise<PauseReason | null> {
    if (this.stepsSinceLoss > 0) {
      await this.readLoss()
      if (!this.lossIsFinite()) return this.notFinite()
      this.reportProgress()
    }
    return null
  }

  get evaluatedHere(): boolean {
    return this.evaluations.at(-1)?.step === this.step
  }

  /**
   * Metrics of this very step; a reason where they are not finite. At an epoch that counts it keeps the weights when they are the best so far. Anywhere
   * else, after a pause, it only informs: pausing to look changes neither what is best nor when training stops.
   */
  async evaluate(aborted: () => boolean): Promise<PauseReason | null> {
    const counts = this.atMeasuredEpoch
    const result = await this.evaluator.evaluate(aborted)
    if (!result) return null
    const loss = result.validation.metrics.loss ?? Number.NaN
    const hasValidation = this.prepared.info.validationRows > 0
    if (hasValidation && !Number.isFinite(loss)) return this.notFinite()
    const isBest = counts && hasValidation && loss < (this.best?.loss ?? Number.POSITIVE_INFINITY)
    if (isBest) await this.keepBest(loss)
    this.report(result, isBest)
    return null
  }

  private report(result: EvaluationResult, isBest: boolean): void {
    const { step, epoch } = this
    const { train, validation } = result
    const perTarget = validation.perTarget.length > 1 ? validation.perTarget : []
    const evaluation = { step, epoch, train: train.metrics, validation: validation.metrics, perTarget, isBest }
    this.evaluations.push(evaluation)
    this.untold.push(evaluation)
    if (this.context.now() - this.toldMs >= PROGRESS_MS) this.tellEvaluations()
  }

  /** What the page has not heard of yet: an epoch may be over in a millisecond. */
  tellEvaluations(): void {
    this.toldMs = this.context.now()
    if (this.untold.length > 0) this.post({ type: 'evaluated', evaluations: this.untold })
    this.untold = []
  }

  private async keepBest(loss: number): Promise<void> {
    const moment = await this.now()
    this.best = { ...moment, epoch: this.epoch, loss }
    this.keepIfFinite(moment)
  }

  now(): Promise<Moment> {
    return takeMoment(this.step, this.prepared.model, this.prepared.batches)
  }

  /** To fall back on. Taken before the first step and every few seconds. */
  async keepCheckpoint(force = false): Promise<PauseReason | null> {
    const since = this.trainingMs - this.checkpointAtMs
    if (!force && since < Math.max(CHECKPOINT_MS, TRAINING_PER_CHECKPOINT * this.checkpointMs)) return null
    const startMs = this.context.now()
    const moment = await this.now()
    this.checkpointMs = this.context.now() - startMs
    return this.keepIfFinite(moment) ? null : this.notFinite()
  }

  private keepIfFinite(moment: Moment): boolean {
    this.checkpointAtMs = this.trainingMs
    if (!isFiniteMoment(moment)) return false
    if (!(this.lastLoss > EXPLODED * this.lowestLoss)) this.lastFinite = moment
    return true
  }

  restore({ step, checkpoint, batches }: Moment): void {
    this.prepared.model.restore(checkpoint)
    this.prepared.batches.restore(batches)
    this.step = step
    this.stepsSinceLoss = 0
    this.lastLoss = Number.NaN
    this.patienceFrom = Math.floor(this.epoch)
    this.evaluations = this.evaluations.filter((evaluation) => evaluation.step <= step)
    this.untold = this.untold.filter((evaluation) => evaluation.step <= step)
  }

  async save(): Promise<RunState> {
    const { experiment, best, lastFinite, evaluations, epochLimit, patienceFrom } = this
    return { experiment, now: await this.now(), best, lastFinite, evaluations, epochLimit, patienceFrom }
  }

  /** The last state known on the CPU, when the device no longer answers. */
  fallback(): RunState {
    const { experiment, best, lastFinite, epochLimit, patienceFrom } = this
    if (!lastFinite) throw new Error('The run was lost before its first checkpoint.')
    const evaluations = this.evaluations.filter(({ step }) => step <= lastFinite.step)
    return { experiment, now: lastFinite, best, lastFinite, evaluations, epochLimit, patienceFrom }
  }

  /** Rebuilds what `save` gave. */
  resume(state: RunState): void {
    this.restore(state.now)
    const { best, lastFinite, evaluations, epochLimit, patienceFrom } = state
    Object.assign(this, { best, lastFinite, evaluations: [...evaluations], epochLimit, patienceFrom })
  }

  private async readLoss(): Promise<void> {
    this.lastLoss = await this.prepared.model.takeTrainLoss()
    this.lowestLoss = Math.min(this.lowestLoss, this.lastLoss)
    this.stepsSinceLoss = 0
  }

  private lossIsFinite(): boolean {
    return Number.isFinite(this.lastLoss)
  }

  private notFinite(): PauseReason {
    const { experiment, info } = this.prepared
    const lastFiniteStep = this.lastFinite?.step ?? 0
    return { why: 'notFinite', ...likelyCause(experiment, info.summary, this.learningRate), lastFiniteStep }
  }

  /** Step and epoch as they are: after each stretch, and where a run is taken up or set back without a step. */
  reportProgress(): void {
    this.tellEvaluations()
    this.progressedMs = this.context.now()
    this.post({
      type: 'progress',
      step: this.step,
      epoch: this.epoch,
      examplesPerSecond: this.rate.examplesPerSecond(),
      trainLoss: this.lastLoss,
      memoryBytes: this.prepared.info.bytes + bytesOfMoments([this.best, this.lastFinite]) + this.context.otherBytes(),
    })
  }
}
