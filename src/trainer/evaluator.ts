import { gatherLabels } from '../columns/batches'
import { popularityOf } from '../columns/popularity'
import type { EncodedData } from '../columns/sparseBatch'
import { createRandom } from '../lib/random'
import type { ResidentTrainable } from '../model/trainable'
import { type DistinctInputs, distinctInputs } from './distinctInputs'
import { createMetricAccumulator, type MetricResult } from './metrics'
import type { Scheduler } from './scheduler'
import { SLICE_MS } from './stepLoop'
import { createRecallMeter } from './watchListMetrics'

/** Numbers in the outputs of one chunk: bounds its memory however many classes there are. */
const CHUNK_OUTPUTS = 1 << 19
const CHUNK_ROWS = 4096

export interface EvaluationResult {
  train: MetricResult
  validation: MetricResult
}

/** Metrics over all validation rows, and over as many training rows, drawn once with the split's seed. */
export interface Evaluator {
  /** null when `aborted` turned true on the way. Gives way to messages every few milliseconds. */
  evaluate(aborted: () => boolean): Promise<EvaluationResult | null>
}

export function createEvaluator(
  encoded: EncodedData,
  model: ResidentTrainable,
  splitSeed: number,
  { scheduler, now }: { scheduler: Scheduler; now: () => number },
): Evaluator {
  const { outputs } = encoded.label
  const popularity = encoded.lists ? popularityOf(encoded) : new Uint32Array(0)
  const chunk = Math.max(64, Math.min(CHUNK_ROWS, Math.floor(CHUNK_OUTPUTS / outputs)))
  // Made with the first evaluation, so that a restart does not wait for them.
  let parts: { validation: Part; train: Part } | null = null
  let yieldedMs = 0

  /** False: leave off. */
  async function giveWay(aborted: () => boolean): Promise<boolean> {
    if (now() - yieldedMs < SLICE_MS) return true
    await scheduler.yield()
    yieldedMs = now()
    return !aborted()
  }

  async function measure({ rows, labels, distinct }: Part, aborted: () => boolean): Promise<MetricResult | null> {
    const accumulator = createMetricAccumulator(encoded.label)
    const recall = createRecallMeter(encoded, popularity)
    const asked = distinct?.rows ?? rows
    const shared = distinct && new Float32Array(asked.length * outputs)
    for (let at = 0; at < asked.length; at += chunk) {
      const part = asked.subarray(at, at + chunk)
      const predicted = await model.predictRows(part)
      if (shared) shared.set(predicted, at * outputs)
      else accumulator.add(predicted, gatherLabels(encoded.label, part), part.length)
      recall?.add(predicted, part)
      if (!(await giveWay(aborted))) return null
    }
    if (distinct && shared) accumulator.add(shared, labels, rows.length, distinct.outputOf)
    const result = accumulator.result()
    return recall ? { ...result, metrics: { ...result.metrics, ...recall.result() } } : result
  }

  return {
    async evaluate(aborted) {
      parts ??= {
        validation: partOf(encoded, encoded.validationRows),
        train: partOf(encoded, sampleRows(encoded.trainRows, encoded.validationRows.length, splitSeed)),
      }
      const { validation, train } = parts
      const validationResult = await measure(validation, aborted)
      const trainResult = validationResult && (await measure(train, aborted))
      return trainResult && { train: trainResult, validation: validationResult }
    },
  }
}

interface Part {
  rows: Uint32Array
  /** Of all rows; empty where they are gathered chunk by chunk. */
  labels: Float32Array
  distinct: DistinctInputs | null
}

function partOf(encoded: EncodedData, rows: Uint32Array): Part {
  const distinct = distinctInputs(encoded, rows)
  return { rows, distinct, labels: distinct ? gatherLabels(encoded.label, rows) : new Float32Array(0) }
}

/** `count` of `rows` without replacement (all of them when there are fewer), ascending. */
function sampleRows(rows: Uint32Array, count: number, seed: number): Uint32Array {
  const random = createRandom(seed, 'train sample')
  const drawn = Uint32Array.from(rows)
  const size = Math.min(count, rows.length)
  for (let i = 0; i < size; i++) {
    const j = i + random.integer(drawn.length - i)
    const held = drawn[i]!
    drawn[i] = drawn[j]!
    drawn[j] = held
  }
  return drawn.slice(0, size).sort()
}
