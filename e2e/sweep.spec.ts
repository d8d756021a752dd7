import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Download, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import type { Playground } from './playground'

/** The Dimensions lab on Day × hour. */
const LINK = '#lab=dayHour&view.page=dimensions'

async function openLab({ page }: Playground, link = LINK): Promise<void> {
  await page.goto(`./${link}`)
  await expect(trainButton(page)).toBeEnabled()
}

function trainButton(page: Page) {
  return page.getByRole('button', { name: /^Train \d+ runs$/ })
}

interface Asked {
  values?: string
  seeds?: number
  epochs?: number
}

async function start(page: Page, { values, seeds, epochs }: Asked = {}): Promise<void> {
  if (values) await page.getByRole('textbox', { name: 'Values' }).fill(values)
  for (const [name, value] of [
    ['Seeds', seeds],
    ['Epochs', epochs],
  ] as const) {
    if (value === undefined) continue
    await page.getByRole('textbox', { name }).fill(String(value))
    await page.getByRole('textbox', { name }).blur()
  }
  await trainButton(page).click()
}

function status(page: Page) {
  return page.getByRole('status').filter({ hasText: 'runs' })
}

const results = (page: Page) => page.getByRole('region', { name: 'Results' })
const shown = (page: Page) => page.getByRole('region', { name: 'Runs looked at' })

async function saved(page: Page, what: string): Promise<Download> {
  await page.getByRole('button', { name: 'Save the results' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: what }).click()
  return downloading
}

/** `4.8 %` as a number. */
async function share(page: Page, name: string): Promise<number> {
  const row = shown(page).getByRole('row', { name: new RegExp(`^${name}`) })
  return Number.parseFloat(((await row.textContent()) ?? '').replace(name, '').replace('<', ''))
}

test('seven dimensions with three seeds on Day × hour are done within a minute, and the elbow is named', async ({
  page,
  playground,
}) => {
  test.setTimeout(120_000)
  await openLab(playground)
  const startMs = Date.now()
  await start(page)
  await expect(status(page)).toHaveText('21 of 21 runs done', { timeout: 60_000 })
  console.log(`Sweep: 21 runs in ${((Date.now() - startMs) / 1000).toFixed(1)} s`)
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(page.getByText(/^Best: \d+ with a validation R² 0\.8/)).toBeVisible()
  const chart = page.getByRole('img', { name: /^R² by dimension of day × hour/ })
  await expect(chart).toContainText(/elbow: [3-9]/)
  await expect(chart).toContainText('⁴√168 = 3.6')
})

test('a sweep is paused, goes on, and is cancelled: its workers end, what is done stays', async ({
  page,
  playground,
}) => {
  test.slow()
  await openLab(playground)
  await start(page, { values: '1, 2, 3, 4', seeds: 5, epochs: 120 })
  await expect(status(page)).toContainText(/^[1-9]\d* of 20 runs/, { timeout: 30_000 })
  await expect(trainButton(page)).toBeDisabled()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(status(page)).toContainText(/^Paused at/)
  await page.waitForTimeout(500)
  const held = await results(page).textContent()
  await page.waitForTimeout(1500)
  expect(await results(page).textContent()).toBe(held)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => results(page).textContent(), { timeout: 20_000 }).not.toBe(held)
  expect(page.workers().length).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(status(page)).toContainText(/^Cancelled after [1-9]/)
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(page.getByRole('button', { name: /show the run of/ }).first()).toBeVisible()
  await expect(trainButton(page)).toBeEnabled()
})

test('two runs of two seeds lie on one another: a small residual beside that of shuffled names', async ({
  page,
  playground,
}) => {
  test.slow()
  await openLab(playground)
  await start(page, { values: '2, 16', seeds: 2, epochs: 30 })
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  await page.getByRole('button', { name: /show the run of dimension of day × hour 2, seed 43$/ }).click()
  await expect(shown(page).getByRole('combobox', { name: 'Run' })).toHaveValue('sweep 2')
  await shown(page).getByRole('combobox', { name: 'Laid over it' }).selectOption('dimension 2, seed 42')
  await expect(shown(page).getByRole('img', { name: /^Two runs laid over one another: 168 points/ })).toBeVisible()
  expect(await share(page, 'these two')).toBeLessThan(5)
  expect(await share(page, 'names shuffled')).toBeGreaterThan(80)
  // Dimensions that nothing needs stay where chance put them.
  await shown(page).getByRole('combobox', { name: 'Run' }).selectOption('dimension 16, seed 42')
  await shown(page).getByRole('combobox', { name: 'Laid over it' }).selectOption('dimension 16, seed 43')
  await expect.poll(() => share(page, 'these two')).toBeGreaterThan(20)
  await expect(shown(page).getByRole('img', { name: /^Validation R² over the epochs/ })).toBeVisible()
})

test('a run of the playground is laid over one of the sweep', async ({ page, playground }) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Speed', 'Full')
  await playground.play()
  await playground.untilStatus(/^Stopped after 40 epochs/)
  await page.getByRole('button', { name: 'How many dimensions? For day × hour' }).click()
  await expect(page.getByRole('heading', { name: 'How many dimensions?' })).toBeVisible()
  await start(page, { values: '1, 2', seeds: 1, epochs: 40 })
  await expect(status(page)).toHaveText('2 of 2 runs done', { timeout: 30_000 })
  await shown(page).getByRole('combobox', { name: 'Run' }).selectOption('dimension 2, seed 42')
  await shown(page)
    .getByRole('combobox', { name: 'Laid over it' })
    .selectOption({ label: 'playground: day × hour exact · dimension 2, seed 42' })
  // The same run again.
  await expect.poll(() => share(page, 'these two')).toBeLessThan(0.02)
})

test('with few rows training outdoes validation, beside the sweep before', async ({ page, playground }) => {
  test.slow()
  await openLab(playground)
  await start(page, { values: '2, 4', seeds: 1, epochs: 10 })
  await expect(status(page)).toHaveText('2 of 2 runs done', { timeout: 30_000 })
  const slider = page.getByRole('slider', { name: 'Rows to learn from' })
  await slider.focus()
  for (let i = 0; i < 7; i++) await slider.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuetext', /^200 of/)
  await start(page, { epochs: 800 })
  await expect(status(page)).toHaveText('2 of 2 runs done', { timeout: 60_000 })
  const [validation, train] = await Promise.all(
    [1, 2].map(async (column) =>
      Number.parseFloat(
        await results(page)
          .getByRole('row', { name: /^4 / })
          .getByRole('cell')
          .nth(column - 1)
          .innerText(),
      ),
    ),
  )
  expect(train! - validation!).toBeGreaterThan(0.15)
  await expect(page.getByRole('img', { name: /^R² by dimension/ })).toContainText('dotted: validation before, all rows')
})

test('a run that is trained again is the same run; results are kept as CSV and as the picture, and wait for the way back', async ({
  page,
  playground,
}) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Speed', 'Full')
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'Dimensions' }).click()
  await start(page, { values: '1, 3', seeds: 2, epochs: 3 })
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  const csv = await readFile(await (await saved(page, 'Results as CSV')).path(), 'utf8')
  const lines = csv.trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[4]).toMatch(/^dimension of day × hour,3,43,done,3,/)
  const svg = await readFile(await (await saved(page, 'Picture as SVG')).path(), 'utf8')
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain('2 values × 2 seeds, 3 epochs')
  const png = await readFile(await (await saved(page, 'Picture as PNG')).path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.byteLength).toBeGreaterThan(8000)
  const run = page.getByRole('button', { name: /show the run of dimension of day × hour 3, seed 43$/ })
  const reading = (await run.textContent()) ?? ''
  await run.press('Enter')
  await page.getByRole('button', { name: 'Train it again in the playground' }).click()
  await playground.untilStatus(/^Stopped after 3 epochs/)
  await expect(playground.card('day × hour').getByText('Dimension 3')).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Measures' })).toContainText(reading)
  await page.getByRole('button', { name: 'How many dimensions? For day × hour' }).click()
  await expect(status(page)).toHaveText('4 of 4 runs done')
})

test('brought rows are swept, too: by batch size', async ({ page, playground }) => {
  await playground.open()
  const rows = Array.from({ length: 200 }, (_, i) => `${['red', 'blue', 'green'][i % 3]},${(i % 3) + (i % 7) / 10}`)
  await playground.dropFile('paint.csv', `colour,price\n${rows.join('\n')}\n`)
  await playground.trainOnIt()
  await playground.button('Try many values of a setting').click()
  await page.getByRole('combobox', { name: 'Setting' }).selectOption('batch size')
  await start(page, { values: '16, 64', seeds: 1, epochs: 2 })
  await expect(status(page)).toHaveText('2 of 2 runs done', { timeout: 20_000 })
})

test('values that cannot be are explained, and Enter in a field starts nothing', async ({ page, playground }) => {
  await openLab(playground)
  const values = page.getByRole('textbox', { name: 'Values' })
  await values.fill('2, three')
  await expect(page.getByText('“three” is not a number.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled()
  await values.fill('2, 300')
  await expect(page.getByText(/^300: /)).toBeVisible()
  await values.fill('2, 3')
  await values.press('Enter')
  await page.getByRole('textbox', { name: 'Seeds' }).press('Enter')
  await expect(page.getByText('What comes out stands here', { exact: false })).toBeVisible()
})

test('the lab holds no violation, light and dark, wide and narrow', async ({ page, playground }) => {
  test.slow()
  const violations = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`))
  }
  await openLab(playground)
  expect(await violations(), 'before a sweep').toEqual([])
  await start(page, { values: '1, 2', seeds: 2, epochs: 1 })
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  await shown(page).getByRole('combobox', { name: 'Laid over it' }).selectOption('dimension 2, seed 43')
  await page.getByRole('button', { name: 'Lesson' }).click()
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(300)
      expect(await violations(), `${colorScheme}, ${viewport.width}`).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide, `sideways at ${viewport.width}`).toBeLessThanOrEqual(0)
    }
  }
})

test('the lesson on films goes from the line to the plane, and shows what the second number frees', async ({
  page,
  playground,
}) => {
  test.setTimeout(180_000)
  await openLab(playground, '#lab=movies&view.page=dimensions')
  await page.getByRole('button', { name: 'Lesson' }).click()
  const lesson = page.getByRole('region', { name: 'Lesson: One, two or more dimensions for films' })
  async function take(label: string): Promise<void> {
    await lesson.getByRole('button', { name: label }).click()
    await lesson.getByRole('button', { name: 'Next step' }).click()
  }
  const meanOf = async (dimension: number) =>
    Number.parseFloat(
      await results(page)
        .getByRole('row', { name: new RegExp(`^${dimension} `) })
        .getByRole('cell')
        .first()
        .innerText(),
    )
  await take('Sweep 1 to 16')
  await expect(status(page)).toHaveText('18 of 18 runs done', { timeout: 120_000 })
  expect(await meanOf(1)).toBeGreaterThan((await meanOf(2)) + 0.08)
  expect(await meanOf(16)).toBeGreaterThan((await meanOf(2)) + 0.08)
  await expect(page.getByText(/^Best: 2 with a validation RMSE/)).toBeVisible()
  await take('Show the line')
  await expect(shown(page).getByRole('img', { name: /^Map of the run: 400 points/ })).toBeVisible()
  await expect(shown(page).getByText('height only spreads the points')).toBeVisible()
  await take('Show the plane')
  await expect(shown(page).getByText('dimension 2', { exact: true })).toBeVisible()
  await take('Lay the line over it')
  await expect.poll(() => share(page, 'these two')).toBeGreaterThan(20)
  await take('Show dimension 16')
  await expect(shown(page).getByRole('combobox', { name: 'Run' })).toHaveValue('sweep 5')
  await take('Dimension 2, two seeds')
  await expect.poll(() => share(page, 'these two')).toBeLessThan(2)
  await lesson.getByRole('button', { name: 'Dimension 16, two seeds' }).click()
  await expect.poll(() => share(page, 'these two')).toBeGreaterThan(20)
})
