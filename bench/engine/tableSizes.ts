import { fillRows, orderKeys } from '../../src/columns/rowOrder'
import type { EncodedData } from '../../src/columns/sparseBatch'
import { createFusedDotProduct } from '../../src/engine/cpu/fusedDotProduct'
import { createRandom } from '../../src/lib/random'
import { type EngineRow, rowFromRounds } from './engineRow'
import { dotProductExperiment } from './experiments'
import { type Contestant, race, residentContestant } from './race'
import { encodeRatings, zipfIds } from './shapes'

const sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
const [k, batch] = [8, 1024]
const EXAMPLES = 1024 * batch

/**
 * A step against the rows of its two tables, each of which has that many: Adagrad, ids by Zipf's law with exponent 1, permuted. Beside each the time of
 * reading and writing the same weights and accumulators in the same order, one number of each line of memory, and nothing else: the memory's share.
 */
export async function tableSizeRows(): Promise<EngineRow[]> {
  const smallest = contestants(sizes[0]!)
  const rows: EngineRow[] = []
  for (const size of sizes) {
    const { step, memory } = size === sizes[0] ? smallest : contestants(size)
    // The first epoch apart: the index of the batch's rows is memory that nothing has written to yet, which the system hands out page by page.
    await step.run(EXAMPLES / batch)
    const [ours, small, touched] = await race([step, smallest.step, memory])
    const subject = {
      measure: 'tableSizes',
      shape: `2 × ${size.toLocaleString('en')} rows`,
      k,
      batch,
      optimizer: 'adagrad',
      backend: 'fused cpu',
      threads: 1,
    }
    const unit = { unit: 'ms a step', better: 'less' } as const
    rows.push(rowFromRounds({ ...subject, peerName: 'the same on 2 × 1,000 rows' }, ours!, small!, unit))
    rows.push(rowFromRounds({ ...subject, peerName: 'touching the same memory' }, ours!, touched!, unit))
  }
  return rows
}

function contestants(size: number): { step: Contestant; memory: Contestant } {
  const random = createRandom(1, 'table sizes')
  const [user, item] = ['users', 'items'].map((name) => zipfIds(random, EXAMPLES, size, 0, name)) as [
    Int32Array,
    Int32Array,
  ]
  const rating = Float32Array.from({ length: EXAMPLES }, random.normal)
  const encoded = encodeRatings({ user, item, rating }, size, size)
  const experiment = dotProductExperiment(size, size, { k, batch, optimizer: 'adagrad' })
  const withoutBiases = { ...experiment, model: { ...experiment.model, biases: false } }
  const model = createFusedDotProduct(encoded, withoutBiases)!
  return { step: residentContestant(model, encoded, batch), memory: memoryContestant(encoded, size) }
}

/**
 * The lookups of the first epoch's batches, drawn beforehand, on a table of [weights, accumulators]: a row is a line of memory. The reads do not wait for
 * each other, as those of a step need not.
 */
function memoryContestant({ categorical, trainRows }: EncodedData, size: number): Contestant {
  const width = 2 * k
  const drawn = new Uint32Array(trainRows.length)
  fillRows(drawn, trainRows, 0, orderKeys(1, 0, trainRows.length))
  // Filled: memory that nothing has written to would first have to be handed out by the system.
  const tables = categorical.map(({ ids }) => ({
    places: Uint32Array.from(drawn, (row) => ids[row]! * width),
    values: new Float32Array(size * width).fill(1),
  }))
  let position = 0
  return {
    async run(steps) {
      const begun = performance.now()
      for (let step = 0; step < steps; step++) {
        for (const { places, values } of tables) touch(values, places, position)
        position = (position + batch) % drawn.length
      }
      return (performance.now() - begun) / steps
    },
  }
}

function touch(values: Float32Array, places: Uint32Array, from: number): void {
  for (let i = from; i < from + batch; i++) values[places[i]!]! += 1
}
