import { expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { startNodeThread } from './nodeThread'
import type { Samples } from './sampleOrder'
import { type RowPart, sampleOptimizers } from './sampleRows'
import { createSampleTrainer, type SampleTrainer, type SampleTrainerOptions } from './sampleTrainer'
import { trainSamplesReference } from './sampleTrainer.reference'

const parts: RowPart[] = ['weights', 'bias', 'accumulator', 'biasAccumulator']

/** Some rows far more often than others. */
function samplesOf(count: number, userRows: number, itemRows: number, seed = 1): Samples {
  const random = createRandom(seed)
  const skewed = (rows: number) => Int32Array.from({ length: count }, () => Math.floor(rows * random.uniform() ** 3))
  return {
    users: skewed(userRows),
    items: skewed(itemRows),
    targets: Float32Array.from({ length: count }, () => random.normal()),
    userRows,
    itemRows,
  }
}

async function trainerOf(samples: Samples, options: Partial<SampleTrainerOptions> = {}): Promise<SampleTrainer> {
  const { dimension = 8 } = options
  const trainer = await createSampleTrainer({
    dimension,
    optimizer: 'rowAdagrad',
    l2: 0.03,
    biases: true,
    learningRate: 0.02,
    seed: 4,
    startThread: startNodeThread,
    ...samples,
    ...options,
  })
  const random = createRandom(9)
  for (const [side, rows] of [
    [trainer.user, samples.userRows],
    [trainer.item, samples.itemRows],
  ] as const)
    side.write(
      'weights',
      Float32Array.from({ length: rows * dimension }, () => random.normal() / Math.sqrt(dimension)),
    )
  return trainer
}

const allOf = ({ user, item }: SampleTrainer) => [user, item].flatMap((side) => parts.map((part) => side.read(part)))

for (const optimizer of sampleOptimizers) {
  it.each([1, 2, 4, 5, 8, 9, 16, 20, 32, 64, 100])(
    `trains as TensorFlow does with batches of one: ${optimizer}, dimension %i`,
    async (dimension) => {
      for (const [biases, l2, count] of [
        [true, 0.03, 400],
        [false, 0, 401],
        [true, 0, 1],
        [false, 0.03, 2],
        [true, 0.03, 0],
      ] as const) {
        const samples = samplesOf(count, 30, 40)
        const trainer = await trainerOf(samples, { dimension, optimizer, biases, l2 })
        const before = { user: trainer.user.read('weights'), item: trainer.item.read('weights') }
        // Single precision adds up: 800 steps on a few rows.
        const tolerance = count < 5 ? 1e-6 : 1e-5
        const step = { dimension, optimizer, biases, l2, learningRate: 0.02 }
        const expected = trainSamplesReference(
          samples,
          step,
          before,
          [0, 1].flatMap((epoch) => [...trainer.order(epoch)]),
        )
        const loss = trainer.train(0) + trainer.train(1)
        expect(Math.abs(loss - expected.loss)).toBeLessThanOrEqual(1e-5 * expected.loss)
        for (const side of ['user', 'item'] as const) {
          for (const part of optimizer === 'sgd' ? parts.slice(0, 2) : parts) {
            const [values, wanted] = [trainer[side].read(part), expected[side][part]]
            expect(values.length).toBe(wanted.length)
            const worst = values.reduce(
              (max, v, i) => Math.max(max, Math.abs(v - wanted[i]!) / (1 + Math.abs(wanted[i]!))),
              0,
            )
            expect(worst, `${side} ${part}`).toBeLessThan(tolerance)
          }
        }
      }
    },
  )
}

it.each(sampleOptimizers)(
  'trains the same bits on one, two and three threads, whole epochs and pieces: %s',
  async (optimizer) => {
    const samples = samplesOf(40_000, 300, 200)
    const runs: { losses: number[]; tables: Float32Array[] }[] = []
    for (const threads of [1, 2, 3]) {
      const trainer = await trainerOf(samples, { threads, optimizer })
      const losses = [0, 1, 2, 3, 4].map((epoch) => trainer.train(epoch))
      runs.push({ losses, tables: allOf(trainer) })
      await trainer.close()
    }
    expect(runs[0]!.losses.at(-1)).toBeLessThan(runs[0]!.losses[0]!)
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).toEqual(runs[0])

    const pieces = await trainerOf(samples, { threads: 2, optimizer })
    const cuts = [0, 1, 2, 9_999, 10_000, 31_313, 40_000]
    for (const epoch of [0, 1, 2, 3, 4]) for (const [i, to] of cuts.slice(1).entries()) pieces.train(epoch, cuts[i], to)
    expect(allOf(pieces)).toEqual(runs[0]!.tables)
    await pieces.close()
  },
)

it('trains every sample once an epoch, in another order each time and for another seed', async () => {
  for (const [count, userRows, itemRows] of [
    [0, 3, 4],
    [1, 1, 1],
    [5, 9, 2],
    [20_000, 3, 2],
    [20_000, 700, 900],
  ] as const) {
    const samples = samplesOf(count, userRows, itemRows)
    const trainer = await trainerOf(samples)
    const [first, second] = [trainer.order(0), trainer.order(1)]
    const all = Uint32Array.from({ length: count }, (_, i) => i)
    expect(first.toSorted()).toEqual(all)
    expect(second.toSorted()).toEqual(all)
    if (count < 1000 || userRows < 4) continue
    expect(second).not.toEqual(first)
    expect((await trainerOf(samples, { seed: 5 })).order(0)).not.toEqual(first)
  }
})

it('holds what it holds: a thousand epochs take no memory', async () => {
  const trainer = await trainerOf(samplesOf(12_000, 50, 60), { threads: 2 })
  const bytes = trainer.bytes
  for (let epoch = 0; epoch < 1000; epoch++) trainer.train(epoch)
  expect(trainer.bytes).toBe(bytes)
  expect(allOf(trainer).every((values) => values.every(Number.isFinite))).toBe(true)
  await trainer.close()
})
