import { describe, expect, it } from 'vitest'
import type { EncodedData } from '../../columns/sparseBatch'
import { everyOptimizer } from '../../experiment/everyOptimizer'
import type { Experiment } from '../../experiment/experiment'
import { labDefaults } from '../../experiment/labs'
import { limits } from '../../experiment/limits'
import { createRandom } from '../../lib/random'
import { createFusedModel } from './createFusedModel'
import { createFusedTabular } from './fusedTabular'
import { sampledSoftmaxLoss } from './watchListLoss.reference'
import { createSampledWatchList } from './watchListSampled'
import { createCandidateSampler } from './watchListSampler'

const ITEMS = limits.classes
const ROWS = 60

/** Lists of 0 to 4 items; the items are those that come first, mostly. */
function encodedLists(): EncodedData {
  const random = createRandom(5)
  const item = () => Math.floor(ITEMS * random.uniform() ** 3)
  const bags = Array.from({ length: ROWS }, (_, row) => Array.from({ length: row % 5 }, item))
  const offsets = Int32Array.from([0, ...bags.map((_, row) => bags.slice(0, row + 1).flat().length)])
  const names = Array.from({ length: ITEMS }, (_, i) => `film ${i}`)
  const rows = Uint32Array.from(bags, (_, row) => row)
  return {
    rowCount: ROWS,
    categorical: [
      {
        name: 'film',
        buckets: ITEMS,
        ids: Int32Array.from(bags.flat()),
        offsets,
        bucketKeys: names,
        distinct: ITEMS,
        colliding: 0,
        droppedRows: 0,
      },
    ],
    numeric: [],
    label: {
      task: 'multiclass',
      outputs: ITEMS,
      names,
      units: names.map(() => null),
      values: Float32Array.from({ length: ROWS }, item),
      scaling: [],
    },
    trainRows: rows,
    validationRows: rows.slice(0, 5),
  }
}

const encoded = encodedLists()

function experimentWith(change: Partial<Experiment> & { candidates?: number; dimension?: number } = {}): Experiment {
  const { candidates = 40, dimension = 5, ...rest } = change
  const [film] = labDefaults.movies.columns
  if (film?.type !== 'embedding') throw new Error('The lab has changed.')
  return {
    ...labDefaults.movies,
    label: { task: 'multiclass', column: 'film' },
    columns: [{ ...film, dimension, initializerStddev: null }],
    model: { type: 'watchList', user: 'viewer', order: null, liked: null, length: 50, candidates },
    optimizer: { type: 'sgd', learningRate: 0.5 },
    batchSize: ROWS,
    l2: 0,
    ...rest,
  }
}

function sampledOf(experiment: Experiment) {
  const model = createSampledWatchList(encoded, experiment)
  if (!model) throw new Error('The softmax is not sampled.')
  return model
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

const rowsOf = ({ values, shape }: { values: Float32Array; shape: number[] }) =>
  Array.from({ length: shape[0]! }, (_, row) => [...values.subarray(row * shape[1]!, (row + 1) * shape[1]!)])
const columnsOf = ({ values, shape }: { values: Float32Array; shape: number[] }) =>
  Array.from({ length: shape[1]! }, (_, column) =>
    Array.from({ length: shape[0]! }, (_, row) => values[row * shape[1]! + column]!),
  )

describe('the sampled softmax of a watch list', () => {
  it.each([1, 5, 8])('takes the step of the reference, in dimension %i', async (dimension) => {
    const experiment = experimentWith({ dimension })
    const model = sampledOf(experiment)
    const before = (await model.save()).weights
    const table = rowsOf(before.film_embedding!)
    const { ids, offsets } = encoded.categorical[0]!
    const bagOf = (row: number) => [...ids.subarray(offsets![row]!, offsets![row + 1]!)]
    const mean = (bag: number[]) =>
      Array.from({ length: dimension }, (_, d) => bag.reduce((sum, id) => sum + table[id]![d]! / bag.length, 0))
    const counts = new Uint32Array(ITEMS)
    for (const label of encoded.label.values) counts[label]!++
    const { classes, correction } = createCandidateSampler(counts, 40, experiment.seed)(0)
    const expected = sampledSoftmaxLoss({
      bags: Array.from({ length: ROWS }, (_, row) => mean(bagOf(row))),
      weights: columnsOf(before['head/kernel']!),
      biases: [...before['head/bias']!.values],
      labels: [...encoded.label.values],
      candidates: [...classes],
      correction,
    })
    model.trainSteps({ epoch: 0, position: 0 }, 1)
    expect(await model.takeTrainLoss()).toBeCloseTo(expected.loss, 4)
    const after = (await model.save()).weights
    const moved = (name: string) => after[name]!.values.map((value, i) => (before[name]!.values[i]! - value) / 0.5)
    const dKernel = Array.from({ length: dimension }, (_, d) => expected.dWeights.map((row) => row[d]!)).flat()
    expect(farthest(moved('head/kernel'), dKernel)).toBeLessThan(2e-6)
    expect(farthest(moved('head/bias'), expected.dBiases)).toBeLessThan(2e-6)
    const dTable = new Float64Array(ITEMS * dimension)
    expected.dBags.forEach((slopes, row) => {
      for (const id of bagOf(row)) {
        slopes.forEach((slope, d) => {
          dTable[id * dimension + d]! += slope / bagOf(row).length
        })
      }
    })
    expect(farthest(moved('film_embedding'), dTable)).toBeLessThan(2e-6)
  })

  // Row Adagrad keeps a number for each item here, and for each input of the dense layer there.
  it.each(everyOptimizer(0.05).filter(({ optimizer }) => optimizer.type !== 'rowAdagrad'))(
    'is the full softmax where every item is a candidate: $name',
    async ({ optimizer }) => {
      const experiment = experimentWith({ candidates: 10_000, optimizer, batchSize: 25 })
      const [sampled, full] = [sampledOf(experiment), createFusedTabular(encoded, experiment)!]
      for (const model of [sampled, full]) model.trainSteps({ epoch: 0, position: 0 }, 2)
      expect(await sampled.takeTrainLoss()).toBeCloseTo(await full.takeTrainLoss(), 4)
      const [a, b] = await Promise.all([sampled.predictRows(encoded.trainRows), full.predictRows(encoded.trainRows)])
      expect(farthest(a, b)).toBeLessThan(1e-4)
      expect(Object.keys((await sampled.save()).weights).sort()).toEqual(
        Object.keys((await full.save()).weights).sort(),
      )
      expect((await sampled.save()).weights['head/kernel']!.shape).toEqual(
        (await full.save()).weights['head/kernel']!.shape,
      )
    },
  )

  it('moves the rows of labels and candidates, and no others', async () => {
    const model = sampledOf(experimentWith({ optimizer: { type: 'adam', learningRate: 0.05 } }))
    const before = (await model.save()).weights['head/bias']!.values
    model.trainSteps({ epoch: 0, position: 0 }, 1)
    const after = (await model.save()).weights['head/bias']!.values
    const moved = after.filter((value, i) => value !== before[i]).length
    expect(moved).toBeGreaterThan(40)
    expect(moved).toBeLessThanOrEqual(40 + new Set(encoded.label.values).size)
  })

  it('goes on from a checkpoint with the same candidates, to the bit', async () => {
    const experiment = experimentWith({ optimizer: { type: 'adam', learningRate: 0.05 }, batchSize: 20 })
    const [whole, first, second] = [sampledOf(experiment), sampledOf(experiment), sampledOf(experiment)]
    whole.trainSteps({ epoch: 0, position: 0 }, 3)
    first.trainSteps({ epoch: 0, position: 0 }, 1)
    second.restore(await first.save())
    second.trainSteps({ epoch: 0, position: 20 }, 2)
    expect((await second.save()).weights).toEqual((await whole.save()).weights)
  })

  it('leaves a frozen table as it is', async () => {
    const [film] = experimentWith().columns
    const columns = film?.type === 'embedding' ? [{ ...film, trainable: false }] : []
    const model = sampledOf(experimentWith({ columns }))
    const before = (await model.save()).weights.film_embedding
    model.trainSteps({ epoch: 0, position: 0 }, 1)
    expect((await model.save()).weights.film_embedding).toEqual(before)
  })

  it('is chosen from 2,000 items on', () => {
    const few = { ...encoded, label: { ...encoded.label, outputs: ITEMS - 1 } }
    expect(createSampledWatchList(few, experimentWith())).toBeNull()
    expect(createFusedModel(encoded, experimentWith())).not.toBeNull()
  })
})
