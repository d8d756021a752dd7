import { exampleCode } from './customCode'
import { CustomLab } from './customLab'
import { answersOf, loadDownloaded } from './exportedModel'
import { expect, test } from './fixtures'

const ROWS = 7
const rows = <T>(of: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => of(row))
const words = [[3, 1, 4], [1], [5, 9, 2, 6], [5, 3], [5], [8, 9, 7], [9]]

interface Trial {
  title: string
  file: string
  /** Fewer than the example has; left out: as many. */
  shorter?: { steps: number; every?: number }
  steps: number
  metric: string
  grows: boolean
  /** That no training has seen, as the exported model takes them. */
  features: Record<string, number[] | number[][]>
  /** The same as the code gives them to predict, where that is something else. */
  code?: string
}

const trials = {
  lstm: {
    title: 'LSTM on hourly traffic',
    file: 'lstmTraffic',
    steps: 400,
    metric: 'rmse',
    grows: false,
    features: { hours: rows((row) => Array.from({ length: 24 }, (_, hour) => Math.sin(row + hour / 3))) },
  },
  wideDeep: {
    title: 'Wide & deep on day × hour',
    file: 'wideAndDeep',
    shorter: { steps: 100 },
    steps: 100,
    metric: 'average_loss',
    grows: false,
    features: { day: rows((row) => row), hour: rows((row) => row * 3) },
    code: `{ day: Int32Array.of(${rows((row) => row)}), hour: Int32Array.of(${rows((row) => row * 3)}) }`,
  },
  keras: {
    title: 'Keras on watch histories',
    file: 'kerasWatchHistories',
    shorter: { steps: 100 },
    steps: 100,
    metric: 'auc',
    grows: true,
    features: { films_input: rows((row) => Array.from({ length: 40 }, (_, i) => (row * 5 + i * i) % 30)) },
  },
  titles: {
    title: 'Bag of words in film titles',
    file: 'titleWords',
    shorter: { steps: 200 },
    steps: 200,
    metric: 'auc',
    grows: true,
    features: { words: words.map((row) => [...row, ...Array(4 - row.length).fill(-1)]) },
    code: `{ words: { type: 'integer', values: [${words.flat()}], offsets: Int32Array.of(0, ${words.map((_, row) => words.slice(0, row + 1).flat().length)}) } }`,
  },
} satisfies Record<string, Trial>

/** Trains an example that afterwards predicts rows it has not seen, in a fresh page. Nothing below a chart may move when it comes. */
async function train(lab: CustomLab, { title, file, shorter, steps, features, code }: Trial): Promise<void> {
  await lab.open()
  await lab.openExample(title)
  const example = await exampleCode(file, shorter)
  await lab.write(`${example}
const unseen = arrayInputFn({ x: ${code ?? JSON.stringify(features)}, shuffle: false })
const predicted = []
for await (const row of estimator.predict({ inputFn: unseen })) predicted.push(Object.values(row)[0][0])
console.log('PREDICTED ' + predicted.join(' '))
${example.includes('arrayInputFn,') ? '' : "import { arrayInputFn } from 'estimator'"}
`)
  const before = await lab.headingTops()
  expect(before.length).toBeGreaterThanOrEqual(5)
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  await lab.run()
  await expect(lab.results.getByRole('img', { name: /at each evaluated checkpoint/ })).toBeVisible({ timeout: 60_000 })
  const firstSeconds = seconds()
  expect(await lab.headingTops(), 'in the middle').toEqual(before)
  await lab.until(`Done · step ${steps}`, 120_000)
  console.log(`${title}: ${firstSeconds} s to the first evaluation, ${seconds()} s in all`)
  expect(await lab.headingTops(), 'in the end').toEqual(before)
}

async function showsResults(lab: CustomLab, { steps, metric, grows }: Trial): Promise<void> {
  const [first, last] = await lab.metric(metric)
  if (grows) expect(last).toBeGreaterThan(first)
  else expect(last).toBeLessThan(first)
  await expect(lab.results.getByRole('img', { name: /^Loss of each training step/ })).toBeVisible()
  await expect(lab.results.getByRole('article')).toHaveCount(6)
  await lab.results.getByRole('tab', { name: 'EVAL' }).click()
  await expect(lab.results.getByRole('tabpanel').getByText(metric)).toBeVisible()
  await expect(lab.results.getByText(`Last checkpoint: step ${steps}`)).toBeVisible()
}

/** The downloaded model, in TensorFlow.js alone, beside what the Estimator said in the page. */
async function exportAnswersAlike(lab: CustomLab, { steps, features }: Trial): Promise<void> {
  const line = await lab.console.getByText(/^PREDICTED/).textContent()
  const predicted = (line ?? '').match(/-?\d[\d.e-]*/g)!.map(Number)
  expect(predicted).toHaveLength(ROWS)
  const downloading = lab.page.waitForEvent('download')
  await lab.button(new RegExp(`^Download .*/export/latest/${steps}$`)).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/export-latest-\d+\.zip$/)
  const answers = answersOf(await loadDownloaded(download), features)
  expect(answers).toHaveLength(ROWS)
  for (const [row, answer] of answers.entries()) {
    const expected = predicted[row]!
    expect(Math.abs(answer - expected), `row ${row}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)))
  }
  expect(new Set(predicted).size).toBeGreaterThan(1)
}

test('the LSTM beats both forecasts without a model by the margin that it states, and its export answers alike', async ({
  page,
}) => {
  test.slow()
  const lab = new CustomLab(page)
  await train(lab, trials.lstm)
  await expect(
    page.getByText(/at least 40 % below “same as last hour” and 10 % below “same hour last week”/),
  ).toBeVisible()
  const error = await lab.logged(/^RMSE of the LSTM: ([\d,]+) cars/)
  const lastHour = await lab.logged(/^As the last hour: ([\d,]+)/)
  const lastWeek = await lab.logged(/^As last week: ([\d,]+)/)
  console.log(`LSTM ${error}, last hour ${lastHour}, last week ${lastWeek}`)
  expect(error).toBeLessThan(0.6 * lastHour)
  expect(error).toBeLessThan(0.9 * lastWeek)
  await expect(lab.results.getByRole('heading', { name: /below last hour, .* below last week/ })).toBeVisible()
  await expect(lab.results.getByRole('img', { name: /^RMSE -?\d+ % below last hour/ })).toBeVisible()
  await showsResults(lab, trials.lstm)
  await exportAnswersAlike(lab, trials.lstm)
})

test('wide & deep trains, each of its tables can be looked at when it has ended, and its export answers alike', async ({
  page,
}) => {
  test.slow()
  const lab = new CustomLab(page)
  await train(lab, trials.wideDeep)
  await showsResults(lab, trials.wideDeep)
  const tables = lab.results.getByRole('combobox', { name: 'Table on the map' })
  const names = await tables.getByRole('option').allTextContents()
  expect(names).toHaveLength(3)
  for (const name of names) {
    await tables.selectOption(name)
    await expect(lab.results.getByRole('img', { name: new RegExp(`^Map of \\d+ rows of ${name}`) })).toBeVisible()
    await expect(lab.results.getByText(/rows × 2 at step 100\./)).toBeVisible()
  }
  await exportAnswersAlike(lab, trials.wideDeep)
})

test('the Keras model answers the same to the bit in two runs, its area under the curve rises above 0.7, and its export answers alike', async ({
  page,
}) => {
  test.slow()
  const lab = new CustomLab(page)
  await train(lab, trials.keras)
  await showsResults(lab, trials.keras)
  expect((await lab.metric('auc'))[1]).toBeGreaterThan(0.7)
  await lab.showsMap()
  await exportAnswersAlike(lab, trials.keras)
  const answer = () => lab.console.getByText(/^The last evaluation/).textContent()
  const first = await answer()
  expect(first).toMatch(/auc: 0\.\d{4,}/)
  await lab.run()
  await lab.until('Done · step 100', 90_000)
  expect(await answer()).toBe(first)
})

test('the bag of words trains, and its export answers alike', async ({ page }) => {
  test.slow()
  const lab = new CustomLab(page)
  await train(lab, trials.titles)
  await showsResults(lab, trials.titles)
  await lab.showsMap()
  await exportAnswersAlike(lab, trials.titles)
})
