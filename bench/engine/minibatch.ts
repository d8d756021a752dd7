import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { useBackend as startBackend } from '../../src/model/backends'
import { createStockModel } from '../../src/model/stockModel'
import { type EngineRow, rowFromRounds } from './engineRow'
import { dotProductExperiment } from './experiments'
import { withRatingFiles } from './pythonPeer'
import { batchContestant, race, residentContestant, wholeBatches } from './race'
import { encodeRatings, type Part, ratingsOf, type Shape, shapes } from './shapes'
import { fastestOf, startTorch } from './trainingPeers'

const dimensions = [8, 32]
const batches = [1024, 8192]
const unit = { unit: 'ms a step', better: 'less' } as const

/** Dot product with biases, Adagrad, exact mini-batches, one thread: against PyTorch on the CPU. */
export async function minibatchRows(part: Part): Promise<EngineRow[]> {
  const rows: EngineRow[] = []
  for (const shape of part.shapes) rows.push(...(await torchRows(shape, part.k ? [part.k] : dimensions)))
  return rows
}

async function torchRows(shape: Shape, ks: readonly number[]): Promise<EngineRow[]> {
  const { users, items } = shape
  const ratings = ratingsOf(shape)
  const encoded = wholeBatches(encodeRatings(ratings, users, items), Math.max(...batches))
  return withRatingFiles(ratings, async (folder) => {
    const torch = await startTorch(folder, users, items)
    if (!torch) return []
    const rows: EngineRow[] = []
    for (const k of ks) {
      for (const batch of batches) {
        const experiment = dotProductExperiment(users, items, { k, batch, optimizer: 'adagrad' })
        const model = createFusedDotProduct(encoded, experiment)!
        const peers = await torch.best({ model: 'dotProduct', k, batch, optimizer: 'adagrad', rate: 0.05 })
        const [ours, ...theirs] = await race([residentContestant(model, encoded, batch), ...peers])
        const best = fastestOf(theirs)
        rows.push(
          rowFromRounds({ ...subject(shape, k, batch), peerName: peers[best]!.name }, ours!, theirs[best]!, unit),
        )
        model.dispose()
      }
    }
    torch.close()
    return rows
  })
}

/** Against stock TensorFlow.js, in one cell: its gradient of a lookup goes through the batch once for every row of the table, half a minute a step here. */
export async function stockRows(): Promise<EngineRow[]> {
  const [k, batch] = [8, 1024]
  const { users, items } = shapes.a
  const encoded = wholeBatches(encodeRatings(ratingsOf(shapes.a), users, items), batch)
  const experiment = dotProductExperiment(users, items, { k, batch, optimizer: 'adagrad' })
  await startBackend('cpu', { wasmPaths: '' })
  const [model, stock] = [createFusedDotProduct(encoded, experiment)!, createStockModel(encoded, experiment)]
  const [ours, theirs] = await race([
    residentContestant(model, encoded, batch),
    batchContestant(stock, encoded, experiment.seed, batch),
  ])
  model.dispose()
  stock.dispose()
  const peerName = 'TensorFlow.js 4.22 cpu, stock'
  return [rowFromRounds({ ...subject(shapes.a, k, batch), measure: 'stock', peerName }, ours!, theirs!, unit)]
}

function subject({ name: shape }: Shape, k: number, batch: number) {
  return { measure: 'minibatch', shape, k, batch, optimizer: 'adagrad', backend: 'fused cpu', threads: 1 }
}
