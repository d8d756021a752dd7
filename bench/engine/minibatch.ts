import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { useBackend as startBackend } from '../../src/model/backends'
import { createStockModel } from '../../src/model/stockModel'
import { type EngineRow, rowFromRounds } from './engineRow'
import { dotProductExperiment } from './experiments'
import { withRatingFiles } from './pythonPeer'
import { batchContestant, race, residentContestant, wholeBatches } from './race'
import { encodeRatings, ratingsOf, type Shape, shapes } from './shapes'
import { fastestOf, startTorch } from './trainingPeers'

const batches = [1024, 8192]
const unit = { unit: 'ms a step', better: 'less' } as const

/** Dot product with biases, Adagrad, exact mini-batches, one thread: against PyTorch on the CPU, and against stock TensorFlow.js. */
export async function minibatchRows(): Promise<EngineRow[]> {
  const rows: EngineRow[] = []
  for (const shape of Object.values(shapes)) rows.push(...(await torchRows(shape)))
  rows.push(await stockRow())
  return rows
}

async function torchRows(shape: Shape): Promise<EngineRow[]> {
  const { users, items } = shape
  const ratings = ratingsOf(shape)
  const encoded = wholeBatches(encodeRatings(ratings, users, items), Math.max(...batches))
  return withRatingFiles(ratings, async (folder) => {
    const torch = await startTorch(folder, users, items)
    if (!torch) return []
    const rows: EngineRow[] = []
    for (const k of [8, 32]) {
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

/** One cell: TensorFlow.js's gradient of a lookup goes through the batch once for every row of the table, half a minute a step here. */
async function stockRow(): Promise<EngineRow> {
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
  return rowFromRounds(
    { ...subject(shapes.a, k, batch), peerName: 'TensorFlow.js 4.22 cpu, stock' },
    ours!,
    theirs!,
    unit,
  )
}

function subject({ name: shape }: Shape, k: number, batch: number) {
  return { measure: 'minibatch', shape, k, batch, optimizer: 'adagrad', backend: 'fused cpu', threads: 1 }
}
