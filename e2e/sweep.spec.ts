import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures'
import type { Playground } from './playground'

async function openSweep({ page, dialog }: Playground, title: string): Promise<void> {
  await page.getByRole('button', { name: `How many dimensions? For ${title}` }).click()
  await expect(dialog.getByRole('textbox', { name: 'Values' })).toBeVisible()
}

async function start({ dialog }: Playground, asked: { values?: string; seeds?: number; epochs?: number }) {
  if (asked.values) await dialog.getByRole('textbox', { name: 'Values' }).fill(asked.values)
  for (const [name, value] of [
    ['Seeds', asked.seeds],
    ['Epochs', asked.epochs],
  ] as const) {
    if (value === undefined) continue
    await dialog.getByRole('textbox', { name }).fill(String(value))
    await dialog.getByRole('textbox', { name }).blur()
  }
  await dialog.getByRole('button', { name: /^Train \d+ runs$/ }).click()
}

function status({ dialog }: Playground) {
  return dialog.getByRole('status')
}

test('seven dimensions with three seeds on Day × hour are done within a minute, and the elbow is named', async ({
  page,
  playground,
}) => {
  test.setTimeout(120_000)
  await playground.open({ link: '#lab=dayHour' })
  await openSweep(playground, 'day × hour')
  const startMs = Date.now()
  await start(playground, {})
  await expect(status(playground)).toHaveText('21 of 21 runs done', { timeout: 60_000 })
  console.log(`Sweep: 21 runs in ${((Date.now() - startMs) / 1000).toFixed(1)} s`)
  expect(page.workers()).toHaveLength(1)
  const { dialog } = playground
  await expect(dialog.getByText(/^Best: \d+ with a validation R² 0\.8/)).toBeVisible()
  await expect(dialog.getByRole('img', { name: /^R² by dimension of day × hour/ })).toContainText(/elbow: [3-9]/)
  await expect(dialog.getByRole('img', { name: /^R² by/ })).toContainText('⁴√168 = 3.6')
})

test('a sweep is paused, goes on, and is cancelled: its workers end, what is done stays', async ({
  page,
  playground,
}) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await openSweep(playground, 'day × hour')
  await start(playground, { values: '1, 2, 3, 4', seeds: 5, epochs: 120 })
  await expect(status(playground)).toContainText(/^[1-9]\d* of 20 runs/, { timeout: 30_000 })
  const { dialog } = playground
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(status(playground)).toContainText(/^Paused at/)
  await page.waitForTimeout(500)
  const held = await dialog.getByRole('table').textContent()
  await page.waitForTimeout(1500)
  expect(await dialog.getByRole('table').textContent()).toBe(held)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => dialog.getByRole('table').textContent(), { timeout: 20_000 }).not.toBe(held)
  expect(page.workers().length).toBeGreaterThan(1)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(status(playground)).toContainText(/^Cancelled after [1-9]/)
  await expect.poll(() => page.workers().length).toBe(1)
  await expect(dialog.getByRole('button', { name: /open the run of/ }).first()).toBeVisible()
  await dialog.getByRole('button', { name: 'New sweep' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Values' })).toBeVisible()
})

test('a run that is opened is the same run again; results are saved as CSV and wait for the way back', async ({
  page,
  playground,
}) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Speed', 'Full')
  await openSweep(playground, 'day × hour')
  await start(playground, { values: '1, 3', seeds: 2, epochs: 3 })
  await expect(status(playground)).toHaveText('4 of 4 runs done', { timeout: 30_000 })
  const { dialog } = playground
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as CSV' }).click()
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[4]).toMatch(/^dimension of day × hour,3,43,done,3,/)
  const run = dialog.getByRole('button', { name: /open the run of dimension of day × hour 3, seed 43$/ })
  const reading = (await run.textContent()) ?? ''
  await run.press('Enter')
  await expect(dialog).toBeHidden()
  await playground.untilStatus(/^Stopped after 3 epochs/)
  await expect(playground.card('day × hour').getByText('Dimension 3')).toBeVisible()
  await expect(playground.page.getByRole('complementary', { name: 'Measures' })).toContainText(reading)
  await page.getByRole('button', { name: 'How many dimensions? For day × hour' }).click()
  await expect(status(playground)).toHaveText('4 of 4 runs done')
})

test('brought rows are swept, too: by batch size', async ({ playground }) => {
  await playground.open()
  const rows = Array.from({ length: 200 }, (_, i) => `${['red', 'blue', 'green'][i % 3]},${(i % 3) + (i % 7) / 10}`)
  await playground.dropFile('paint.csv', `colour,price\n${rows.join('\n')}\n`)
  await playground.trainOnIt()
  await playground.button('Try many values of a setting').click()
  await playground.dialog.getByRole('combobox', { name: 'Setting' }).selectOption('batch size')
  await start(playground, { values: '16, 64', seeds: 1, epochs: 2 })
  await expect(status(playground)).toHaveText('2 of 2 runs done', { timeout: 20_000 })
})

test('values that cannot be are explained before anything trains', async ({ playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await openSweep(playground, 'day × hour')
  const { dialog } = playground
  await dialog.getByRole('textbox', { name: 'Values' }).fill('2, three')
  await expect(dialog.getByText('“three” is not a number.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Train', exact: true })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Values' }).fill('2, 300')
  await expect(dialog.getByText(/^300: /)).toBeVisible()
})

test('form and results hold no violation, light and dark, wide and narrow', async ({ page, playground }) => {
  test.slow()
  const violations = async () => {
    const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`))
  }
  await playground.open({ link: '#lab=dayHour' })
  await openSweep(playground, 'day × hour')
  expect(await violations(), 'the form').toEqual([])
  await start(playground, { values: '1, 2', seeds: 1, epochs: 1 })
  await expect(status(playground)).toHaveText('2 of 2 runs done', { timeout: 30_000 })
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(300)
      expect(await violations(), `${colorScheme}, ${viewport.width}`).toEqual([])
    }
  }
})
