import { expect, test } from './fixtures'
import type { Playground } from './playground'
import { violations } from './violations'

async function learn(playground: Playground, lab: string): Promise<void> {
  await playground.open({ link: `#lab=${lab}` })
  await playground.set('Speed', 'Full')
  await playground.play()
  await playground.untilStatus(/^Stopped/)
}

test('neighbours say why they are near: hours, films, airports', async ({ page, playground }) => {
  test.slow()
  await learn(playground, 'dayHour')
  const near = page.getByRole('list', { name: /^Nearest to / })
  await expect(near.getByRole('listitem').first()).toContainText(/same hour|the next hour|the hour before|another day/)
  await learn(playground, 'movies')
  const alike = near.getByRole('listitem').filter({ hasText: /^.+G( ·|\d)/ })
  await expect.poll(() => alike.count()).toBeGreaterThanOrEqual(5)
  await playground.openLab('Airports')
  await expect(near.getByRole('listitem').first()).toContainText(/\d km/)
})

test('an analogy is answered, marked on the map, and asked again with other points', async ({ page, playground }) => {
  test.slow()
  await learn(playground, 'dayHour')
  await page.getByRole('button', { name: 'Analogies' }).click()
  const answers = page.getByRole('list', { name: 'Nearest to a − b + c' })
  await expect(answers.getByRole('listitem')).toHaveCount(5)
  // As night is to the rush hour on Monday, so it is on Thursday: two of the five, where chance gives one in forty.
  await expect.poll(() => answers.getByRole('listitem').filter({ hasText: / 17 h/ }).count()).toBeGreaterThanOrEqual(2)
  await expect(page.getByText('As Mon 3 h is to Mon 17 h, so is Thu 3 h to', { exact: false })).toBeVisible()
  const first = await answers.getByRole('listitem').first().textContent()
  await page.getByRole('combobox', { name: '+ c' }).fill('Sun 3 h')
  await page.getByRole('option', { name: 'Sun 3 h', exact: true }).click()
  await expect(page.getByText('so is Sun 3 h to', { exact: false })).toBeVisible()
  await expect.poll(() => answers.getByRole('listitem').first().textContent()).not.toBe(first)
  await answers.getByRole('button').first().press('Enter')
  await expect(page.getByRole('img', { name: /^Map of 168 points/ })).toHaveAttribute('aria-label', / h selected/)
  expect(await violations(page, { part: '.app-right' })).toEqual([])
})

test('the map lies along the direction from children’s films to those for adults, with names along it', async ({
  page,
  playground,
}) => {
  test.slow()
  await learn(playground, 'movies')
  await page.getByRole('button', { name: 'A direction' }).click()
  const names = page.getByRole('list', { name: 'Names along G → R' })
  await expect(names.getByRole('listitem')).toHaveCount(9)
  const places = (await names.getByRole('listitem').allTextContents()).map((text) =>
    Number(/−?\d+\.\d\d$/.exec(text)![0].replace('−', '-')),
  )
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect([places[0]! < 0.2, places.at(-1)! > 0.8]).toEqual([true, true])
  await expect(page.getByText(/^Of pairs|lie in this order/)).toContainText(/(9\d|100) %/)
  await expect(page.getByRole('combobox', { name: 'View' })).toHaveValue('axes')
  await expect(page.locator('main svg').getByText('G → R')).toBeVisible()
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('rating: pg-13')
  await page.getByRole('option', { name: 'MPAA rating: PG-13' }).click()
  await expect(page.locator('main svg').getByText('G → R + PG-13')).toBeVisible()
  await page.getByRole('combobox', { name: 'View' }).selectOption('plane:0:1')
  await expect(page.getByRole('checkbox', { name: 'Map along it' })).not.toBeChecked()
  await page.getByRole('checkbox', { name: 'Map along it' }).check()
  await page.getByRole('button', { name: 'A direction' }).click()
  await expect(page.getByRole('combobox', { name: 'View' })).toHaveValue('plane:0:1')
})

test('each step of the lesson on similarity shows what it speaks of', async ({ page, playground }) => {
  test.slow()
  await playground.open({ link: '#lab=movies' })
  await playground.set('Speed', 'Full')
  await page.getByRole('button', { name: 'Lesson on similarity' }).click()
  const lesson = page.getByRole('region', { name: 'Lesson: Near means alike' })
  const next = () => lesson.getByRole('button', { name: 'Next step' }).click()
  await lesson.getByRole('button', { name: 'Pick a point' }).click()
  await playground.untilStatus(/^Stopped/)
  await expect(
    page.getByRole('list', { name: 'Nearest to Toy Story 2' }).getByText('G', { exact: true }).first(),
  ).toBeVisible()
  await next()
  await lesson.getByRole('button', { name: 'Count 20 nearest' }).click()
  await expect(page.getByRole('row', { name: /^20 nearest/ }).first()).toBeVisible()
  await next()
  await lesson.getByRole('button', { name: 'Look along a direction' }).click()
  await expect(page.getByRole('list', { name: 'Names along G → R' })).toBeVisible()
  await next()
  await lesson.getByRole('button', { name: 'Ask an analogy' }).click()
  await expect(page.getByRole('list', { name: 'Nearest to a − b + c' }).getByRole('listitem')).toHaveCount(5)
})
