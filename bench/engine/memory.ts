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

/** What is held after 1,000 steps and after 100,000: array buffers and JavaScript objects in Node; buffers and tensors on the device. */
export async function memoryRows(): Promise<EngineRow[]> {
  const { users, items } = shapes.a
  const encoded = wholeBatches(encodeRatings(ratingsOf(shapes.a), users, items), batch)
  const setting = { k, batch, optimizer }
  return [
    ...(await cpuRows('dot product', () =>
      createFusedDotProduct(encoded, dotProductExperiment(users, items, setting)),
    )),
    ...(await cpuRows('network', () => createFusedTabular(encoded, networkExperiment(users, items, setting)))),
    ...(await webgpuRows()),
  ]

  async function cpuRows(shape: string, create: () => ResidentTrainable | null): Promise<EngineRow[]> {
    const model = create()!
    const training = residentContestant(model, encoded, batch)
    await training.run(FEW)
    const before = heldInNode()
    await training.run(MANY - FEW)
    const after = heldInNode()
    const objects = model.bytes
    model.dispose()
    console.log(`${shape}: ${objects} bytes of weights and optimizer state`, before, after)
    return [
      row(`${shape}, array buffers`, 'fused cpu', after.arrayBuffers, before.arrayBuffers, 'bytes'),
      row(`${shape}, JavaScript heap`, 'fused cpu', after.heap, before.heap, 'bytes'),
    ]
  }
}

async function webgpuRows(): Promise<EngineRow[]> {
  const page = await openWebgpuPage()
  try {
    await page.call('prepare', { shape: 'a', k, batch })
    await page.call('run', 'fused', FEW)
    const before = await page.call('held')
    await page.call('run', 'fused', MANY - FEW)
    const after = await page.call('held')
    return [
      row('dot product, buffers', 'fused webgpu', after.buffers, before.buffers, 'buffers'),
      row('dot product, bytes in buffers', 'fused webgpu', after.bufferBytes, before.bufferBytes, 'bytes'),
      row('dot product, tensors', 'fused webgpu', after.tensors, before.tensors, 'tensors'),
    ]
  } finally {
    await page.close()
  }
}

const gc = collector()

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/** After two collections: array buffers (the SIMD heap among them) go with their last view. */
function heldInNode() {
  gc()
  gc()
  const { arrayBuffers, external, heapUsed } = process.memoryUsage()
  return { arrayBuffers: arrayBuffers + external, heap: heapUsed }
}

function row(shape: string, backend: string, after: number, before: number, unit: string): EngineRow {
  const ratio = before / after
  const peerName = `after ${FEW.toLocaleString('en')} steps`
  return {
    ...{
      measure: 'memory',
      shape,
      k,
      batch,
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
