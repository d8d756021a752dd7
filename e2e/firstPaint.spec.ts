import { expect, test } from './fixtures'

test('points are drawn before the worker is there, and move once it is', async ({ page, playground }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let holds = 0
  await page.route('**/trainer.worker*', async (route) => {
    holds++
    await held
    await route.continue()
  })
  await playground.open({ playing: true, ready: false })
  await expect.poll(() => playground.ink()).toBeGreaterThan(0.01)
  expect(holds).toBe(1)
  expect(await playground.status()).toMatch(/^Starting/)
  await expect(page.getByRole('img', { name: /^Map of 400 points of film\./ })).toBeVisible()
  const first = await playground.picture()
  release()
  await playground.untilStatus(/^(Training|Stopped)/)
  await expect.poll(() => playground.picture()).not.toBe(first)
})

test('the page opens already training', async ({ playground }) => {
  await playground.open({ playing: true })
  await expect.poll(() => playground.epoch()).toBeGreaterThan(0)
  await expect.poll(() => playground.metric('validation')).toBeLessThan(1.0)
})

test('with reduced motion it waits for Play', async ({ playground }) => {
  await playground.open({ playing: false })
  await playground.untilStatus(/^Ready/)
  await expect(playground.button('Play')).toBeVisible()
  await expect.poll(() => playground.metric('validation')).toBeGreaterThan(1.1)
  expect(await playground.epoch()).toBe(0)
  expect(await playground.ink()).toBeGreaterThan(0.01)
})

for (const [name, lab, points] of [
  ['movies', 'Movies', '400 points of film'],
  ['dayHour', 'Day × hour', '168 points of day × hour'],
  ['airports', 'Airports', 'points of origin'],
] as const) {
  test(`${lab} opens with a point selected, its neighbours and a card of its data`, async ({ page, playground }) => {
    await playground.open({ link: `#lab=${name}` })
    await expect(playground.data.getByRole('heading', { level: 3 })).toHaveText(lab)
    await expect(page.getByRole('img', { name: new RegExp(points) })).toBeVisible()
    await expect.poll(async () => (await playground.neighbours()).length).toBe(8)
    await expect(page.getByRole('region', { name: 'Rows of the data' }).getByRole('row')).toHaveCount(6)
    await expect(playground.data.getByText(/^(measured|simulated)$/)).toBeVisible()
    await playground.button('About this data').click()
    await expect(playground.data.getByText('Licence')).toBeVisible()
  })
}
