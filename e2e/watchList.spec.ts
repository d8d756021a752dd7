import { movieLensZip, noMovieLens } from '../tests/movielens'
import { expect, test } from './fixtures'
import { Playground } from './playground'
import { violations } from './violations'

const modelsFirst = 'Next, by the model'
const popularFirst = 'The most popular'

/** Titles of one of the ranked lists, highest first. */
async function ranked({ page }: Playground, list: string): Promise<string[]> {
  const entries = page.getByRole('list', { name: list }).getByRole('button')
  return entries.evaluateAll((buttons) => buttons.map((button) => button.firstElementChild?.textContent ?? ''))
}

function onList({ page }: Playground) {
  return page.getByRole('list', { name: 'Your list' }).getByRole('listitem')
}

async function add({ page }: Playground, title: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Find another to add' }).fill(title)
  await page.getByRole('option', { name: title, exact: true }).click()
}

async function trainList(playground: Playground, epochs: number): Promise<void> {
  await playground.choose('Which model', 'Watch list')
  await playground.untilStarted()
  for (let epoch = 0; epoch < epochs; epoch++) await playground.stepOnce('epoch')
}

test('a list is built by clicking, and what comes next changes at once', async ({ page, playground }) => {
  test.slow()
  await playground.open()
  await trainList(playground, 8)
  await expect(playground.section('What to watch next')).toContainText('0 of 50 at most')
  await expect.poll(async () => (await ranked(playground, modelsFirst)).length).toBe(6)
  const [atFirst, popular] = [await ranked(playground, modelsFirst), await ranked(playground, popularFirst)]
  for (const film of ['Toy Story', 'Finding Nemo', 'Shrek']) await add(playground, film)
  await expect(onList(playground)).toHaveText(['Toy Story', 'Finding Nemo', 'Shrek'])
  await expect.poll(() => ranked(playground, modelsFirst)).not.toEqual(atFirst)
  const forChildren = await ranked(playground, modelsFirst)
  for (const film of ['Toy Story', 'Finding Nemo', 'Shrek']) expect(forChildren).not.toContain(film)
  expect(await ranked(playground, popularFirst)).toEqual(popular)

  await page.getByRole('list', { name: modelsFirst }).getByRole('button').first().click()
  await expect(onList(playground).last()).toHaveText(forChildren[0] ?? '')
  await expect.poll(() => ranked(playground, modelsFirst)).not.toContain(forChildren[0])

  // By keyboard: each film has a button of its own to be taken off with.
  await page.getByRole('button', { name: 'Take Toy Story off the list' }).focus()
  await page.keyboard.press('Enter')
  await expect(onList(playground)).toHaveCount(3)
  await playground.button('Clear').click()
  for (const film of ['Pulp Fiction', 'Memento', 'Fight Club']) await add(playground, film)
  await expect
    .poll(async () => (await ranked(playground, modelsFirst)).some((f) => forChildren.includes(f)))
    .toBe(false)
})

test('a watch list is shared, saved, opened again and taken back like any run', async ({ page, playground }) => {
  test.slow()
  await playground.open()
  await trainList(playground, 2)
  // 12,331 rows in batches of 256.
  await expect.poll(() => playground.step()).toBe(98)
  await playground.untilMeasured()
  const numbers = await playground.numbers()
  const link = await playground.share()
  const weights = await playground.exportWeights()
  await playground.reset()
  await playground.importWeights(weights)
  await expect.poll(() => playground.metric('validation')).toBeCloseTo(Number(/@10([\d.]+)/.exec(numbers)?.[1]), 5)

  const other = new Playground(await page.context().newPage())
  await other.open({ link: link.slice(link.indexOf('#')) })
  for (let epoch = 0; epoch < 2; epoch++) await other.stepOnce('epoch')
  await other.untilMeasured()
  await expect.poll(() => other.numbers()).toBe(numbers)
  await other.page.close()

  await playground.choose('Which model', 'Dot product')
  await playground.untilStarted()
  await expect(playground.section('Be a viewer')).toBeVisible()
  await playground.undo()
  await expect(playground.section('What to watch next')).toBeVisible()
})

for (const [size, viewport] of Object.entries({
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
})) {
  test(`the lesson leads through it: ${size}`, async ({ page, playground }) => {
    test.slow()
    await page.setViewportSize(viewport)
    await playground.open()
    await trainList(playground, 4)
    await playground.button('Lesson').click()
    const next = playground.button('Next step')
    await next.click()
    await playground.button('List three films for children').click()
    await expect(onList(playground)).toHaveText(['Toy Story', 'Shrek', 'Finding Nemo'])
    await expect.poll(async () => (await ranked(playground, modelsFirst)).length).toBe(6)
    const forChildren = await ranked(playground, modelsFirst)
    await next.click()
    await playground.button('List three films for adults').click()
    await expect.poll(() => ranked(playground, modelsFirst)).not.toEqual(forChildren)
    await next.click()
    await expect(page.getByText('Is it better than popularity?')).toBeVisible()
    await expect(playground.section('Learning')).toContainText('most popular')
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    expect(await violations(page)).toEqual([])
  })
}

test(`MovieLens: a sampled softmax over 9,724 films beats popularity (${noMovieLens})`, async ({
  page,
  playground,
}) => {
  test.skip(!movieLensZip)
  test.setTimeout(240_000)
  await playground.open()
  await playground.dropFile(movieLensZip ?? '')
  await playground.trainOnIt()
  await playground.choose('Which model', 'Watch list')
  await playground.untilStarted()
  const panel = playground.section('What to watch next')
  await expect(panel).toContainText('sampled softmax')
  await expect(panel).toContainText('in the order of ‘timestamp’')
  await playground.badge.click()
  await expect(page.getByText('the sampled softmax of a long watch list runs there alone')).toBeVisible()
  await playground.escape()
  await playground.play()
  await playground.untilStatus(/^Stopped/, 180_000)
  await add(playground, 'Toy Story (1995)')
  await expect.poll(async () => (await ranked(playground, modelsFirst)).length).toBe(6)
  const popularity = /most popular\s*([\d.]+) %/.exec(await playground.section('Learning').innerText())?.[1]
  expect(await playground.metric('validation')).toBeGreaterThan(1.3 * Number(popularity))
})
