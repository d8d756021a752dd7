import { expect, test } from './fixtures'

test('a point is found by its name; its neighbours are listed and lead on', async ({ page, playground }) => {
  await playground.open()
  await playground.selectPoint('The Matrix')
  await expect(page.getByRole('img', { name: /^Map of 400 points of film\. The Matrix selected/ })).toBeVisible()
  const neighbours = await playground.neighbours()
  expect(neighbours).toHaveLength(8)
  const first = playground.section('Nearest points').getByRole('listitem').first().getByRole('button')
  const name = (await first.locator('span').first().textContent()) ?? ''
  await first.click()
  await expect.poll(() => playground.selected()).toBe(name)
  await page.getByRole('combobox', { name: 'How many neighbours' }).selectOption('5')
  await expect.poll(async () => (await playground.neighbours()).length).toBe(5)
})

test('a point is hovered and clicked on the map', async ({ page, playground }) => {
  await playground.open()
  const canvas = playground.map.locator('canvas').first()
  const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const card = playground.map.locator('div:not([hidden]) > strong')
  let found = false
  // Across the middle of the map until the card of a point other than the selected one comes up.
  for (let x = 0.3; x < 0.7 && !found; x += 0.01) {
    await page.mouse.move(box.x + x * box.width, box.y + box.height / 2)
    found = (await card.count()) > 0 && (await card.textContent()) !== 'Toy Story 2'
  }
  expect(found).toBe(true)
  const name = (await card.textContent()) ?? ''
  await expect(playground.map.getByText('Training rows')).toBeVisible()
  await page.mouse.down()
  await page.mouse.up()
  await expect.poll(() => playground.selected()).toBe(name)
})

test('a point is reached and left by keyboard alone', async ({ page, playground }) => {
  await playground.open()
  const picture = page.getByRole('img', { name: /^Map of 400 points/ })
  await page.getByRole('radio', { name: 'Map', exact: true }).focus()
  for (let presses = 0; presses < 5 && !(await picture.evaluate((map) => map === document.activeElement)); presses++)
    await page.keyboard.press('Tab')
  await expect(picture).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => playground.selected()).not.toBe('Toy Story 2')
  await page.keyboard.press('Escape')
  await expect(picture).toHaveAccessibleName(/Nothing selected/)
  await expect(playground.section('Nearest points')).toContainText('Click a point')
})

test('the table shows the same points, sorts, filters and selects', async ({ page, playground }) => {
  await playground.open()
  await playground.choose('Map or table', 'Table')
  const table = page.getByRole('region', { name: 'Table of the embedding' })
  const names = () => table.locator('tbody th').allTextContents()
  await expect.poll(async () => (await names()).length).toBe(100)
  await expect(table.getByText('of 400')).toBeVisible()
  const byName = await names()
  expect(byName).toEqual([...byName].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
  const rows = table.getByRole('columnheader').filter({ hasText: /rows/i })
  await rows.getByRole('button').click()
  await expect(rows).toHaveAttribute('aria-sort', 'descending')
  const column = await rows.evaluate((cell) => (cell as HTMLTableCellElement).cellIndex)
  const counts = (await table.locator(`tbody tr > :nth-child(${column + 1})`).allTextContents()).map(Number)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  await page.getByRole('button', { name: /^R \d/ }).click()
  await expect(table.getByText('of 275')).toBeVisible()
  await page.getByRole('combobox', { name: 'Search points by name' }).fill('Toy Story')
  await expect.poll(async () => (await names()).every((name) => name.includes('Toy Story'))).toBe(true)
  await page.keyboard.press('Escape')
  await table.getByRole('button', { name: 'Toy Story', exact: true }).click()
  await expect.poll(() => playground.selected()).toBe('Toy Story')
})

test('the heat map and the map light up the same hour, and the hour answers', async ({ page, playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.selectPoint('Sun 3 h')
  const ask = page.getByRole('region', { name: 'Ask an hour' })
  await expect(ask.getByLabel('Day')).toHaveValue('6')
  await expect(ask.getByLabel('Hour')).toHaveValue('3')
  await ask.getByLabel('Hour').selectOption({ label: '17 to 18 h' })
  await expect.poll(() => playground.selected()).toBe('Sun 17 h')
  await expect(ask.getByText('vehicles per hour')).toBeVisible()
  await page.getByRole('img', { name: /by day and hour/ }).press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(() => playground.selected()).toBe('Sat 17 h')
})

test('while it trains, the sheet and the answer beside it say the same number', async ({ page, playground }) => {
  await playground.open({ link: '#lab=dayHour' })
  await playground.play()
  const readings = await page.evaluate(async () => {
    const numberIn = (selector: string, before: RegExp) =>
      document.querySelector(selector)?.textContent?.match(before)?.[1] ?? 'none'
    const pairs: [string, string][] = []
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 130))
      pairs.push([
        numberIn('[aria-label="Day × hour"]', /Fri 17 h: ([\d,]+)/),
        numberIn('[aria-label="Ask an hour"]', /cars([\d,]+)/),
      ])
    }
    return pairs
  })
  // A picture may be drawn between the one and the other.
  const same = readings.filter(([sheet, answer]) => sheet !== 'none' && sheet === answer)
  expect(same.length, readings.join(' · ')).toBeGreaterThan(14)
  expect(new Set(same.map(([sheet]) => sheet)).size).toBeGreaterThan(5)
})

test('the picture is saved as PNG and as SVG', async ({ page, playground }) => {
  await playground.open()
  for (const [kind, start] of [
    ['PNG', '\x89PNG'],
    ['SVG', '<svg'],
  ] as const) {
    await playground.button('Save the picture').click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: `Picture as ${kind}` }).click()
    const stream = await (await downloading).createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    expect(bytes.subarray(0, 4).toString('latin1')).toBe(start)
    expect(bytes.length).toBeGreaterThan(5_000)
  }
})

test('somebody who rates a film is recommended others', async ({ page, playground }) => {
  await playground.open()
  await playground.stepOnce('epoch')
  const panel = playground.section('Be a viewer')
  await panel.getByRole('radio', { name: '5 stars for Finding Nemo', exact: true }).press('Space')
  await expect(panel.getByRole('heading', { name: 'Next for you' })).toBeVisible()
  const entries = panel.getByRole('button').filter({ hasText: '★' })
  await expect(entries.first()).toBeVisible()
  const name = ((await entries.first().textContent()) ?? '').replace(/[\d.]+ ★$/, '')
  await entries.first().click()
  await expect.poll(() => playground.selected()).toBe(name)
  await expect(page.getByRole('img', { name: new RegExp(`${quoted(name)} selected`) })).toBeVisible()
})

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
