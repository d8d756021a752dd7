import type { Page } from '@playwright/test'
import { labDefaults } from '../src/experiment/labs'
import { expect, test } from './fixtures'
import { Playground } from './playground'

test('a shared link opens the same experiment for somebody else', async ({ page, playground }) => {
  await playground.open()
  await playground.setDimension('film', 4)
  await playground.set('Batch size', '256')
  await playground.newSeed()
  await playground.stepOnce('batch')
  const other = await openElsewhere(page, await playground.share())
  await expect(other.card('film').getByText('Dimension 4')).toBeVisible()
  await expect(other.training.getByRole('combobox', { name: 'Batch size' })).toHaveValue('256')
  await expect(other.training.getByRole('textbox', { name: 'Seed' })).toHaveValue(String(labDefaults.movies.seed + 1))
  await other.stepOnce('batch')
  await expect.poll(() => other.numbers()).toBe(await playground.numbers())
})

for (const [what, link] of [
  ['with a value out of its range', '#lab=movies&batchSize=-4'],
  ['with an unknown lab', '#lab=cooking'],
  ['that was cut off', '#lab=movies&columns=*eyJ0eXBl'],
  ['of another version', '#v=99&lab=movies'],
] as const) {
  test(`a link ${what} opens with a message and the defaults`, async ({ page, playground }) => {
    await playground.open({ link })
    await expect(page.getByRole('status').filter({ hasText: 'The default opened instead' })).toBeVisible()
    await expect(playground.data.getByRole('heading', { level: 3 })).toHaveText('Movies')
    await expect(playground.card('film').getByText('Dimension 2')).toBeVisible()
    await playground.stepOnce('batch')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText('The default opened instead')).toBeHidden()
  })
}

test('back and forward bring labs and settings back', async ({ page, playground }) => {
  await playground.open()
  await playground.setDimension('film', 3)
  await playground.openLab('Airports')
  expect(page.url()).toContain('lab=airports')
  await page.goBack()
  await expect(playground.data.getByRole('heading', { level: 3 })).toHaveText('Movies')
  await expect(playground.card('film').getByText('Dimension 3')).toBeVisible()
  await page.goBack()
  await expect(playground.card('film').getByText('Dimension 2')).toBeVisible()
  await page.goForward()
  await page.goForward()
  await expect(playground.data.getByRole('heading', { level: 3 })).toHaveText('Airports')
  await playground.untilStarted()
})

test('the link of the lab that is open already leaves it as it is', async ({ page, playground }) => {
  await playground.open()
  await playground.stepOnce('batch')
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'Movies' }).click()
  await expect(playground.data.getByRole('heading', { level: 3 })).toHaveText('Movies')
  await playground.stepOnce('batch')
  expect(await playground.step()).toBe(2)
})

test('a reload keeps the experiment', async ({ page, playground }) => {
  await playground.open()
  await playground.setDimension('film', 5)
  await page.reload()
  await playground.untilStarted()
  await expect(playground.card('film').getByText('Dimension 5')).toBeVisible()
})

test('lessons lead through a lab and set what they speak of', async ({ page, playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.button('Lesson').click()
  const lesson = page.getByRole('region', { name: /^Lesson: / })
  const texts = new Set<string | null>()
  const next = lesson.getByRole('button', { name: 'Next step' })
  while (await next.isEnabled()) {
    texts.add(await lesson.locator('p').textContent())
    await next.click()
  }
  expect(texts.size).toBeGreaterThanOrEqual(2)
  await lesson.getByRole('button', { name: 'Close the lesson' }).click()
  await expect(lesson).toBeHidden()
})

/** A page beside the first one, as another person opens it. */
async function openElsewhere(page: Page, link: string): Promise<Playground> {
  const other = new Playground(await page.context().newPage())
  await other.page.emulateMedia({ reducedMotion: 'reduce' })
  await other.page.goto(link)
  await other.untilStarted()
  return other
}
