import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures'

const widths = [1440, 1240, 1024, 820, 768, 390]

/** How far something stands out of the right edge of what it is in, CSS pixels. */
function overhang(inner: Locator, outer: Locator): Promise<number> {
  return outer
    .elementHandle()
    .then((box) =>
      inner.evaluate((element, box) => element.getBoundingClientRect().right - box!.getBoundingClientRect().right, box),
    )
}

test('what a lesson offers, the state of the run and the units of the week are whole at every width', async ({
  page,
  playground,
}) => {
  await playground.open()
  await page.getByRole('button', { name: 'Lesson', exact: true }).first().click()
  const action = page.getByRole('button', { name: 'Random, dimension 2, L2 0.02' })
  const fits = (element: Locator) =>
    element.evaluate((button) =>
      [button, ...button.querySelectorAll('*')].every(
        (part) => part.scrollWidth <= part.clientWidth + 1 || getComputedStyle(part).display === 'inline',
      ),
    )
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect(await fits(action), `the lesson at ${width}`).toBe(true)
  }
  await playground.open({ link: '#lab=dayHour' })
  const sheet = page.getByRole('region', { name: 'Day × hour', exact: true })
  const unit = sheet.locator('svg text', { hasText: /^vehicles per hour$/ })
  const stats = playground.training.locator('dl')
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    // Drawn again a frame after it has another size.
    await expect.poll(() => overhang(unit, sheet), { message: `the unit at ${width}` }).toBeLessThanOrEqual(1)
    expect(await overhang(stats.locator(':scope > :last-child'), stats), `the state at ${width}`).toBeLessThanOrEqual(6)
  }
})

test('a lesson comes into sight wherever its button was pressed, and another lab begins at its top', async ({
  page,
  playground,
}) => {
  const main = page.getByRole('main')
  const lesson = page.getByRole('region', { name: /^Lesson: / })
  await page.setViewportSize({ width: 1440, height: 640 })
  await playground.open({ link: '#lab=dayHour&view.page=transfer', ready: false })
  await expect(page.getByRole('heading', { name: 'Transfer', exact: true })).toBeVisible()
  await main.evaluate((element) => element.scrollTo(0, 24))
  expect(await main.evaluate((element) => element.scrollTop)).toBe(24)
  await playground.button('Lesson').click()
  await expect(lesson).toBeInViewport({ ratio: 1 })
  await main.evaluate((element) => element.scrollTo(0, 200))
  await page.getByRole('link', { name: 'Dimensions' }).click()
  await expect(page.getByRole('heading', { name: 'How many dimensions?' })).toBeVisible()
  expect(await main.evaluate((element) => element.scrollTop)).toBe(0)

  await playground.openLab('Movies')
  const right = page.getByRole('complementary', { name: 'Measures' })
  await right.evaluate((element) => element.scrollTo(0, 300))
  expect(await right.evaluate((element) => element.scrollTop)).toBe(300)
  await playground.openLab('Airports')
  expect(await right.evaluate((element) => element.scrollTop)).toBe(0)

  await page.setViewportSize({ width: 820, height: 1180 })
  await playground.section('Nearest points').getByRole('button', { name: 'Lesson' }).click()
  await expect(lesson).toBeInViewport({ ratio: 1 })
  const bar = (await playground.training.boundingBox())!
  expect((await lesson.boundingBox())!.y).toBeGreaterThanOrEqual(bar.y + bar.height - 1)
})

test('fields, menus and the map have the ring of buttons, and small buttons are 24 pixels high', async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await playground.open()
  await page.getByRole('radio', { name: 'Map', exact: true }).focus()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('combobox', { name: 'Search points by name' })).toBeFocused()
  expect(await ring(page)).toBe('solid 2px 2px')
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('combobox', { name: 'Colour' })).toBeFocused()
  expect(await ring(page)).toBe('solid 2px 2px')
  const picture = page.getByRole('img', { name: /^Map of 400 points/ })
  for (let i = 0; i < 8 && !(await picture.evaluate((map) => map === document.activeElement)); i++)
    await page.keyboard.press('Tab')
  await expect(picture).toBeFocused()
  expect(await ring(page)).toBe('solid 2px -2px')

  const card = playground.card('film')
  const small = [
    playground.button('About this data'),
    playground.button('Look inside film'),
    playground.button('How many dimensions? For film'),
    card.getByRole('button', { name: 'Options' }),
  ]
  for (const button of small) expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(24)
})

/** Style, width and distance of the ring round what has the focus. */
function ring(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(document.activeElement!)
    return `${outlineStyle} ${outlineWidth} ${outlineOffset}`
  })
}
