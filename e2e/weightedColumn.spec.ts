import { expect, test } from './fixtures'
import { violations } from './violations'

test('a value counts as much as the number beside it: chosen in the dialog, trained, followed', async ({
  page,
  playground,
}) => {
  await playground.open()
  const rows = Array.from({ length: 80 }, (_, i) => {
    const [colour, litres] = [['red', 'blue', 'green'][i % 3], 1 + (i % 4) / 2]
    return `${colour},${litres},${(i % 3) * litres}`
  })
  await playground.dropFile('paint.csv', `colour,litres,price\n${rows.join('\n')}\n`)
  await playground.trainOnIt()
  await playground.button('Change colour').click()
  await page.getByRole('button', { name: 'Change kind or size…' }).click()
  await playground.dialog.getByRole('combobox', { name: 'Weight of the value' }).selectOption('litres')
  await expect(playground.dialog).toContainText('multiplied by the row’s litres')
  expect(await violations(page, { part: 'dialog[open]' })).toEqual([])
  await playground.dialog.getByRole('button', { name: 'Change column' }).click()
  const title = 'colour weighted by litres'
  // What the data use is told by the run itself: not the one before.
  await expect(playground.card(title)).toContainText('used')
  await playground.untilStatus(/^Stopped/, 40_000)
  expect(await playground.metric('validation')).toBeGreaterThan(0.5)
  await playground.button(`Look inside ${title}`).click()
  await playground.dialog.getByRole('tab', { name: 'Column flow' }).click()
  const flow = playground.dialog.getByRole('region', { name: 'Flow of colour_weighted_by_litres_embedding' })
  await playground.dialog.getByRole('textbox', { name: 'Row of the data' }).fill('2')
  await page.keyboard.press('Enter')
  await expect(flow).toContainText('litres: 1.5')
  await expect(flow).toContainText('× 1.500')
  await playground.dialog.getByRole('tab', { name: 'Code' }).click()
  await expect(playground.dialog).toContainText('fc.weighted_categorical_column(colour, "litres")')
})

test('two columns look their rows up in one table', async ({ page, playground }) => {
  await playground.open()
  const towns = ['Rome', 'Oslo', 'Kyiv', 'Bonn']
  const rows = Array.from(
    { length: 80 },
    (_, i) => `${towns[i % 4]},${towns[(i >> 2) % 4]},${(i % 4) * ((i >> 2) % 4)}`,
  )
  await playground.dropFile('trips.csv', `from,to,price\n${rows.join('\n')}\n`)
  await playground.trainOnIt()
  await playground.untilStatus(/^Stopped/, 40_000)
  const change = async (title: string) => {
    await playground.button(`Change ${title}`).click()
    await page.getByRole('button', { name: 'Change kind or size…' }).click()
    await playground.dialog.getByRole('radio', { name: /^Hash bucket/ }).check()
    await playground.dialog.getByLabel('Hash bucket size').fill('20')
    await playground.dialog.getByLabel('Hash bucket size').press('Enter')
  }
  await change('from')
  await playground.dialog.getByRole('button', { name: 'Change column' }).click()
  await change('to')
  await playground.dialog.getByRole('combobox', { name: 'Table of vectors' }).selectOption('shared with from')
  await expect(playground.dialog).toContainText('Both columns look up and train the same rows')
  await playground.dialog.getByRole('button', { name: 'Change column' }).click()
  await expect(playground.card('to')).toContainText('used')
  await playground.untilStarted()
  await playground.stepOnce('epoch')
  await expect(playground.card('to')).toContainText('the table of another column')
  await playground.setDimension('from', 3)
  await playground.untilStarted()
  await expect(playground.card('from')).toContainText('60 parameters')
  await playground.button('Look inside to').click()
  await playground.dialog.getByRole('tab', { name: 'Code' }).click()
  await expect(playground.dialog).toContainText('shared_embedding_columns([from_, to]')
})
