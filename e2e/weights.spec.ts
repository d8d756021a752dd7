import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from './fixtures'
import type { Playground } from './playground'
import { readJson } from './readings'

interface Weights {
  step: number
  seed: number
  experiment: object
  dataset: { name: string; fingerprint: string }
  metrics: { train: Record<string, number>; validation: Record<string, number> }
  embeddings: Record<string, { shape: number[]; keys: string[]; rows: number[][] }>
  biases: Record<string, { keys: string[]; values: number[] }>
  dense: Record<string, { shape: number[] }>
  training: object | null
}

test('exported weights are what the format’s schema says, with a key beside every row', async ({ playground }) => {
  await playground.open()
  await playground.stepOnce('epoch')
  const validate = new Ajv2020({ strict: false }).compile(await readJson<object>('docs/weights-format.schema.json'))
  const weights = await readJson<Weights>(await playground.exportWeights())
  expect(validate(weights), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
  expect(weights.step).toBe(34)
  expect(weights.training).toBeNull()
  expect(Object.keys(weights.embeddings).sort()).toEqual(['film_embedding', 'viewer_embedding'])
  const films = weights.embeddings.film_embedding
  expect(films?.shape).toEqual([400, 2])
  expect(films?.keys).toContain('Toy Story 2')
  expect(films?.rows).toHaveLength(400)
  expect(Object.values(weights.biases).map(({ keys, values }) => [keys.length, values.length])).toEqual(
    expect.arrayContaining([
      [400, 400],
      [600, 600],
    ]),
  )
  const withState = await readJson<Weights>(await playground.exportWeights({ optimizerState: true }))
  expect(validate(withState), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
  expect(withState.training).not.toBeNull()
  // The schema refuses what is not such a file: it is not true of everything.
  expect(validate({ ...weights, version: 2 })).toBe(false)
})

test('imported weights predict the same', async ({ page, playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.stepOnce('epoch')
  await playground.stepOnce('epoch')
  const hour = page.getByRole('region', { name: 'Ask an hour' })
  await hour.getByLabel('Day').selectOption('Monday')
  await hour.getByLabel('Hour').selectOption('8 to 9 h')
  const answer = await settledAnswer(playground)
  const [train, validation] = [await playground.metric('train'), await playground.metric('validation')]
  const path = await playground.exportWeights()
  await playground.newSeed()
  await expect.poll(() => playground.metric('validation')).not.toBe(validation)
  await playground.importWeights(path)
  await expect.poll(() => playground.metric('validation')).toBe(validation)
  expect(await playground.metric('train')).toBe(train)
  await hour.getByLabel('Day').selectOption('Monday')
  await hour.getByLabel('Hour').selectOption('8 to 9 h')
  await expect.poll(() => hour.locator('dl').textContent()).toBe(answer)
})

test('with the optimizer’s state, training goes on as if it had not stopped', async ({ page, playground }) => {
  await playground.open()
  await playground.stepOnce('epoch')
  const saved = await playground.exportWeights({ optimizerState: true })
  await playground.stepOnce('epoch')
  const straight = await readFile(await playground.exportWeights())
  await page.reload()
  await playground.untilStarted()
  await playground.importWeights(saved)
  await expect.poll(() => playground.step()).toBe(34)
  await playground.stepOnce('epoch')
  const resumed = await readFile(await playground.exportWeights())
  expect(JSON.parse(resumed.toString())).toEqual(JSON.parse(straight.toString()))
})

test('weights dropped on the page open too; what is no weights file is refused in words', async ({
  page,
  playground,
}) => {
  await playground.open()
  await playground.stepOnce('batch')
  const path = await playground.exportWeights()
  await playground.newSeed()
  await playground.dropFile('saved.json', await readFile(path, 'utf8'))
  await expect(playground.training.getByRole('textbox', { name: 'Seed' })).toHaveValue('42')
  await expect.poll(() => playground.step()).toBe(1)
  await playground.dropFile('other.json', '{"hello": 1}')
  await expect(page.getByRole('status').filter({ hasText: 'not a weights file' })).toBeVisible()
  expect(await playground.step()).toBe(1)
})

async function settledAnswer(playground: Playground): Promise<string> {
  const answers = playground.page.getByRole('region', { name: 'Ask an hour' }).locator('dl')
  await expect(answers).toContainText('vehicles per hour')
  let last = ''
  // The answer follows the last step and the last choice within half a second.
  await expect
    .poll(
      async () => {
        const before = last
        last = (await answers.textContent()) ?? ''
        return last === before
      },
      { intervals: [1200] },
    )
    .toBe(true)
  return last
}
