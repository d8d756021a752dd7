import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import type { Playground } from './playground'
import { TrainingLab } from './trainingLab'
import { violations } from './violations'

const labOf = (page: Page) => new TrainingLab(page, '#lab=dayHour&view.page=transfer')

async function openLab({ page }: Playground): Promise<void> {
  await labOf(page).open()
}

async function ask({ page }: Playground, sizes: string, seeds: number): Promise<void> {
  await labOf(page).set('Labelled hours', sizes)
  await labOf(page).set('Seeds', seeds)
}

function reading({ page }: Playground, kind: string, labels: string): Promise<number> {
  const name = new RegExp(`show the map of ${kind} with ${labels} labels$`)
  return page
    .getByRole('button', { name })
    .textContent()
    .then((text) => Number.parseFloat((text ?? '').replace('−', '-')))
}

test('traffic teaches taxis: 120 students within a minute, far above the cold start at 20 labels, no longer at 2,000', async ({
  page,
  playground,
}) => {
  test.setTimeout(150_000)
  await openLab(playground)
  const startMs = Date.now()
  await labOf(page).train.click()
  // The page answers while students learn.
  const gaps = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [last, longest] = [performance.now(), 0]
        const frame = (now: number) => {
          longest = Math.max(longest, now - last)
          last = now
          if (document.body.textContent?.includes('students done')) resolve(longest)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
  )
  await expect(page.getByText('120 of 120 students done')).toBeVisible()
  console.log(
    `Transfer: 120 students in ${((Date.now() - startMs) / 1000).toFixed(1)} s, longest frame ${gaps.toFixed(0)} ms`,
  )
  expect(page.workers()).toHaveLength(1)
  const cold = await reading(playground, 'from scratch', '20')
  expect(await reading(playground, 'frozen', '20')).toBeGreaterThan(cold + 0.3)
  expect(await reading(playground, 'from scratch', '2,000')).toBeGreaterThan(
    await reading(playground, 'frozen', '2,000'),
  )
  await expect(page.getByRole('img', { name: /^Validation R² of New York taxis/ })).toContainText(
    'from scratch catches up',
  )
  await expect(page.getByText(/From about [\d,]+ labels on, starting from scratch does better/)).toBeVisible()
})

test('cancelling frees the workers, and what is done stays', async ({ page, playground }) => {
  await openLab(playground)
  await ask(playground, '10, 2000', 10)
  await labOf(page).train.click()
  await expect(page.getByText(/^[1-9]\d* of 60 students/)).toBeVisible({ timeout: 60_000 })
  expect(page.workers().length).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/^Cancelled after [1-9]\d* of 60 students/)).toBeVisible()
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(page.getByRole('button', { name: /show the map of from scratch with 10 labels/ })).toBeVisible()
  await expect(labOf(page).train).toBeEnabled()
})

test('a weights file is loaded into students; another dimension is explained, and another table refused', async ({
  page,
  playground,
}) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await playground.stepOnce('epoch')
  const weights = await readFile(await playground.exportWeights())
  await page.goto('./')
  await playground.untilStarted()
  const films = await readFile(await playground.exportWeights())
  await openLab(playground)

  const load = async (name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Load a weights file…' }).click()
    await (await choosing).setFiles({ name, mimeType: 'application/json', buffer })
  }
  await load('films.json', films)
  await expect(page.getByRole('alert')).toContainText('A student needs vectors of day × hour')
  await load('not.json', Buffer.from('hello'))
  await expect(page.getByRole('alert')).toContainText('not JSON')
  await load('traffic.json', weights)
  await expect(page.getByText('vectors of 2 numbers for 168 of 168 hours')).toBeVisible()
  await expect(page.getByRole('alert')).toContainText(
    "'day_X_hour_embedding' has the shape [168, 2] in the weights file, and this embedding needs [any, 3]",
  )
  await expect(labOf(page).train).toBeDisabled()
  await page.getByRole('button', { name: 'Use dimension 2' }).click()
  await ask(playground, '20', 2)
  await labOf(page).train.click()
  await expect(page.getByText('6 of 6 students done')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: /show the map of frozen with 20 labels/ }).click()
  await expect(page.getByRole('region', { name: 'Maps' })).toContainText('the source’s to the bit')

  await page.getByRole('button', { name: 'Open this student in the playground' }).click()
  await playground.untilStatus(/^Stopped after 1,?200 epochs/)
  const card = playground.card('day × hour')
  await expect(card).toContainText('Starts from traffic.json, day_X_hour_embedding: 168 of 168 vectors found by key.')
})

test('a field that is wrong holds the start, which says why, until it is mended', async ({ page, playground }) => {
  await openLab(playground)
  const lab = labOf(page)
  const held = page.locator('main').getByRole('button', { name: 'Train', exact: true })
  for (const [name, wrong, reason, right] of [
    ['Labelled hours', '5', 'Labelled hours: 5: between 10 and 2,000 labels.', '10, 20'],
    ['Seeds', '9'.repeat(200), 'Seeds: A whole number from 1 to 20', '2'],
    ['Dimension', '0', 'Dimension: A whole number from 1 to 16', '2'],
  ] as const) {
    await lab.set(name, wrong)
    await expect(held).toBeDisabled()
    await expect(held).toHaveAccessibleDescription(reason)
    await expect(lab.results.getByRole('status').first()).toHaveText(reason)
    await lab.set(name, right)
    await expect(lab.train).toBeEnabled()
  }
})

test('results are saved as CSV and as pictures, with the source’s vectors', async ({ page, playground }) => {
  await openLab(playground)
  await ask(playground, '10, 20', 1)
  await labOf(page).train.click()
  await expect(page.getByText('6 of 6 students done')).toBeVisible({ timeout: 60_000 })
  const save = (item: string) => labOf(page).saved(item)
  const lines = (await save('Results as CSV')).toString().trimEnd().split('\n')
  expect(lines[0]).toBe('student,source,dimension,start,labels,seed,state,train_r2,validation_r2,message')
  expect(lines).toHaveLength(7)
  const svg = (await save('Picture as SVG')).toString()
  expect(svg).toContain('Transfer to New York taxis')
  expect(svg).toContain('fine-tuned')
  expect((await save('Picture as PNG')).subarray(1, 4).toString()).toBe('PNG')
  const source = JSON.parse((await save('The source’s weights as JSON')).toString())
  expect(source.embeddings.day_X_hour_embedding.shape).toEqual([168, 3])
})

test('a column of the playground starts from an earlier run; a link says which, and that it does not carry it', async ({
  page,
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.stepOnce('epoch')
  await playground.newSeed()
  const card = playground.card('day × hour')
  await card.getByRole('button', { name: 'Options' }).click()
  await card
    .getByRole('combobox', { name: 'Start from…' })
    .selectOption({ label: 'run 1: dayHour, day × hour exact · dimension 2' })
  await expect(card).toContainText('Starts from run 1, day_X_hour_embedding: 168 of 168 vectors found by key.')
  await playground.untilStarted()
  const link = await playground.share()
  const other = await page.context().newPage()
  await other.goto(link)
  await expect(other.getByRole('alert').filter({ hasText: 'a link does not carry weights' }).first()).toBeVisible()
  await other.close()
})

test('each step of the lesson shows what it promises', async ({ page, playground }) => {
  test.slow()
  await openLab(playground)
  await page.getByRole('button', { name: 'Lesson' }).click()
  const lesson = page.getByRole('region', { name: 'Lesson: Transfer' })
  const step = async (label: string) => {
    await lesson.getByRole('button', { name: label }).click()
    if (!label.startsWith('Train television')) await lesson.getByRole('button', { name: 'Next step' }).click()
  }
  const train = async () => {
    await expect(page.getByText('24 of 24 students done')).toBeVisible({ timeout: 60_000 })
  }
  const maps = page.getByRole('region', { name: 'Maps' })
  await page.getByRole('textbox', { name: 'Seeds' }).fill('1')
  await page.getByRole('textbox', { name: 'Seeds' }).press('Enter')
  await step('Train taxis')
  await train()
  await expect(maps).toContainText('From scratch with 20 labels')
  await step('Show frozen at 20')
  await expect(maps).toContainText('only the head learnt from the 20 labels')
  expect(await reading(playground, 'frozen', '20')).toBeGreaterThan(
    (await reading(playground, 'from scratch', '20')) + 0.3,
  )
  await step('Show fine-tuned at 2,000')
  await expect(maps).toContainText('Fine-tuned with 2,000 labels')
  expect(await reading(playground, 'fine-tuned', '2,000')).toBeGreaterThan(await reading(playground, 'frozen', '2,000'))
  await step('Show from scratch at 2,000')
  await expect(maps).toContainText('From scratch with 2,000 labels')
  const all = await reading(playground, 'frozen', '2,000')
  await step('Train with cars alone')
  await expect(page.getByRole('checkbox', { name: 'bikes of members' })).not.toBeChecked()
  await train()
  expect(await reading(playground, 'frozen', '2,000')).toBeLessThan(all)
  await step('Train television')
  await train()
  await expect(page.getByText(/^With [\d,]+ labels R² is/)).toBeVisible()
  expect(await reading(playground, 'fine-tuned', '20')).toBeGreaterThan(
    (await reading(playground, 'from scratch', '20')) + 0.3,
  )
})

test('a link carries what is asked for and whose map is looked at; of weights from elsewhere it says which', async ({
  page,
  playground,
}) => {
  test.slow()
  await openLab(playground)
  await page.getByText('Television', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'cars' }).uncheck()
  await ask(playground, '10, 300', 2)
  await labOf(page).train.click()
  await expect(page.getByText('12 of 12 students done')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: /show the map of frozen with 300 labels/ }).click()
  const link = await playground.share()
  expect(link).toContain('view.transfer.sizes=10,300')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(labOf(page).train).toHaveText('Train the source and 12 students')
  await expect(page.getByRole('radio', { name: 'Television' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'cars' })).not.toBeChecked()
  await expect(labOf(page).field('Labelled hours')).toHaveValue('10, 300')
  await labOf(page).train.click()
  await expect(page.getByText('12 of 12 students done')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('only the head learnt from the 300 labels', { exact: false })).toBeVisible()
  await labOf(page).open('&view.transfer.sizes=10,5000&view.transfer.dimension=4')
  await expect(page.getByText('transfer.sizes.1: This must be at most 2,000', { exact: false })).toBeVisible()
  await expect(labOf(page).field('Dimension')).toHaveValue('4')
  await labOf(page).open('&view.transfer.source=traffic.json')
  await expect(page.getByRole('alert')).toContainText(
    'This link starts from “traffic.json”. A link does not carry weights',
  )
  await page.getByRole('button', { name: 'learn the vectors here' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('nothing jumps when students begin and when they are done', async ({ page, playground }) => {
  test.slow()
  const lab = labOf(page)
  await openLab(playground)
  await ask(playground, '10, 20', 2)
  const before = [await lab.topOf('chart'), await lab.topOf('table')]
  await lab.train.click()
  await expect(page.getByText(/^\d+ of 12 students/)).toBeVisible({ timeout: 30_000 })
  expect([await lab.topOf('chart'), await lab.topOf('table')]).toEqual(before)
  await expect(page.getByText('12 of 12 students done')).toBeVisible({ timeout: 60_000 })
  expect([await lab.topOf('chart'), await lab.topOf('table')]).toEqual(before)
})

test('the lab holds no violation, light and dark, wide and narrow', async ({ page, playground }) => {
  test.slow()
  await openLab(playground)
  await page.getByRole('button', { name: 'Lesson' }).click()
  expect(await violations(page), 'before').toEqual([])
  await ask(playground, '10, 20', 1)
  await labOf(page).train.click()
  await expect(page.getByText('6 of 6 students done')).toBeVisible({ timeout: 60_000 })
  await labOf(page).expectAccessible()
})
