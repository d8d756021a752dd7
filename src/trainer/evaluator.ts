import { gatherRows } from '../columns/batches'
import type { EncodedData } from '../columns/sparseBatch'
import { createRandom } from '../lib/random'
import type { Trainable } from '../model/trainable'
import { createMetricAccumulator, type MetricResult } from './metrics'
import type { Scheduler } from './scheduler'
import { SLICE_MS } from './stepLoop'

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
  model: Trainable,
  splitSeed: number,
  { scheduler, now }: { scheduler: Scheduler; now: () => number },
): Evaluator {
  const trainSample = sampleRows(encoded.trainRows, encoded.validationRows.length, splitSeed)
  const chunk = Math.max(64, Math.min(CHUNK_ROWS, Math.floor(CHUNK_OUTPUTS / encoded.label.outputs)))

  async function measure(rows: Uint32Array, aborted: () => boolean): Promise<MetricResult | null> {
    const accumulator = createMetricAccumulator(encoded.label)
    let yieldedMs = now()
    for (let at = 0; at < rows.length; at += chunk) {
      const batch = gatherRows(encoded, rows.subarray(at, at + chunk))
      accumulator.add(await model.predict(batch), batch.labels, batch.size)
      if (now() - yieldedMs < SLICE_MS) continue
      await scheduler.yield()
      if (aborted()) return null
      yieldedMs = now()
    }
    return accumulator.result()
  }

  return {
    async evaluate(aborted) {
      const validation = await measure(encoded.validationRows, aborted)
      const train = validation && (await measure(trainSample, aborted))
      return train && { train, validation }
    },
  }
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
