import type { EncodedData } from '../columns/sparseBatch'
import type { BackendChoice, BackendName, Experiment } from '../experiment/experiment'
import { isSampled } from '../experiment/watchList'
import { formatShort } from '../lib/formatNumber'
import type { WasmPaths } from '../model/backends'
import { ModelError } from '../model/modelError'
import { blockObstacle, drawsBlocks } from '../model/rowDrawer'
import type { ResidentTrainable } from '../model/trainable'
import type { BackendInfo } from '../protocol/trainer'
import { measureRate, type Rates, workload } from './measureRate'

/** A model on what it runs on. */
export interface Execution {
  backend: BackendName
  /** Why this backend, in one sentence. */
  reason: string
  /** Of the CPU that train together. */
  threads: number
  model: ResidentTrainable
}

/**
 * The three executions of one model description: fused on WebGPU, fused in SIMD WebAssembly, and TensorFlow.js with the project's kernels for
 * what neither covers. Code arrives with the first question that needs it.
 */
export interface Executions {
  infos(): Promise<BackendInfo[]>
  /** Loads what a choice will need, while the rows arrive. */
  warm(choice: BackendChoice): void
  /**
   * Chooses, and makes the model with its first weights. A backend that fails to start is struck off, with its words, and the choice made again. Throws
   * what the model refuses.
   */
  create(encoded: EncodedData, experiment: Experiment): Promise<Execution>
  /** Never again in this visit. False when it was struck off already. */
  strikeOff(name: BackendName, reason: string): boolean
}

/** A graphics card stays the choice until it is measured over this many times slower: it leaves the CPU to the page. */
const SLOWER_AT_MOST = 2
/** For each of the two that are compared. */
const MEASURE_MS = 100

export function createExecutions(wasmPaths: WasmPaths, now: () => number): Executions {
  const loading = import('../model/backends')
  let probed: Promise<BackendInfo[]> | null = null
  const struckOff = new Map<BackendName, string>()
  const measured = new Map<string, Rates>()
  let starting: Promise<unknown> = Promise.resolve()

  async function usable(): Promise<BackendInfo[]> {
    probed ??= loading.then(({ probeBackends }) => probeBackends())
    return (await probed).map((info) => {
      const reason = struckOff.get(info.name)
      return reason === undefined ? info : { ...info, available: false, reason }
    })
  }

  /** One after another: TensorFlow.js has one current backend. False where it could not start. */
  function start(name: BackendName): Promise<boolean> {
    const started = starting.then(() => startNow(name))
    starting = started.catch(ignore)
    return started
  }

  async function startNow(name: BackendName): Promise<boolean> {
    const { useBackend: startBackend } = await loading
    try {
      await startBackend(name, { wasmPaths })
      return true
    } catch (error) {
      // Plain JavaScript is the last resort: nothing is left to choose after it.
      if (name === 'cpu') throw error
      struckOff.set(name, error instanceof Error ? error.message : String(error))
      return false
    }
  }

  /** Null where the backend could not start. */
  async function build(
    name: BackendName,
    encoded: EncodedData,
    experiment: Experiment,
  ): Promise<ResidentTrainable | null> {
    if (name === 'wasm' && (await loading).hasSimd()) {
      const { createFusedModel } = await import('../engine/cpu/createFusedModel')
      const model = createFusedModel(encoded, experiment)
      if (model) return model
    }
    if (!(await start(name))) return null
    if (name === 'webgpu') {
      const { createWebgpuTrainable } = await import('../engine/webgpu/createWebgpuTrainable')
      const model = await createWebgpuTrainable(encoded, experiment)
      if (model) return model
    }
    const [{ createModel }, { drawBatches }] = await Promise.all([
      import('../model/createModel'),
      import('../model/drawBatches'),
    ])
    return drawBatches(createModel(encoded, experiment), encoded, experiment)
  }

  /** Both on the person's own model; null where one of them could not start. */
  async function compare(encoded: EncodedData, experiment: Experiment): Promise<Rates | null> {
    const key = workload(experiment, encoded)
    const known = measured.get(key)
    if (known) return known
    const rates: Rates = { webgpu: 0, wasm: 0 }
    for (const name of ['webgpu', 'wasm'] as const) {
      const model = await build(name, encoded, experiment)
      if (!model) return null
      try {
        rates[name] = await measureRate(model, encoded, experiment, now, MEASURE_MS)
      } finally {
        model.dispose()
      }
    }
    measured.set(key, rates)
    return rates
  }

  async function choose(
    encoded: EncodedData,
    experiment: Experiment,
  ): Promise<Pick<Execution, 'reason'> & { name: BackendName }> {
    const { chooseBackend, hasSimd } = await loading
    const infos = await usable()
    if (isSampled(experiment.model, encoded.label.outputs)) return sampledOn(experiment, infos, hasSimd())
    const chosen = chooseBackend(experiment.backend, infos)
    const isOpen = experiment.backend === 'auto' && chosen.name === 'webgpu'
    const openToCpu = isOpen && infos.some(({ name, available }) => name === 'wasm' && available)
    if (chosen.name === 'webgpu' && drawsBlocks(encoded, experiment)) {
      const why = 'one example at a time is too little work for a graphics card'
      if (openToCpu) return { name: 'wasm', reason: `WebAssembly on the CPU: ${why}.` }
      return { ...chosen, reason: `${chosen.reason} But ${why}.` }
    }
    if (!openToCpu) return chosen
    let rates: Rates | null
    try {
      rates = await compare(encoded, experiment)
    } catch (error) {
      // More than the graphics device binds, say; what no execution can make is refused again when it is made.
      if (!(error instanceof ModelError)) throw error
      return { name: 'wasm', reason: `WebAssembly on the CPU: ${error.message}` }
    }
    if (!rates) return choose(encoded, experiment)
    const speeds = `measured on this model, ${formatShort(rates.webgpu)} examples/s on WebGPU and ${formatShort(rates.wasm)} on WebAssembly`
    if (rates.webgpu * SLOWER_AT_MOST >= rates.wasm) {
      return { name: 'webgpu', reason: `${chosen.reason.replace(/\.$/, '')}: ${speeds}.` }
    }
    return { name: 'wasm', reason: `WebAssembly on the CPU: ${speeds}.` }
  }

  return {
    infos: usable,
    warm(choice) {
      const ready = async () => {
        const { chooseBackend, hasSimd } = await loading
        const { name } = chooseBackend(choice, await usable())
        if (name === 'wasm' && hasSimd()) await import('../engine/cpu/createFusedModel')
        else await start(name)
      }
      ready().catch(ignore)
    },
    async create(encoded, experiment) {
      for (;;) {
        const { name, reason } = await choose(encoded, experiment)
        const model = await build(name, encoded, experiment)
        if (!model) continue
        // Of larger batches nobody expects more threads.
        const asksForThreads = name === 'wasm' && experiment.batchSize === 1
        const obstacle = asksForThreads ? blockObstacle(encoded, experiment) : null
        return { backend: name, model, ...(await threadsOf(model, reason, obstacle)) }
      }
    },
    strikeOff(name, reason) {
      if (struckOff.has(name)) return false
      struckOff.set(name, reason)
      return true
    },
  }
}

/** How many, and in the reason why there are no more where there could be. `obstacle`: why a model without threads has none; null: nobody asks. */
async function threadsOf(
  model: ResidentTrainable,
  reason: string,
  obstacle: string | null,
): Promise<Pick<Execution, 'reason' | 'threads'>> {
  const { count, missing } = (await model.threads) ?? { count: 1, missing: obstacle }
  return {
    reason: missing === null ? reason : `${reason} ${count === 1 ? 'One thread' : `${count} threads`}: ${missing}.`,
    threads: count,
  }
}

/** A sampled softmax has one execution. Throws a `ModelError` where it cannot run. */
function sampledOn(
  { backend, columns }: Experiment,
  infos: BackendInfo[],
  simd: boolean,
): Pick<Execution, 'reason'> & { name: BackendName } {
  const wasm = infos.find(({ name }) => name === 'wasm')
  if (!simd || !wasm?.available) {
    throw new ModelError(
      'So many items need a sampled softmax, which runs in WebAssembly with SIMD: this browser has none.',
      'model',
    )
  }
  const clipped = columns.findIndex((column) => column.type === 'embedding' && column.maxNorm !== undefined)
  if (clipped >= 0) {
    throw new ModelError('A sampled softmax cannot clip rows: leave the longest row out.', `columns.${clipped}.maxNorm`)
  }
  const asked = backend === 'auto' || backend === 'wasm' ? '' : ' whatever is chosen'
  return {
    name: 'wasm',
    reason: `WebAssembly on the CPU${asked}: the sampled softmax of a long watch list runs there alone.`,
  }
}

/** What fails to load fails again, and is told, when it is needed. */
function ignore(): void {}
