import { serve } from '../scripts/serve'
import { expect, test } from './fixtures'

/** The built page; another folder when a build of one's own is tested. */
const built = process.env.PLAYGROUND_FOLDER ?? 'dist'
const link = '#lab=movies&backend=wasm&optimizer.type=rowAdagrad&optimizer.learningRate=0.05'

test('one example at a time, a dot product trains on several cores, and the badge says so', async ({
  page,
  playground,
}) => {
  await playground.open({ link })
  await playground.set('Batch size', '1')
  await expect(playground.training.getByRole('combobox', { name: 'Speed' })).toHaveValue('full')
  const cores = await page.evaluate(() => navigator.hardwareConcurrency)
  // The ratings of the lab are cut into four groups of viewers and of films: no more than four threads have work.
  const threads = Math.min(cores, Math.max(2, cores - 1), 4)
  await expect(playground.badge).toContainText(`SIMD, ${threads} ${threads === 1 ? 'thread' : 'threads'}`)
  await playground.untilStatus(/^Ready/)
  // A step is a row: there are 34,475 to learn from.
  await playground.stepOnce('epoch')
  await playground.untilStatus(/at step 34,475$/)
  const loss = await playground.metric('validation')
  await playground.stepOnce('epoch')
  await playground.untilStatus(/at step 68,950$/)
  expect(await playground.metric('validation')).toBeLessThan(loss)
  await playground.stepOnce('batch')

  // Another host, without the headers that share memory: one thread, the reason, and the same numbers to the last digit shown.
  const { server, url } = await serve({ folder: built, port: 0, withHeaders: false })
  try {
    await page.goto(`${url}${link}&batchSize=1`)
    await playground.untilStarted()
    await expect(playground.training.getByRole('combobox', { name: 'Speed' })).toHaveValue('full')
    await expect(playground.badge).toContainText('SIMD, 1 thread')
    await playground.badge.click()
    await expect(page.getByText('threads need a page that is cross-origin isolated')).toBeVisible()
    await page.keyboard.press('Escape')
    await playground.stepOnce('epoch')
    await playground.untilStatus(/at step 34,475$/)
    expect(await playground.metric('validation')).toBe(loss)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
