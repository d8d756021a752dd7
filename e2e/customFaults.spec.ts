import { tiny } from './customCode'
import { CustomLab } from './customLab'
import { expect, test } from './fixtures'

/** What is wrong with the code, and what is said of it. */
const faults: [what: string, code: string, said: string | RegExp][] = [
  ['a syntax error', "const a = 1\nif (a {\n  console.log('x')\n}", /^Line 2: .*expected "\)"/],
  [
    'a thrown error',
    "type Row = { a: number }\nfunction f(row: Row): number {\n  throw new RangeError('no ' + row.a)\n}\nf({ a: 7 })",
    'Line 3: RangeError: no 7',
  ],
  [
    'an error in a callback, after an import, a text and a type of several lines',
    `import {
  tf,
} from 'estimator'
const text = \`a
\tb \${tf.version_core}
\`
type A = {
  a: number
}
async function later() {
  await null
\tthrow new Error('later' + text.length)
}
await Promise.all([1].map(async () => later()))`,
    /^Line 12: later\d+$/,
  ],
  [
    'an error that nobody awaits',
    "// later\n\nsetTimeout(() => {\n  throw new Error('late')\n})\nawait new Promise(() => {})",
    'Line 4: late',
  ],
  ['an unknown import', "import fs from 'fs'\nconsole.log(fs)", /^Line 1: 'fs' cannot be imported here/],
  ['an EstimatorSpec without its trainOp', tiny({ trainOp: '' }), /^Line \d+: .*trainOp/i],
  [
    'a way to a host',
    "// a host\nawait fetch('https://example.com/')",
    /^Line 2: fetch is not there: a model runs without a network/,
  ],
  [
    'a plot that has no room for its words',
    "import { showSeries } from 'playground'\nshowSeries({ title: 'a', lines: { ['long'.repeat(20)]: [1] } })",
    /^Line 2: RangeError: showSeries: the name of a line has 80 characters/,
  ],
]

test('what is wrong with code is told in words, at its line, and the page lives on', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  for (const [what, code, said] of faults) {
    await test.step(what, async () => {
      await lab.write(code)
      await lab.run()
      await expect(lab.console.getByRole('alert')).toHaveText(said)
      await expect(page.locator('.cm-lint-marker-error')).toBeVisible()
    })
  }
  await lab.provesAlive()
  await expect(page.locator('.cm-lint-marker-error')).toBeHidden()
})

test('code that keeps the compiler busy for ever does not hold up the page, and is refused', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(`f(${'<T>(x = '.repeat(40)}1${') => x'.repeat(40)})`)
  // The check that comes without a run takes its time, too.
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText(/^Line 1: This code could not be read within 5 s/)
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible()
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

test('code that does not end when it is stopped ends by a second Stop', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write('for (;;) await new Promise((resolve) => setTimeout(resolve, 10))')
  await lab.run()
  await lab.until('Running…')
  await lab.button('Stop').click()
  await lab.until('Stopping…')
  await lab.button('Stop now').click()
  await lab.until(/^Stopped before it could save a checkpoint/, 1000)
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
