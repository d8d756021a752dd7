import { expect, test } from './fixtures'

test('the optimizer is TensorFlow 1’s or Keras’s: said in the bar, in words, in the link and in the code', async ({
  page,
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.set('Optimizer', 'RMSProp')
  await playground.button('Training settings').click()
  const flavor = page.getByRole('combobox', { name: 'Optimizer as in' })
  await expect(page.getByText('The mean square begins at 1', { exact: false })).toBeVisible()
  await flavor.selectOption('Keras 3')
  await expect(page.getByText('The mean square begins at 0', { exact: false })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(playground.training.getByRole('combobox', { name: 'Optimizer, Keras', exact: true })).toBeVisible()
  await expect.poll(() => page.url()).toContain('optimizer.flavor=keras')
  await playground.untilStarted()
  await playground.stepOnce('epoch')
  await playground.button('Look inside day × hour').click()
  await playground.dialog.getByRole('tab', { name: 'Code' }).click()
  const code = playground.dialog.getByRole('region', { name: 'The optimizer in Keras 3' })
  await expect(code).toContainText('keras.optimizers.RMSprop(0.01)')
})

test('the two take other steps from the same weights', async ({ playground }) => {
  const losses: number[] = []
  for (const flavor of ['tf1', 'keras']) {
    await playground.open({ link: `#lab=dayHour&optimizer.type=rmsprop&optimizer.flavor=${flavor}` })
    await playground.stepOnce('epoch')
    losses.push(await playground.metric('validation'))
  }
  expect(Math.abs(losses[0]! - losses[1]!)).toBeGreaterThan(0.01)
})
