import { type EngineRow, rowFromRounds } from './engineRow'
import type { Cell } from './page/webgpuBench'
import { type Contestant, race } from './race'
import { openWebgpuPage, type WebgpuPage } from './webgpuPage'

const cells: Cell[] = [
  { shape: 'a', k: 8, batch: 1024 },
  { shape: 'a', k: 8, batch: 8192 },
  { shape: 'a', k: 32, batch: 1024 },
  { shape: 'a', k: 32, batch: 8192 },
  { shape: 'c', k: 8, batch: 1024 },
]

/** The dot product with biases, Adagrad: fused beside stock TensorFlow.js, on the same adapter in the same page. */
export async function webgpuRows(): Promise<EngineRow[]> {
  const page = await openWebgpuPage()
  const rows: EngineRow[] = []
  try {
    for (const cell of cells) {
      const adapter = await page.call('prepare', cell)
      const [ours, theirs] = await race([contestant(page, 'fused'), contestant(page, 'stock')])
      const peerName = 'TensorFlow.js 4.22 webgpu, stock'
      const subject = {
        measure: 'webgpu',
        ...cell,
        optimizer: 'adagrad',
        backend: `fused webgpu (${adapter})`,
        threads: 1,
      }
      rows.push(rowFromRounds({ ...subject, peerName }, ours!, theirs!, { unit: 'ms a step', better: 'less' }))
      console.log(rows.at(-1))
    }
  } finally {
    await page.close()
  }
  return rows
}

function contestant(page: WebgpuPage, side: 'fused' | 'stock'): Contestant {
  return { run: (steps) => page.call('run', side, steps) }
}
