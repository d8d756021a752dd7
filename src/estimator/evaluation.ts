import { keep, type Tensor1D, tidy } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import { type Batch, disposeBatch } from './features'
import { createPauser, host } from './host'
import type { MetricOp } from './metricOp'
import { batchMean } from './metrics'
import { ModeKeys } from './modeKeys'
import type { ModelSession } from './modelSession'
import { createSpecReporter } from './specReporter'

/** Metrics over `steps` batches (null = all there are), and the mean of the batches' losses as `loss`, sorted by name, then `globalStep`. */
export async function evaluateBatches(
  session: ModelSession,
  batches: AsyncGenerator<Batch>,
  steps: number | null,
): Promise<Record<string, number>> {
  const totals = new Map<string, { sums: Float64Array; op: MetricOp }>()
  const reporter = createSpecReporter()
  const letHostIn = createPauser()
  let taken = 0
  while (steps === null || taken < steps) {
    const { value: batch, done } = await batches.next()
    if (done) break
    for (const { name, op, sums } of measure(session, batch, reporter)) {
      addTo(totals, name, op, await readTensor(sums))
      sums.dispose()
    }
    await reporter.report(session.globalStep)
    taken++
    host().signal.throwIfAborted()
    await letHostIn()
  }
  if (taken === 0) throw new Error('The input function of the evaluation gave no batch.')
  const results = [...totals]
    .map(([name, { op, sums }]) => [name, op.result(sums)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...Object.fromEntries(results), globalStep: session.globalStep }
}

interface Measured {
  name: string
  op: MetricOp
  sums: Tensor1D
}

function measure(session: ModelSession, batch: Batch, reporter: ReturnType<typeof createSpecReporter>): Measured[] {
  const measured: Measured[] = []
  const run = () => {
    const spec = session.call(batch.features, batch.labels ?? null, ModeKeys.EVAL)
    reporter.see(spec)
    if (Object.hasOwn(spec.evalMetricOps, 'loss'))
      throw new Error("A metric cannot be called 'loss': evaluate answers with the loss by that name.")
    const ops = { ...spec.evalMetricOps, loss: batchMean(spec.loss!) }
    for (const [name, op] of Object.entries(ops)) measured.push({ name, op, sums: keep(op.sums()) })
  }
  try {
    tidy(run)
  } finally {
    disposeBatch(batch)
  }
  return measured
}

function addTo(
  totals: Map<string, { sums: Float64Array; op: MetricOp }>,
  name: string,
  op: MetricOp,
  sums: Float32Array,
): void {
  const known = totals.get(name)
  if (!known) {
    totals.set(name, { sums: Float64Array.from(sums), op })
    return
  }
  for (const [i, value] of sums.entries()) known.sums[i]! += value
}
