import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures'
import type { Playground } from './playground'

test('it trains until its last epoch and gets better on rows it never sees', async ({ playground }) => {
  await playground.open()
  const before = await playground.metric('validation')
  await playground.set('Speed', 'Full')
  await playground.play()
  await playground.untilStatus(/^Stopped after 40 epochs/, 40_000)
  expect(await playground.epoch()).toBe(40)
  expect(await playground.metric('validation')).toBeLessThan(before - 0.2)
  await expect(playground.button('Play')).toBeVisible()
})

test('it returns to the weights of the best epoch', async ({ playground }) => {
  await playground.open()
  for (let epoch = 0; epoch < 2; epoch++) await playground.stepOnce('epoch')
  const best = await playground.metric('validation')
  await playground.set('Learning rate', '10')
  await playground.stepOnce('epoch')
  await expect.poll(() => playground.metric('validation')).toBeGreaterThan(best)
  await playground.button('Return to the best weights, epoch 2').click()
  await expect.poll(() => playground.metric('validation')).toBe(best)
  await expect.poll(() => playground.epoch()).toBe(2)
})

test('while paused every number stands still', async ({ page, playground }) => {
  await playground.open()
  await playground.set('Speed', '60/s')
  await playground.play()
  await expect.poll(() => playground.epoch()).toBeGreaterThan(0.5)
  await playground.pause()
  await playground.untilMeasured()
  const numbers = await playground.numbers()
  // The map's frame may still be easing to its place; then it is at rest too.
  await expect(async () => {
    const picture = await playground.picture()
    const from = await page.evaluate(() => performance.now())
    await page.waitForFunction((after) => performance.now() > after, from + 700)
    expect(await playground.picture()).toBe(picture)
  }).toPass({ timeout: 6000 })
  expect(await playground.numbers()).toBe(numbers)
})

test('a step is one batch, an epoch is all of them', async ({ playground }) => {
  await playground.open()
  expect(await playground.step()).toBe(0)
  await playground.stepOnce('batch')
  await playground.stepOnce('batch')
  expect(await playground.step()).toBe(2)
  await playground.stepOnce('epoch')
  expect(await playground.epoch()).toBe(1)
  const batches = Math.ceil(34_475 / 1024)
  await expect.poll(() => playground.step()).toBe(batches)
  await playground.stepOnce('epoch')
  expect(await playground.epoch()).toBe(2)
  await expect.poll(() => playground.step()).toBe(2 * batches)
})

test('Space plays and pauses', async ({ page, playground }) => {
  await playground.open()
  await playground.set('Speed', '20/s')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Space')
  await playground.untilStatus(/^Training/)
  await page.keyboard.press('Space')
  await playground.untilStatus(/^Paused/)
})

test('starting over repeats the first steps to the bit, another seed does not', async ({ playground }) => {
  await playground.open()
  const first = await afterThreeSteps(playground)
  await playground.reset()
  expect(await playground.step()).toBe(0)
  const again = await afterThreeSteps(playground)
  expect(again.shown).toBe(first.shown)
  expect(again.weights.equals(first.weights)).toBe(true)
  await playground.newSeed()
  const other = await afterThreeSteps(playground)
  expect(other.shown).not.toBe(first.shown)
  expect(other.weights.equals(first.weights)).toBe(false)
})

async function afterThreeSteps(playground: Playground) {
  for (let step = 0; step < 3; step++) await playground.stepOnce('batch')
  const losses = await playground.page.getByRole('img', { name: /^Loss over the epochs/ }).textContent()
  return { shown: `${losses} ${await playground.numbers()}`, weights: await readFile(await playground.exportWeights()) }
}

test('a learning rate applies without starting over', async ({ playground }) => {
  await playground.open()
  await playground.stepOnce('epoch')
  await expect.poll(() => playground.step()).toBe(34)
  await playground.set('Learning rate', '0.1')
  await playground.stepOnce('batch')
  expect(await playground.step()).toBe(35)
})

test('a learning rate that overflows stops the run, says why and gives the last good weights back', async ({
  page,
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Optimizer', 'SGD')
  await playground.untilStarted()
  await playground.set('Learning rate', '10')
  // Not `play()`, which waits to see the pause button: the numbers may be over before it is drawn.
  await playground.button('Play').click()
  await playground.untilStatus(/^Stopped the numbers overflowed/)
  await expect(page.getByRole('alert')).toContainText('learning rate')
  await playground.button('Return to the last good weights').click()
  await playground.untilStatus(/^(Ready|Paused)/)
  await expect(page.getByRole('alert')).toBeHidden()
  expect(Number.isFinite(await playground.metric('validation'))).toBe(true)
})

test('Movies: the map finds both taste axes, beside shuffled rows', async ({ playground }) => {
  await playground.open({ playing: true })
  await playground.set('Speed', 'Full')
  await playground.untilStatus(/^Stopped after 40 epochs/, 40_000)
  await expect.poll(async () => (await playground.similarity())['child ↔ adult']?.learnt).toBeGreaterThanOrEqual(0.85)
  const axes = await playground.similarity()
  expect(axes['arthouse ↔ blockbuster']?.learnt).toBeGreaterThanOrEqual(0.85)
  for (const { shuffled } of Object.values(axes)) expect(shuffled).toBeLessThan(0.1)
  console.log(`Movies, R² of the taste axes: ${JSON.stringify(axes)}`)
  const nearest = async (count: number) => (await playground.inCommon())['Same MPAA rating']?.[`${count} nearest`]
  const eight = await nearest(8)
  expect(eight?.learnt).toBeGreaterThanOrEqual(2.5 * (eight?.shuffled ?? Number.NaN))
  await playground.page.getByRole('combobox', { name: 'How many neighbours' }).selectOption('20')
  await expect.poll(async () => (await nearest(20))?.learnt).toBeGreaterThan(0.6)
  console.log(`Movies, in common: ${JSON.stringify(await playground.inCommon())}`)
})

test('Airports: the origins know their longitude, beside shuffled rows', async ({ playground }) => {
  await playground.open({ playing: true, link: '#lab=airports' })
  await playground.set('Speed', 'Full')
  await playground.untilStatus(/^Stopped after 40 epochs/, 50_000)
  await expect.poll(async () => (await playground.similarity()).longitude?.learnt).toBeGreaterThanOrEqual(0.55)
  const { longitude } = await playground.similarity()
  expect(longitude?.shuffled).toBeLessThan(0.1)
  console.log(`Airports, R² of longitude: ${JSON.stringify(longitude)}`)
  const near = (await playground.inCommon())['Within 500 km']?.['8 nearest']
  expect(near?.learnt).toBeGreaterThanOrEqual(2.5 * (near?.shuffled ?? Number.NaN))
  console.log(`Airports, in common: ${JSON.stringify(await playground.inCommon())}`)
})
