import { expect, test } from './fixtures'
import type { Playground } from './playground'
import { toNumber } from './readings'
import { violations } from './violations'

async function lookInside(playground: Playground, title: string, tab: string): Promise<void> {
  await playground.button(`Look inside ${title}`).click()
  await playground.dialog.getByRole('tab', { name: tab }).click()
  await expect(playground.dialog.getByRole('tabpanel', { name: tab })).toBeVisible()
}

/** What stands beside a name in the dialog's figures. */
function figure({ dialog, page }: Playground, name: string) {
  return dialog
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')
}

test('the course’s cross uses 107 of 168 buckets and 104 hours share; 2,807 buckets have none that do', async ({
  page,
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.choose('Kind of the cross', 'Hashed 24·7')
  await lookInside(playground, 'day × hour', 'Collisions')
  await expect(figure(playground, 'Buckets used')).toContainText('107 of 168')
  await expect(figure(playground, 'Values that share theirs')).toContainText('104 of 168')
  const { dialog } = playground
  await dialog.getByRole('button', { name: /bucket 57/ }).click()
  await expect(dialog.getByRole('button', { name: /bucket 57/ })).toContainText(
    'Wed 17 h · Thu 10 h · Thu 20 h · Sat 6 h',
  )
  await dialog.getByRole('slider', { name: /Buckets to hash/ }).press('End')
  await expect(figure(playground, 'Values that share theirs')).not.toContainText('104 of')
  await dialog.getByRole('button', { name: '2,807: the fewest without a collision' }).click()
  await expect(figure(playground, 'Values that share theirs')).toContainText('0 of 168')
  await dialog.getByRole('button', { name: 'Hash into 2,807' }).click()
  await expect(dialog.getByRole('button', { name: 'In use' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(playground.card('day × hour')).toContainText('hashed into 2,807 buckets, 168 used')
  await expect(playground.card('day × hour')).not.toContainText('share a bucket')
})

test('two runs side by side say what collisions cost', async ({ playground }) => {
  test.slow()
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Speed', 'Full')
  await playground.choose('Kind of the cross', 'Hashed 24·7')
  await lookInside(playground, 'day × hour', 'Collisions')
  const compared = playground.dialog.getByRole('region', { name: 'With and without collisions' })
  const r2 = compared.getByRole('row', { name: /^R²/ }).getByRole('cell')
  await compared.getByRole('button', { name: 'Train on' }).click()
  await expect
    .poll(async () => toNumber((await r2.nth(0).textContent()) ?? ''), { timeout: 30_000 })
    .toBeGreaterThan(0.4)
  await compared.getByRole('button', { name: 'Train the exact one' }).click()
  await expect
    .poll(async () => toNumber((await r2.nth(1).textContent()) ?? ''), { timeout: 30_000 })
    .toBeGreaterThan(0.7)
  expect(toNumber((await r2.nth(0).textContent()) ?? '')).toBeLessThan(0.7)
})

test('one row is followed through the columns to what the model reads', async ({ page, playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await lookInside(playground, 'day × hour', 'Column flow')
  const flow = playground.dialog.getByRole('region', { name: 'Flow of day_X_hour_embedding' })
  await playground.dialog.getByRole('textbox', { name: 'Row of the data' }).fill('18')
  await page.keyboard.press('Enter')
  await expect(flow).toContainText('day: 0 (Mon)')
  await expect(flow).toContainText('id of 168')
  await expect(flow).toContainText('17 Mon 17 h')
  const vector = await flow.getByRole('img', { name: /^Row 17 of the table/ }).getAttribute('aria-label')
  const combined = await flow.getByRole('img', { name: /^Combined vector/ }).getAttribute('aria-label')
  expect(combined?.split(': ')[1]).toBe(vector?.split(': ')[1])
  const input = playground.dialog.getByRole('region', { name: 'Input of the model' })
  await expect(input).toContainText('2 inputs')
  await expect(playground.dialog.getByRole('button', { name: 'Next with several ids' })).toBeDisabled()
})

test('a row with an empty value looks nothing up: its vector is zeros', async ({ page, playground }) => {
  await playground.open()
  const rows = Array.from({ length: 60 }, (_, i) => `${['red', 'blue', '', 'green'][i % 4]},${i % 7}`)
  await playground.dropFile('paint.csv', `colour,price\n${rows.join('\n')}\n`)
  await playground.trainOnIt()
  await lookInside(playground, 'colour', 'Column flow')
  await playground.dialog.getByRole('button', { name: 'Next with none' }).click()
  const flow = playground.dialog.getByRole('region', { name: 'Flow of colour_embedding' })
  await expect(flow).toContainText('colour: missing')
  await expect(flow).toContainText('nothing is looked up')
  await expect(flow.getByRole('img', { name: /^Combined vector: 0(, 0)*$/ })).toBeVisible()
  await expect(page.getByText('Row 3 of 60')).toBeVisible()
})

test('the words of real film titles: a row with several ids looks each of them up; titles tell little', async ({
  page,
  playground,
}) => {
  await playground.open()
  await playground.button('Your data').click()
  await playground.dialog.getByRole('button', { name: 'Try 3,200 film titles' }).click()
  await expect(playground.dialog.getByText('3,200 rows')).toBeVisible()
  await expect(
    playground.dialog.getByText('700 rows have no value of r_rated: the model learns from the other 2,500.'),
  ).toBeVisible()
  await playground.trainOnIt()
  await expect(playground.card('words of title')).toContainText('one for each word')
  await lookInside(playground, 'words of title', 'Column flow')
  const { dialog } = playground
  await dialog.getByRole('textbox', { name: 'Row of the data' }).fill('1')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Next with several ids' }).click()
  const flow = dialog.getByRole('region', { name: 'Flow of title_words_embedding' })
  await expect(flow).toContainText('title: First Love, Last Rites')
  await expect(flow).toContainText('4 ids of')
  await expect(flow.getByRole('img', { name: /^Row \d+ of the table/ })).toHaveCount(4)
  const vectorOf = async (name: RegExp) =>
    (
      await flow.getByRole('img', { name }).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
    ).map((label) => label.split(': ')[1]!.split(', ').map(toNumber))
  const rows = await vectorOf(/^Row \d+ of the table/)
  const [combined] = await vectorOf(/^Combined vector/)
  combined!.forEach((value, i) => {
    expect(value).toBeCloseTo(rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length, 2)
  })
  await page.keyboard.press('Escape')
  await playground.play()
  await playground.untilStatus(/^Stopped/)
  const auc = await playground.metric('validation')
  expect(auc).toBeGreaterThan(0.5)
  expect(auc).toBeLessThan(0.75)
})

test('the one-hot matrix, its triplets and its bytes; the dense product is timed, and refused where it would not fit', async ({
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await lookInside(playground, 'day × hour', 'Sparse or dense')
  const { dialog } = playground
  await expect(
    dialog.getByRole('img', { name: /1,024 rows × 168 buckets, 1,024 of its numbers are not 0/ }),
  ).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'Bytes' })).toContainText('688 kB')
  await expect(dialog.getByRole('region', { name: 'Sparse triplets' }).getByRole('row')).toHaveCount(9)
  const times = dialog.getByRole('region', { name: 'Measured time' })
  const slider = dialog.getByRole('slider', { name: 'Size of the vocabulary' })
  await slider.press('Home')
  for (let step = 0; step < 20; step++) await slider.press('ArrowRight')
  await times.getByRole('button', { name: 'Measure' }).click()
  await expect(times.getByRole('row', { name: /^10,000 / })).toContainText(/[µm]s.+times/)
  await slider.press('End')
  await times.getByRole('button', { name: 'Measure' }).click()
  await expect(times.getByRole('row', { name: /^10,000,000/ })).toContainText('refused: too large for memory')
  await expect(times.getByRole('row', { name: /^10,000,000/ })).toContainText('2.6 GB needed')
})

test('an indicator and an embedding are trained side by side, and the run on the page stays as it is', async ({
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.stepOnce('epoch')
  await playground.untilMeasured()
  await expect(playground.stat(/^Best epoch/)).toContainText('Return')
  const before = await playground.numbers()
  await lookInside(playground, 'day × hour', 'd inputs or N')
  await playground.dialog.getByRole('button', { name: 'Train both' }).click()
  await expect(playground.dialog.getByRole('row', { name: /^inputs 168 2/ })).toBeVisible({ timeout: 30_000 })
  await expect(playground.dialog.getByRole('row', { name: /^parameters 5,540 564/ })).toBeVisible()
  expect(await playground.numbers()).toBe(before)
})

test('every tab by keyboard, without a violation, light and dark', async ({ page, playground }) => {
  test.slow()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('about:blank')
    await page.goto('./#lab=dayHour')
    await playground.untilStarted()
    await playground.button('Look inside day × hour').press('Enter')
    const tabs = playground.dialog.getByRole('tab')
    await tabs.first().focus()
    for (let at = 0; at < (await tabs.count()); at++) {
      await expect(tabs.nth(at)).toHaveAttribute('aria-selected', 'true')
      await page.waitForTimeout(500)
      expect(
        await violations(page, { part: 'dialog[open]', colorsOnly: colorScheme === 'dark' }),
        `${colorScheme}, tab ${at}`,
      ).toEqual([])
      await page.keyboard.press('ArrowRight')
    }
    await playground.escape()
  }
})

test('a lesson opens the tab that it speaks of', async ({ playground }) => {
  await playground.open({ link: '#lab=airports' })
  await playground.button('Lesson').click()
  for (let step = 0; step < 3; step++) await playground.button('Next step').click()
  await playground.button('Sparse or dense').click()
  await expect(playground.dialog.getByRole('tab', { name: 'Sparse or dense', selected: true })).toBeVisible()
})
