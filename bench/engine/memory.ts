import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { createFusedTabular } from '../../src/engine/cpu/fusedTabular'
import type { ResidentTrainable } from '../../src/model/trainable'
import type { EngineRow } from './engineRow'
import { dotProductExperiment, networkExperiment } from './experiments'
import { residentContestant, wholeBatches } from './race'
import { encodeRatings, ratingsOf, shapes } from './shapes'
import { openWebgpuPage } from './webgpuPage'

const [FEW, MANY] = [1_000, 100_000]
const [k, batch, optimizer] = [8, 256, 'adagrad'] as const
/** Smaller: the software adapter takes its time. */
const GPU_BATCH = 64

/** What is held after 1,000 steps and after 100,000: WebAssembly memory, array buffers and JavaScript objects in Node. */
export async function memoryRows(): Promise<EngineRow[]> {
  const { users, items } = shapes.a
  const encoded = wholeBatches(encodeRatings(ratingsOf(shapes.a), users, items), batch)
  const setting = { k, batch, optimizer }
  return [
    ...(await cpuRows('dot product', () =>
      createFusedDotProduct(encoded, dotProductExperiment(users, items, setting)),
    )),
    ...(await cpuRows('network', () => createFusedTabular(encoded, networkExperiment(users, items, setting)))),
  ]

  async function cpuRows(shape: string, create: () => ResidentTrainable | null): Promise<EngineRow[]> {
    const model = create()!
    const training = residentContestant(model, encoded, batch)
    await training.run(FEW)
    const before = heldInNode()
    await training.run(MANY - FEW)
    const after = heldInNode()
    model.dispose()
    memories.length = 0
    return [
      row('memory', `${shape}, SIMD heap`, 'fused cpu', after.simd, before.simd, 'bytes'),
      row('memory', `${shape}, array buffers`, 'fused cpu', after.arrayBuffers, before.arrayBuffers, 'bytes'),
      row('memory', `${shape}, JavaScript heap`, 'fused cpu', after.heap, before.heap, 'bytes'),
    ]
  }
}

/** Likewise: buffers and tensors on the device. */
export async function webgpuMemoryRows(): Promise<EngineRow[]> {
  const page = await openWebgpuPage()
  try {
    await page.call('prepare', { shape: 'a', k, batch: GPU_BATCH })
    await page.call('run', 'fused', FEW)
    const before = await page.call('held')
    await page.call('run', 'fused', MANY - FEW)
    const after = await page.call('held')
    return [
      row('webgpuMemory', 'dot product, buffers', 'fused webgpu', after.buffers, before.buffers, 'buffers'),
      row(
        'webgpuMemory',
        'dot product, bytes in buffers',
        'fused webgpu',
        after.bufferBytes,
        before.bufferBytes,
        'bytes',
      ),
      row('webgpuMemory', 'dot product, tensors', 'fused webgpu', after.tensors, before.tensors, 'tensors'),
    ]
  } finally {
    await page.close()
  }
}

const gc = collector()
const memories = watchMemories()

/** Every WebAssembly memory made from now on: Node does not count them among its array buffers. */
function watchMemories(): WebAssembly.Memory[] {
  const made: WebAssembly.Memory[] = []
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      made.push(this)
    }
  }
  return made
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/** After two collections: array buffers go with their last view. */
function heldInNode() {
  gc()
  gc()
  const { arrayBuffers, external, heapUsed } = process.memoryUsage()
  const simd = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  return { arrayBuffers: arrayBuffers + external, simd, heap: heapUsed }
}

function row(measure: string, shape: string, backend: string, after: number, before: number, unit: string): EngineRow {
  const ratio = before / after
  const of = backend === 'fused cpu' ? batch : GPU_BATCH
  const peerName = `after ${FEW.toLocaleString('en')} steps`
  return {
    ...{
      measure,
      shape,
      k,
      batch: of,
      optimizer,
      backend,
      threads: 1,
      ours: after,
      peer: before,
      peerName,
      unit,
    },
    ...{ ratio, ratioMin: ratio, ratioMax: ratio, rounds: 1 },
  }
}
