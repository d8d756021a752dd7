import { expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { createSampleTrainer } from './sampleTrainer'

/** In a browser: threads are module workers of the page. */
it('trains the same bits on one worker thread more', async () => {
  expect(crossOriginIsolated).toBe(true)
  const random = createRandom(3)
  const [userRows, itemRows, count] = [300, 200, 40_000]
  const ids = (rows: number) => Int32Array.from({ length: count }, () => random.integer(rows))
  const samples = {
    users: ids(userRows),
    items: ids(itemRows),
    targets: Float32Array.from({ length: count }, random.normal),
  }
  const outcomes = []
  for (const threads of [1, 2]) {
    const trainer = await createSampleTrainer({
      ...samples,
      userRows,
      itemRows,
      dimension: 8,
      optimizer: 'rowAdagrad',
      l2: 0.01,
      biases: true,
      learningRate: 0.05,
      seed: 1,
      threads,
    })
    const weights = createRandom(5)
    trainer.user.write('weights', Float32Array.from({ length: 8 * userRows }, weights.normal))
    const losses = [0, 1, 2, 3].map((epoch) => trainer.train(epoch))
    outcomes.push({ losses, weights: trainer.user.read('weights'), biases: trainer.item.read('bias') })
    await trainer.close()
  }
  expect(outcomes[1]).toEqual(outcomes[0])
  expect(outcomes[0]!.losses[3]).toBeLessThan(outcomes[0]!.losses[0]!)
})
