import { expect, test } from './fixtures'
import { violations } from './violations'

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const opened = 'dialog[open], [role=dialog]'

for (const colorScheme of ['light', 'dark'] as const) {
  const colorsOnly = colorScheme === 'dark'
  test(`${colorScheme}: no violation on any lab, wide and narrow, as map and as table`, async ({
    page,
    playground,
  }) => {
    test.slow()
    const expectNone = async (what: string) => {
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        expect(await violations(page, { colorsOnly }), `${size}, ${what}`).toEqual([])
      }
    }
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const lab of ['movies', 'dayHour', 'airports']) {
      await page.goto('about:blank')
      await page.goto(`./#lab=${lab}`)
      await playground.untilStarted()
      await expect.poll(async () => (await playground.neighbours()).length).toBe(8)
      await expectNone(`${lab} as a map`)
    }
    await playground.choose('Map or table', 'Table')
    await expectNone('as a table')
  })

  test(`${colorScheme}: no violation with menus, dialogs and lessons open`, async ({ page, playground }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('./#lab=dayHour')
    await playground.untilStarted()
    await playground.button('Lesson').click()
    await playground.button('About this data').click()
    await playground.button('Options').first().click()
    expect(await violations(page, { colorsOnly }), 'a lesson and details').toEqual([])
    await playground.button('Theme').click()
    expect(await violations(page, { colorsOnly }), 'the page with a menu').toEqual([])
    await playground.escape()
    const names = [/^Runs on/, 'Share', 'Export', 'Training settings', /^Change day/]
    for (const opener of [...names.map((name) => playground.button(name)), playground.labelPicker]) {
      await opener.click()
      await expect(page.getByRole('dialog').first()).toBeVisible()
      expect(await violations(page, { colorsOnly, part: opened }), `${opener} open`).toEqual([])
      await playground.escape()
    }
    for (const name of ['Your data', 'Column', 'Cross']) {
      await playground.button(name).click()
      await expect(playground.dialog).toBeVisible()
      expect(await violations(page, { colorsOnly, part: opened }), `${name} open`).toEqual([])
      await playground.escape()
    }
    await playground.dropFile('a.csv', `when,n\n${'03/04/2024,5\n04/05/2024,6\n'.repeat(30)}`)
    await expect(playground.dialog.getByText('60 rows')).toBeVisible()
    expect(await violations(page, { colorsOnly, part: opened }), 'confirming a file').toEqual([])
    await playground.escape()
    await playground.dropFile('empty.csv', '')
    await expect(playground.dialog.getByRole('alert')).toBeVisible()
    expect(await violations(page, { colorsOnly, part: opened }), 'a file that is refused').toEqual([])
  })
}

test('on a phone: play, change a dimension, see the map; nothing scrolls sideways', async ({ page, playground }) => {
  await page.setViewportSize(sizes.narrow)
  await playground.open()
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  await playground.play()
  await expect.poll(() => playground.epoch()).toBeGreaterThan(0)
  await playground.setDimension('film', 3)
  await expect(playground.card('film').getByText('Dimension 3')).toBeVisible()
  await playground.map.scrollIntoViewIfNeeded()
  await expect(playground.map).toBeInViewport()
  await expect.poll(() => playground.ink()).toBeGreaterThan(0.01)
  const box = await playground.map.boundingBox()
  expect(box?.width).toBeLessThanOrEqual(390)
  for (const lab of ['Day × hour', 'Airports'] as const) {
    await playground.openLab(lab)
    expect(await overflow()).toBe(0)
  }
})
