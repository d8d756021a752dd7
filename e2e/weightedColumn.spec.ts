import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures'

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
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await playground.dialog.getByRole('button', { name: 'Change column' }).click()
  await playground.untilStarted()
  await playground.stepOnce('epoch')
  const title = 'colour weighted by litres'
  await expect(playground.card(title)).toBeVisible()
  await playground.button(`Look inside ${title}`).click()
  await playground.dialog.getByRole('tab', { name: 'Column flow' }).click()
  const flow = playground.dialog.getByRole('region', { name: 'Flow of colour_weighted_by_litres_embedding' })
  await playground.dialog.getByRole('textbox', { name: 'Row of the data' }).fill('2')
  await page.keyboard.press('Enter')
  await expect(flow).toContainText('litres: 1.5')
  await expect(flow).toContainText('× 1.500')
  await playground.dialog.getByRole('tab', { name: 'Code' }).click()
  await expect(playground.dialog).toContainText("fc.weighted_categorical_column(colour, 'litres')")
})
