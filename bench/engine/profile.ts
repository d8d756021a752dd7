import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { createFusedTabular } from '../../src/engine/cpu/fusedTabular'
import type { Experiment } from '../../src/experiment/experiment'
import type { ResidentTrainable } from '../../src/model/trainable'
import { tableOf } from '../writeResults'
import { dotProductExperiment, networkExperiment } from './experiments'
import { residentContestant, wholeBatches } from './race'
import { encodeRatings, ratingsOf, shapes } from './shapes'

const EXAMPLES = 4_000_000
const cells = [
  { model: 'dot product', k: 8, batch: 1024 },
  { model: 'dot product', k: 8, batch: 8192 },
  { model: 'dot product', k: 32, batch: 8192 },
  { model: 'network', k: 8, batch: 256 },
  { model: 'network', k: 8, batch: 8192 },
] as const

/** Where a step's time goes, by SIMD kernel, as a table: Adagrad on shape a. The clock around each call costs some of it. */
export async function profileTable(): Promise<string> {
  const spent = watchKernels()
  const { users, items } = shapes.a
  const encoded = wholeBatches(encodeRatings(ratingsOf(shapes.a), users, items), 8192)
  const rows: string[][] = []
  for (const { model: kind, k, batch } of cells) {
    const describe: typeof dotProductExperiment = kind === 'network' ? networkExperiment : dotProductExperiment
    const experiment: Experiment = describe(users, items, { k, batch, optimizer: 'adagrad' })
    const model: ResidentTrainable =
      kind === 'network' ? createFusedTabular(encoded, experiment)! : createFusedDotProduct(encoded, experiment)!
    const training = residentContestant(model, encoded, batch)
    await training.run(100)
    spent.clear()
    const steps = Math.ceil(EXAMPLES / batch / (kind === 'network' ? 4 : 1))
    const total = (await training.run(steps)) * steps
    model.dispose()
    const share = (ms: number) => `${Math.round((100 * ms) / total)} %`
    const kernels = [...spent].sort(([, a], [, b]) => b - a)
    const inKernels = kernels.reduce((sum, [, ms]) => sum + ms, 0)
    const shares = kernels.filter(([, ms]) => ms > 0.02 * total).map(([name, ms]) => `${name} ${share(ms)}`)
    rows.push([
      kind,
      `${k}`,
      batch.toLocaleString('en'),
      [...shares, `outside ${share(total - inKernels)}`].join(' · '),
    ])
  }
  return tableOf(['model', 'k', 'batch', 'share of a step'], rows)
}

/** Milliseconds in each exported function of the WebAssembly instances made from now on. */
function watchKernels(): Map<string, number> {
  const spent = new Map<string, number>()
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(Instance, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) {
      const { exports } = new Instance(module, imports)
      return { exports: Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, timed(name, value)])) }
    },
  })
  return spent

  function timed(name: string, value: WebAssembly.ExportValue): unknown {
    if (typeof value !== 'function') return value
    return (...args: number[]) => {
      const begun = performance.now()
      const result: unknown = value(...args)
      spent.set(name, (spent.get(name) ?? 0) + performance.now() - begun)
      return result
    }
  }
}
