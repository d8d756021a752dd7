import { z } from 'zod'
import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { nodeThreads } from '../../src/engine/cpu/nodeThread'
import { type EngineRow, rowFromRounds } from './engineRow'
import { dotProductExperiment } from './experiments'
import { type PythonPeer, startPeer, withRatingFiles } from './pythonPeer'
import { type Contestant, race } from './race'
import { encodeRatings, type Part, type Ratings, ratingsOf, type Shape } from './shapes'

const dimensions = [2, 8, 32, 64]
const learningRate = 0.05
/** LIBMF's λ; ours counts the square's derivative, 2, separately. */
const regularization = 0.05

/** Dot product, row-Adagrad, one sample at a time, one thread and two: against LIBMF. */
export async function sampleRows(part: Part): Promise<EngineRow[]> {
  const rows: EngineRow[] = []
  for (const shape of part.shapes) {
    const ratings = ratingsOf(shape)
    await withRatingFiles(ratings, async (folder) => {
      const libmf = await startPeer('libmf_race.py', ['libmf', 'numpy'])
      if (!libmf) return
      await libmf.call('load', { folder, users: shape.users, items: shape.items }, z.null())
      for (const threads of [1, 2]) {
        for (const k of part.k ? [part.k] : dimensions) rows.push(await raceLibmf(libmf, shape, ratings, k, threads))
      }
      libmf.close()
    })
  }
  return rows
}

async function raceLibmf(
  libmf: PythonPeer,
  shape: Shape,
  ratings: Ratings,
  k: number,
  threads: number,
): Promise<EngineRow> {
  const { close, ...ours } = await startOurs(shape, ratings, k, threads)
  const peerName = await libmf.call('start', { k, threads, rate: learningRate, regularization }, z.string())
  const theirs = { run: (steps: number) => libmf.call('round', { steps }, z.number()) }
  const times = await race([ours, theirs])
  close()
  const [our, their] = times.map((ms) => ms.map((epochMs) => shape.ratings / epochMs / 1000))
  const subject = { measure: 'samples', shape: shape.name, k, batch: 1, optimizer: 'rowAdagrad', threads, peerName }
  const row = rowFromRounds({ ...subject, backend: 'fused cpu' }, our!, their!, { unit: 'M samples/s', better: 'more' })
  console.log(
    `${shape.name} k ${k}, ${threads} thread(s): ${row.ours.toFixed(1)} beside ${row.peer.toFixed(1)} (${peerName}), ${row.ratio.toFixed(2)}`,
  )
  return row
}

/** A step is an epoch. */
async function startOurs(
  { users, items }: Shape,
  ratings: Ratings,
  k: number,
  threads: number,
): Promise<Contestant & { close(): void }> {
  const experiment = dotProductExperiment(users, items, { k, batch: 1, optimizer: 'rowAdagrad' })
  const columns = experiment.columns.map((column) => ({ ...column, initializerStddev: 1 / Math.sqrt(k) }))
  const model = createFusedDotProduct(
    encodeRatings(ratings, users, items),
    {
      ...experiment,
      columns: columns as typeof experiment.columns,
      model: { type: 'dotProduct', user: 'user', item: 'item', biases: false },
      l2: regularization / 2,
    },
    nodeThreads(threads),
  )!
  model.setLearningRate(learningRate)
  await model.threads
  let epoch = 0
  return {
    async run(steps) {
      const begun = performance.now()
      for (let step = 0; step < steps; step++) model.trainSteps({ epoch: epoch++, position: 0 }, ratings.rating.length)
      return (performance.now() - begun) / steps
    },
    close: () => model.dispose(),
  }
}
