import { gzipSync } from 'node:zlib'
import type { Request } from '@playwright/test'
import { expect, test } from './fixtures'
import type { Playground } from './playground'

const ALLOWED_BYTES = 250_000
/** Stands in TensorFlow.js's core, minified or not. */
const TENSORFLOW = /IS_BROWSER.*IS_NODE|engine\(\)\.registerBackend|tfjs/

test('the main thread loads at most 250 kB of JavaScript, gzipped, and no TensorFlow.js', async ({
  page,
  playground,
}) => {
  const requested = new Set<string>()
  const onRequest = (request: Request) => {
    if (/\.js(\?|$)/.test(request.url())) requested.add(request.url())
  }
  page.context().on('request', onRequest)
  await page.goto('./')
  await playground.untilStarted()
  await openEveryPart(playground)
  const workers = new Set(page.workers().map((worker) => worker.url()))
  expect(workers.size).toBe(1)
  // What the document fetched itself: a worker keeps a list of its own.
  const own = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const main = [...requested].filter((url) => own.includes(url) && !workers.has(url))
  const others = [...requested].filter((url) => !main.includes(url))
  const bodies = async (urls: string[]) => Promise.all(urls.map(async (url) => (await page.request.get(url)).body()))
  const files = await bodies(main)
  const total = files.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
  console.log(`Main thread: ${main.length} scripts, ${total.toLocaleString('en-US')} bytes gzipped`)
  expect(total).toBeGreaterThan(50_000)
  expect(total).toBeLessThanOrEqual(ALLOWED_BYTES)
  expect(files.filter((body) => TENSORFLOW.test(body.toString()))).toHaveLength(0)
  // The same mark is found where TensorFlow.js is: in the worker's files.
  expect((await bodies(others)).some((body) => TENSORFLOW.test(body.toString()))).toBe(true)
})

/** Every part that might be loaded late. */
async function openEveryPart(playground: Playground): Promise<void> {
  const { page } = playground
  await playground.choose('Map or table', 'Table')
  await playground.choose('Map or table', 'Map')
  await playground.button('Save the picture').click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Picture as PNG' }).click()
  await saving
  await playground.selectPoint('The Matrix')
  for (const name of [/^Runs on/, 'Share', 'Export', 'Theme', 'Training settings', 'Change film']) {
    await playground.button(name).click()
    await playground.escape()
  }
  for (const name of ['Your data', 'Column', 'Cross']) {
    await playground.button(name).click()
    await playground.escape()
  }
  await playground.button('Lesson').click()
  await playground.openLab('Day × hour')
  await playground.labelPicker.click()
  await playground.escape()
  await playground.openLab('Airports')
  await playground.dropFile('a.csv', `a,b\n${'1,2\n2,3\n'.repeat(30)}`)
  await playground.trainOnIt()
}
