import { createFusedTabular } from '../../src/engine/cpu/fusedTabular'
import { useBackend as startBackend } from '../../src/model/backends'
import { createModel } from '../../src/model/createModel'
import { type EngineRow, rowFromRounds } from './engineRow'
import { networkExperiment } from './experiments'
import { withRatingFiles } from './pythonPeer'
import { batchContestant, race, residentContestant, wholeBatches } from './race'
import { encodeRatings, ratingsOf, shapes } from './shapes'
import { fastestOf, type PeerVariant, startKeras, startTorch } from './trainingPeers'

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'
const k = 8
const batches = [256, 1024, 8192]
const rates = { adam: 0.001, adagrad: 0.05 }

/** Two embeddings of 8 side by side → 32 relu → 1 on shape a, one thread: all peers in the same rounds. */
export async function networkRows(): Promise<EngineRow[]> {
  const { users, items } = shapes.a
  const ratings = ratingsOf(shapes.a)
  const encoded = wholeBatches(encodeRatings(ratings, users, items), Math.max(...batches))
  await startBackend('wasm', { wasmPaths })
  return withRatingFiles(ratings, async (folder) => {
    const [torch, keras] = [await startTorch(folder, users, items), await startKeras(folder, users, items)]
    const rows: EngineRow[] = []
    for (const optimizer of ['adam', 'adagrad'] as const) {
      for (const batch of batches) {
        const experiment = networkExperiment(users, items, { k, batch, optimizer })
        const fused = createFusedTabular(encoded, experiment)!
        const wasm = createModel(encoded, experiment)
        const setting = { k, batch, optimizer, rate: rates[optimizer] }
        const peers: PeerVariant[][] = [
          [{ name: 'TensorFlow.js 4.22 wasm, our kernels', ...batchContestant(wasm, encoded, experiment.seed, batch) }],
          (await torch?.best({ model: 'network', ...setting })) ?? [],
          (await keras?.best(setting)) ?? [],
        ]
        const [ours, ...theirs] = await race([residentContestant(fused, encoded, batch), ...peers.flat()])
        for (const variants of peers) {
          const times = theirs.splice(0, variants.length)
          if (times.length === 0) continue
          const best = fastestOf(times)
          const subject = { measure: 'network', shape: 'a', k, batch, optimizer, backend: 'fused cpu', threads: 1 }
          const peerName = variants[best]!.name
          rows.push(rowFromRounds({ ...subject, peerName }, ours!, times[best]!, { unit: 'ms a step', better: 'less' }))
        }
        fused.dispose()
        wasm.dispose()
      }
    }
    torch?.close()
    keras?.close()
    return rows
  })
}
