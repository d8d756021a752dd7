import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { TrainingLab } from './trainingLab'
import { violations } from './violations'

/** The Dimensions lab on Day × hour. */
const labOf = (page: Page, link = '#lab=dayHour&view.page=dimensions') => new TrainingLab(page, link)

interface Asked {
  values?: string
  seeds?: number
  epochs?: number
}

async function start(page: Page, { values, seeds, epochs }: Asked = {}): Promise<void> {
  const lab = labOf(page)
  for (const [name, value] of Object.entries({ Values: values, Seeds: seeds, Epochs: epochs }))
    if (value !== undefined) await lab.set(name, value)
  await lab.train.click()
}

function status(page: Page) {
  return page.getByRole('status').filter({ hasText: 'runs' })
}

const shown = (page: Page) => page.getByRole('region', { name: 'Runs looked at' })

/** `4.8 %` as a number. */
async function share(page: Page, name: string): Promise<number> {
  const row = shown(page).getByRole('row', { name: new RegExp(`^${name}`) })
  return Number.parseFloat(((await row.textContent()) ?? '').replace(name, '').replace('<', ''))
}

test('seven dimensions with three seeds on Day × hour are done within a minute, and the elbow is named', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await labOf(page).open()
  const startMs = Date.now()
  await start(page)
  await expect(status(page)).toHaveText('21 of 21 runs done', { timeout: 60_000 })
  console.log(`Sweep: 21 runs in ${((Date.now() - startMs) / 1000).toFixed(1)} s`)
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(page.getByText(/^Best: \d+.* with a validation R² of 0\.8/)).toBeVisible()
  const chart = page.getByRole('img', { name: /^R² by dimension of day × hour/ })
  await expect(chart).toContainText(/elbow: [3-9]/)
  await expect(chart).toContainText('⁴√168 = 3.6')
})

test('a sweep is paused, goes on, and is cancelled: its workers end, what is done stays', async ({ page }) => {
  test.slow()
  await labOf(page).open()
  await start(page, { values: '1, 2, 3, 4', seeds: 5, epochs: 120 })
  await expect(status(page)).toContainText(/^[1-9]\d* of 20 runs/, { timeout: 30_000 })
  await expect(labOf(page).train).toBeDisabled()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(status(page)).toContainText(/^Paused at/)
  await page.waitForTimeout(500)
  const held = await labOf(page).results.textContent()
  await page.waitForTimeout(1500)
  expect(await labOf(page).results.textContent()).toBe(held)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => labOf(page).results.textContent(), { timeout: 20_000 }).not.toBe(held)
  expect(page.workers().length).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(status(page)).toContainText(/^Cancelled after [1-9]/)
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(page.getByRole('button', { name: /show the run of/ }).first()).toBeVisible()
  await expect(labOf(page).train).toBeEnabled()
})

test('two runs of two seeds lie on one another: a small residual beside that of shuffled names', async ({ page }) => {
  test.slow()
  await labOf(page).open()
  await start(page, { values: '2, 16', seeds: 2, epochs: 30 })
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  await page.getByRole('button', { name: /show the run of dimension of day × hour 2, seed 43$/ }).click()
  await expect(shown(page).getByRole('combobox', { name: 'Run' })).toHaveValue('sweep 2')
  await shown(page).getByRole('combobox', { name: 'Compared with' }).selectOption('dimension 2, seed 42')
  await expect(shown(page).getByRole('img', { name: /^Two runs laid over one another: 168 points/ })).toBeVisible()
  expect(await share(page, 'these two')).toBeLessThan(5)
  expect(await share(page, 'names shuffled')).toBeGreaterThan(80)
  // Dimensions that nothing needs stay where chance put them.
  await shown(page).getByRole('combobox', { name: 'Run' }).selectOption('dimension 16, seed 42')
  await shown(page).getByRole('combobox', { name: 'Compared with' }).selectOption('dimension 16, seed 43')
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
    .getByRole('combobox', { name: 'Compared with' })
    .selectOption({ label: 'playground: day × hour exact · dimension 2, seed 42' })
  // The same run again.
  await expect.poll(() => share(page, 'these two')).toBeLessThan(0.02)
})

test('with few rows training outdoes validation, beside the sweep before', async ({ page }) => {
  test.slow()
  await labOf(page).open()
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
        await labOf(page)
          .results.getByRole('row', { name: /^4 / })
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
  const lab = labOf(page)
  const lines = (await lab.saved('Results as CSV')).toString().trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[4]).toMatch(/^dimension of day × hour,3,43,done,3,/)
  const svg = (await lab.saved('Picture as SVG')).toString()
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain('2 values × 2 seeds, 3 epochs')
  const png = await lab.saved('Picture as PNG')
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

test('a field that is wrong holds the start, which says why and keeps the focus, until all are mended', async ({
  page,
}) => {
  const lab = labOf(page)
  await lab.open()
  const held = page.locator('main').getByRole('button', { name: 'Train', exact: true })
  for (const name of ['Seeds', 'Epochs']) await lab.set(name, '9'.repeat(200))
  await expect(held).toBeDisabled()
  await expect(held).toHaveAccessibleDescription('Seeds: A whole number from 1 to 10')
  await expect(lab.results.getByRole('status').first()).toHaveText('Seeds: A whole number from 1 to 10')
  await expect(lab.results.getByText('not ready to train')).toBeVisible()
  await lab.set('Seeds', 2)
  await expect(held).toHaveAccessibleDescription('Epochs: A whole number from 1 to 1,000')
  await held.focus()
  await page.keyboard.press('Enter')
  await expect(held).toBeFocused()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden()
  await lab.set('Epochs', 3)
  await lab.set('Values', '0')
  await expect(held).toHaveAccessibleDescription(/^Values: 0: .* At least two values are needed to compare\.$/)
  await lab.set('Values', '1;2')
  await expect(lab.train).toHaveText('Train 4 runs')
  await expect(lab.results.getByText('2 values × 2 seeds, 3 epochs of all rows each')).toBeVisible()
})

test('values that cannot be are explained, and Enter in a field starts nothing', async ({ page }) => {
  await labOf(page).open()
  const values = page.getByRole('textbox', { name: 'Values' })
  await values.fill('2, three')
  await expect(values).toHaveAccessibleDescription('“three” is not a number.')
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled()
  await values.fill('2, 300')
  await expect(page.getByText(/^300: /)).toBeVisible()
  await values.fill('2, 3')
  await values.press('Enter')
  await page.getByRole('textbox', { name: 'Seeds' }).press('Enter')
  await expect(page.getByRole('img', { name: /nothing is trained yet$/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden()
})

test('the lab holds no violation, light and dark, wide and narrow', async ({ page }) => {
  test.slow()
  const lab = labOf(page)
  await lab.open()
  expect(await violations(page), 'before a sweep').toEqual([])
  await start(page, { values: '1, 2', seeds: 2, epochs: 1 })
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  await shown(page).getByRole('combobox', { name: 'Compared with' }).selectOption('dimension 2, seed 43')
  await page.getByRole('button', { name: 'Lesson' }).click()
  await lab.expectAccessible()
})

test('before the first run all has its place: it says how long it will take, and nothing jumps', async ({ page }) => {
  test.slow()
  const lab = labOf(page)
  await lab.open()
  await expect(lab.chart).toContainText('⁴√168 = 3.6')
  await expect(page.getByText(/^About \d+ s on this device, measured with a few short runs$/)).toBeVisible({
    timeout: 20_000,
  })
  await page.getByRole('group', { name: 'Dimensions to try' }).getByRole('button', { name: '6', exact: true }).click()
  await expect(lab.field('Values')).toHaveValue('1, 2, 3, 4, 6, 8, 16, 32')
  await lab.set('Values', '1, 2')
  await lab.set('Seeds', 2)
  await lab.set('Epochs', 30)
  const before = [await lab.topOf('chart'), await lab.topOf('table')]
  const said = await page.getByText(/^About \d+ s/).textContent()
  const startMs = Date.now()
  await lab.train.click()
  await expect(status(page)).toContainText(/^\d of 4 runs/)
  expect([await lab.topOf('chart'), await lab.topOf('table')]).toEqual(before)
  await expect(status(page)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  const tookMs = Date.now() - startMs
  console.log(`Sweep of 4 runs: “${said}”, took ${(tookMs / 1000).toFixed(1)} s`)
  expect([await lab.topOf('chart'), await lab.topOf('table')]).toEqual(before)
})

test('a link carries what is asked for; what it can’t be is said', async ({ page, playground }) => {
  const lab = labOf(page)
  await lab.open()
  await page.getByRole('combobox', { name: 'Setting' }).selectOption('learning rate')
  await lab.set('Values', '0.01, 0.1')
  await lab.set('Seeds', 4)
  await lab.set('Epochs', 7)
  await page.getByText('Best epoch').click()
  const link = await playground.share()
  expect(link).toContain('view.sweep.values=0.01,0.1')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(lab.train).toHaveText('Train 8 runs')
  await expect(page.getByRole('combobox', { name: 'Setting' }).locator('option:checked')).toHaveText('learning rate')
  await expect(lab.field('Epochs')).toHaveValue('7')
  await expect(page.getByRole('radio', { name: 'Best epoch' })).toBeChecked()
  await lab.open('&view.sweep.seeds=11&view.sweep.values=1,2')
  await expect(page.getByText('sweep.seeds: This must be at most 10', { exact: false })).toBeVisible()
  await expect(lab.field('Values')).toHaveValue('1, 2')
  await lab.open('&view.sweep.setting=dimension&view.sweep.column=weather_embedding')
  await expect(
    page.getByText('What the link asks for is no setting of this experiment', { exact: false }),
  ).toBeVisible()
})

test('the lesson on films goes from the line to the plane, and shows what the second number frees', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await labOf(page, '#lab=movies&view.page=dimensions').open()
  await page.getByRole('button', { name: 'Lesson' }).click()
  const lesson = page.getByRole('region', { name: 'Lesson: One, two or more dimensions for films' })
  async function take(label: string): Promise<void> {
    await lesson.getByRole('button', { name: label }).click()
    await lesson.getByRole('button', { name: 'Next step' }).click()
  }
  const meanOf = async (dimension: number) =>
    Number.parseFloat(
      await labOf(page)
        .results.getByRole('row', { name: new RegExp(`^${dimension} `) })
        .getByRole('cell')
        .first()
        .innerText(),
    )
  await take('Sweep 1 to 16')
  await expect(status(page)).toHaveText('18 of 18 runs done', { timeout: 120_000 })
  expect(await meanOf(1)).toBeGreaterThan((await meanOf(2)) + 0.08)
  expect(await meanOf(16)).toBeGreaterThan((await meanOf(2)) + 0.08)
  await expect(page.getByText(/^Best: 2 with a validation RMSE of/)).toBeVisible()
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
