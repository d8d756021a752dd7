import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { CustomLab } from './customLab'
import { expect, test } from './fixtures'
import { forecastCode } from './forecastCode'

/** An example with fewer steps than it has for people. */
async function shortened(file: string, steps: number, every = 50): Promise<string> {
  const code = await readFile(`src/ui/custom/examples/${file}.ts`, 'utf8')
  return code
    .replace(/const STEPS = \d+/, `const STEPS = ${steps}`)
    .replace(/saveCheckpointsSteps: \d+/, `saveCheckpointsSteps: ${every}`)
}

/** First and last value of a metric, from the table under the curves. */
async function metric({ results }: CustomLab, name: string): Promise<[number, number]> {
  const cells = results.getByRole('row', { name: new RegExp(`^${name} `) }).getByRole('cell')
  const [first, last] = await cells.allTextContents()
  return [Number(first), Number(last)]
}

const trials = [
  { title: 'LSTM on hourly traffic', file: 'lstmTraffic', steps: 20, every: 10, metric: 'rmse', grows: false },
  { title: 'Wide & deep on day × hour', file: 'wideAndDeep', steps: 100, metric: 'average_loss', grows: false },
  { title: 'Keras on watch histories', file: 'kerasWatchHistories', steps: 100, metric: 'auc', grows: true },
  { title: 'Bag of words in film titles', file: 'titleWords', steps: 200, metric: 'auc', grows: true },
]

for (const { title, file, steps, every, metric: name, grows } of trials) {
  test(`${title}: trains, and its ${name} gets better; six cards, a checkpoint, an export`, async ({ page }) => {
    test.slow()
    const lab = new CustomLab(page)
    await lab.open()
    await lab.openExample(title)
    await lab.write(await shortened(file, steps, every))
    await lab.run()
    await lab.until(`Done · step ${steps}`, 90_000)
    const [first, last] = await metric(lab, name)
    if (grows) expect(last).toBeGreaterThan(first)
    else expect(last).toBeLessThan(first)
    await expect(lab.results.getByRole('img', { name: /^Loss of each training step/ })).toBeVisible()
    await expect(lab.results.getByRole('article')).toHaveCount(6)
    await expect(lab.results.getByText(`Last checkpoint: step ${steps}`)).toBeVisible()
    const downloading = page.waitForEvent('download')
    await lab.results
      .getByRole('button', { name: /^Download / })
      .first()
      .click()
    expect((await downloading).suggestedFilename()).toMatch(/export-latest-\d+\.zip$/)
    if (file === 'lstmTraffic') {
      await expect(lab.results.getByRole('img', { name: /^RMSE -?\d+ % below last hour/ })).toBeVisible()
    } else {
      await expect(lab.results.getByRole('img', { name: /^Map of \d+ rows/ })).toBeVisible()
      await expect(lab.results.getByText(/rows × 2 at step/)).toBeVisible()
    }
  })
}

test('a syntax error, a thrown error and an unknown import are told at their line', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("const a = 1\nif (a {\n  console.log('x')\n}")
  await lab.run()
  await expect(lab.console.getByRole('alert')).toContainText(/^Line 2: .*expected "\)"/)
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible()
  await lab.write(
    "type Row = { a: number }\nfunction f(row: Row): number {\n  throw new RangeError('no ' + row.a)\n}\nf({ a: 7 })",
  )
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText('Line 3: RangeError: no 7')
  await lab.write("import fs from 'fs'\nconsole.log(fs)")
  await lab.run()
  await expect(lab.console.getByRole('alert')).toContainText("Line 1: 'fs' cannot be imported here")
  await lab.provesAlive()
})

test('an EstimatorSpec without its trainOp is told in words, at its line', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(tiny({ trainOp: '' }))
  await lab.run()
  await expect(lab.console.getByRole('alert')).toContainText(/^Line \d+: .*trainOp/i)
  await lab.provesAlive()
})

test('fetch is refused in words, and the page lives on', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("\nawait fetch('https://example.com/')")
  await lab.run()
  await expect(lab.console.getByRole('alert')).toContainText(
    'Line 2: fetch is not there: a model runs without a network',
  )
  await lab.provesAlive()
})

test('an endless loop: one is asked, waits, asks again by Stop; another ends by itself', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await page.getByLabel('Time-out').selectOption('5 s')
  await lab.write("console.log('before')\nfor (;;) {}")
  await lab.run()
  await lab.until(/^Nothing heard for [5-9] s/)
  await lab.button('Wait on').click()
  await expect(lab.status).toHaveText('Running…')
  await lab.button('Stop').click()
  await lab.until(/^Stopped before it could save a checkpoint/)
  await lab.run()
  await lab.until(/^Stopped: nothing was heard from the code for 10 s/)
  await expect(lab.console).toContainText('before')
  await lab.provesAlive()
  expect(page.workers().filter((worker) => worker.url().startsWith('blob:'))).toHaveLength(0)
})

test('tensors that each step leaves behind are counted, with a hint', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(tiny({ before: 'tf.keep(tf.zeros([10]))', steps: 60 }))
  await lab.run()
  await lab.until('Done · step 60')
  await expect(lab.results.getByText('A leak: each step leaves 1 tensor behind.')).toBeVisible()
  await lab.write(tiny({ steps: 60 }))
  await lab.run()
  await lab.until('Done · step 60')
  await expect(lab.results.getByText('A leak:')).toBeHidden()
})

test('an edited model survives a reload, is in the link, and the example comes back', async ({ page, context }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("console.log('mine', 42)")
  await expect.poll(() => page.url()).toContain('view.code=')
  const link = page.url()
  await page.reload()
  await expect(lab.editor).toContainText("console.log('mine', 42)")
  await lab.run()
  await lab.until('Done')
  await expect(lab.console).toContainText('mine 42')
  // Without the link, from the browser's own memory.
  await lab.open()
  await expect(lab.editor).toContainText("console.log('mine', 42)")
  await lab.button('Back to the example').click()
  await expect(lab.editor).toContainText('The last 24 hours of traffic go in')
  await expect(lab.button('Back to the example')).toBeHidden()
  // For somebody else, who has none of it.
  const other = new CustomLab(await (await context.browser()!.newContext()).newPage())
  await other.page.goto(link)
  await expect(other.editor).toContainText("console.log('mine', 42)")
  await expect(other.page.getByText('Code that came in a link')).toBeVisible()
  await other.page.context().close()
})

test('a stopped run goes on from its checkpoint after a reload', async ({ page }) => {
  test.slow()
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(tiny({ steps: 100_000 }))
  await lab.run()
  await expect(lab.status).toHaveText(/^Step [\d,]{2,} ·/)
  await lab.button('Stop').click()
  await lab.until(/^Stopped\. Step/)
  const goOn = page.getByRole('button', { name: /^Go on from step/ })
  const step = Number((await goOn.textContent())?.replaceAll(/\D/g, ''))
  expect(step).toBeGreaterThan(0)
  await page.reload()
  await expect(goOn).toHaveText(`Go on from step ${step.toLocaleString('en-US')}`)
  await lab.write(tiny({ steps: step + 7 }))
  await goOn.click()
  await lab.until(`Done · step ${(step + 7).toLocaleString('en-US')}`)
  await expect(lab.console).toContainText(`weight after ${step + 7}`)
})

test('Stop in the middle of an evaluation is no error of the code', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(
    `${tiny({ steps: 3 })}
console.log('evaluating')
const rows = Array.from({ length: 400_000 }, (_, i) => [i / 400_000])
const answer = await estimator.evaluate({ inputFn: arrayInputFn({ x: { x: rows }, y: rows, batchSize: 4, shuffle: false }) })
console.log('evaluated', answer.loss)`,
  )
  await lab.run()
  await expect(lab.console).toContainText('evaluating')
  await lab.button('Stop').click()
  await lab.until(/^Stopped\. Step 3/)
  await expect(lab.console.getByRole('alert')).toHaveCount(0)
  await expect(lab.console).not.toContainText('evaluated')
})

test('the lesson opens an example and runs it', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.button('Lesson').click()
  await lab.button('Run wide & deep').click()
  await expect(lab.editor).toContainText('Wide: one weight for each of the 168 hours')
  await expect(lab.status).toHaveText(/^Step/)
  await lab.button('Stop').click()
  await lab.until(/^Stopped/)
})

test('by keyboard: Mod-Enter runs, Escape and Tab leave the editor', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("console.log('by key')")
  await lab.editor.focus()
  await page.keyboard.press('Control+Enter')
  await lab.until('Done')
  await expect(lab.console).toContainText('by key')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(lab.editor).not.toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: no violation of the rules of accessibility, wide and narrow`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const lab = new CustomLab(page)
    await lab.open()
    await lab.write(tiny({ steps: 30 }))
    await lab.run()
    await lab.until('Done · step 30')
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)
    expect(await violations()).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    for (const part of ['Code', 'Results', 'Console']) {
      await page.getByRole('tab', { name: part, exact: true }).click()
      expect(await violations(), part).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  })
}

test('the LSTM of the example beats both forecasts without a model, by the margin that it states', async ({ page }) => {
  test.slow()
  const lab = new CustomLab(page)
  await lab.open()
  await expect(
    page.getByText(/at least 40 % below “same as last hour” and 10 % below “same hour last week”/),
  ).toBeVisible()
  const started = performance.now()
  await lab.run()
  await expect(lab.results.getByText(/^last at step/)).toBeVisible({ timeout: 60_000 })
  const firstSeconds = (performance.now() - started) / 1000
  await lab.until(/^Done/, 120_000)
  const seconds = (performance.now() - started) / 1000
  const error = await lab.logged(/^RMSE of the LSTM: ([\d,]+) cars/)
  const [lastHour, lastWeek] = [
    await lab.logged(/^As the last hour: ([\d,]+)/),
    await lab.logged(/^As last week: ([\d,]+)/),
  ]
  console.log(
    `LSTM ${error}, last hour ${lastHour}, last week ${lastWeek}: ${firstSeconds.toFixed(1)} s to the first evaluation, ${seconds.toFixed(1)} s in all`,
  )
  expect(error).toBeLessThan(0.6 * lastHour)
  expect(error).toBeLessThan(0.9 * lastWeek)
  await expect(lab.results.getByRole('heading', { name: /below last hour, .* below last week/ })).toBeVisible()
})

test('the Keras example answers the same to the bit in two runs, and its area under the curve rises above 0.7', async ({
  page,
}) => {
  test.slow()
  const lab = new CustomLab(page)
  await lab.open()
  await lab.openExample('Keras on watch histories')
  await lab.write(await shortened('kerasWatchHistories', 100))
  const answers: string[] = []
  for (let run = 0; run < 2; run++) {
    await lab.run()
    await lab.until('Done · step 100', 90_000)
    answers.push((await lab.console.getByText(/^The last evaluation/).textContent()) ?? '')
  }
  expect(answers[0]).toMatch(/auc: 0\.\d{4,}/)
  expect(answers[1]).toBe(answers[0])
  const [first, last] = await metric(lab, 'auc')
  expect(last).toBeGreaterThan(first)
  expect(last).toBeGreaterThan(0.7)
})

for (const { name, file, content, when, what, steps } of [
  { name: 'a made-up series', file: 'sold.csv', content: soldByTheHour(), when: 'when', what: 'sold', steps: 150 },
  { name: 'I-94', file: 'tests/data/i94-traffic.csv.gz', when: 'date_time', what: 'traffic_volume', steps: 300 },
]) {
  test(`openData('yours') gives a model the file that was opened: ${name}, forecast against both baselines`, async ({
    page,
    playground,
  }) => {
    test.slow()
    await playground.open()
    await playground.dropFile(file, content)
    await playground.trainOnIt()
    const lab = new CustomLab(page)
    await page.getByRole('link', { name: 'Custom model' }).click()
    await expect(lab.editor).toBeVisible({ timeout: 20_000 })
    await lab.write(forecastCode({ when, what, steps }))
    await lab.run()
    await lab.until(`Done · step ${steps}`, 120_000)
    const errors = { model: 0, hour: 0, week: 0 }
    for (const [key, guess] of [
      ['model', 'forecast'],
      ['hour', 'last hour'],
      ['week', 'last week'],
    ] as const) {
      errors[key] = await lab.logged(new RegExp(`^RMSE of ${guess}: ([\\d.]+)`))
    }
    console.log(`${name}: ${JSON.stringify(errors)}`)
    expect(errors.model).toBeLessThan(0.8 * errors.hour)
    expect(errors.model).toBeLessThan(0.8 * errors.week)
    await expect(lab.results.getByRole('img', { name: /^Yours, forecast an hour ahead/ })).toBeVisible()
    await page.reload()
    await lab.run()
    await expect(lab.console.getByRole('alert')).toHaveText(/^Line 9: openData\('yours'\): open a file first/)
  })
}

test('the link of an example opens what was sent beside the reader’s own copy, which comes back by one click', async ({
  page,
}) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.openExample('Bag of words in film titles')
  await expect.poll(() => page.url()).toContain('titles')
  const link = page.url()
  await lab.write("console.log('my own titles')")
  await expect.poll(() => page.url()).toContain('view.code=')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(lab.editor).toContainText('Is a film rated R? Only the words of its title are known')
  await expect(page.getByText('The example as the link has it. Your edited copy is kept.')).toBeVisible()
  await lab.button('Back to your copy').click()
  await expect(lab.editor).toContainText("console.log('my own titles')")
  await expect.poll(() => page.url()).toContain('view.code=')
  await page.reload()
  await expect(lab.editor).toContainText("console.log('my own titles')")
  // Undo stays within a document: it does not bring one's code into another.
  await lab.openExample('Wide & deep on day × hour')
  await lab.editor.focus()
  await page.keyboard.press('Control+z')
  await expect(lab.editor).toContainText('Wide: one weight for each of the 168 hours')
})

test('charts stand where they were announced when a run starts', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await expect(lab.results.getByText('The loss of each step')).toBeVisible()
  await expect(lab.results.getByRole('img')).toHaveCount(0)
  const tops = () =>
    lab.results
      .getByRole('heading')
      .evaluateAll((heads) => heads.slice(0, 3).map((head) => head.getBoundingClientRect().top))
  const before = await tops()
  await lab.write(tiny({ steps: 400 }))
  await lab.run()
  await expect(lab.results.getByRole('img', { name: /^Loss of each training step/ })).toBeVisible()
  expect(await tops()).toEqual(before)
  await lab.until('Done · step 400')
  expect(await tops()).toEqual(before)
})

test('a run goes on while another page is looked at; a reload in the middle leaves whole checkpoints', async ({
  page,
}) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(tiny({ steps: 1_000_000, saveEvery: 1 }))
  await lab.run()
  await expect(lab.status).toHaveText(/^Step [\d,]{2,} ·/)
  await page.getByRole('link', { name: 'Dimensions' }).click()
  await expect(lab.editor).toBeHidden()
  await page.goBack()
  await expect(lab.status).toHaveText(/^Step [\d,]{2,} ·/)
  await page.reload()
  const goOn = page.getByRole('button', { name: /^Go on from step/ })
  await expect(goOn).toBeVisible()
  const step = Number((await goOn.textContent())?.replaceAll(/\D/g, ''))
  await lab.write(tiny({ steps: step + 3 }))
  await goOn.click()
  await lab.until(`Done · step ${(step + 3).toLocaleString('en-US')}`)
})

test('a browser without room says so in words', async ({ page, baseURL }) => {
  const lab = new CustomLab(page)
  await lab.open()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin, quotaSize: 1_000_000 })
  await lab.write(tiny({ before: "getVariable('large', [1_000_000, 4])" }))
  await lab.run()
  await expect(lab.console.getByRole('alert')).toContainText(/gives this page no more room for checkpoints/)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin })
  await lab.provesAlive()
})

/** 20 weeks that follow the clock, with what one hour leaves to the next: neither the last hour nor the last week says it all. */
function soldByTheHour(): string {
  let left = 0
  let seed = 1
  const noise = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647 - 0.5
  }
  const lines = Array.from({ length: 20 * 168 }, (_, i) => {
    left = 0.85 * left + 40 * noise()
    const when = new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 16).replace('T', ' ')
    return `${when},${Math.round(300 + 150 * Math.sin((i % 24) / 3.8) + left)}`
  })
  return `when,sold\n${lines.join('\n')}\n`
}

/** A straight line, learnt by a model function. */
function tiny({
  before = '',
  trainOp = 'trainOp: train.gradientDescentOptimizer(0.1).minimize(loss, getGlobalStep()),',
  steps = 20,
  saveEvery = 20,
}) {
  return `import { arrayInputFn, Estimator, EstimatorSpec, getGlobalStep, getVariable, initializers, ModeKeys, tf, train } from 'estimator'
const x = Array.from({ length: 64 }, (_, i) => [i / 64])
const y = x.map(([v]) => [2 * v! + 1])
const estimator = new Estimator({
  modelDir: 'tiny',
  config: { saveCheckpointsSteps: ${saveEvery}, tfRandomSeed: 1 },
  modelFn(features, labels, mode) {
    ${before}
    const w = getVariable('w', [1, 1], initializers.zeros())
    const b = getVariable('b', [1], initializers.zeros())
    const predicted = tf.add(tf.matMul(features.x as tf.Tensor, w), b)
    if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions: { predicted } })
    const loss = tf.losses.meanSquaredError(labels!, predicted)
    return new EstimatorSpec({
      mode, predictions: { predicted }, loss,
      ${trainOp}
    })
  },
})
await estimator.train({ inputFn: arrayInputFn({ x: { x }, y, batchSize: 16, numEpochs: null, shuffle: true, seed: 1 }), maxSteps: ${steps} })
console.log('weight after ' + ${steps}, (await estimator.getVariableValue('w')).values[0])
`
}
