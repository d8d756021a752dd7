import { cp, writeFile } from 'node:fs/promises'
import { serve } from '../scripts/serve'
import { expect, test } from './fixtures'

/** The built page; another folder when a build of one's own is tested. */
const built = process.env.PLAYGROUND_FOLDER ?? 'dist'

test('on a static host, in a folder, without headers: it trains on one thread and says so', async ({
  page,
  playground,
}, info) => {
  const root = info.outputPath('host')
  await cp(built, `${root}/some/folder`, { recursive: true })
  await writeFile(`${root}/index.html`, '<!doctype html><title>Another page</title>')
  const { server, url } = await serve({ folder: root, port: 0, withHeaders: false })
  try {
    const response = await page.goto(`${url}some/folder/`)
    expect(response?.headers()).not.toHaveProperty('content-security-policy')
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    await playground.untilStatus(/^(Training|Stopped)/)
    await expect(playground.badge).toContainText('WebAssembly · SIMD, 1 thread')
    for (const lab of ['Day × hour', 'Airports'] as const) {
      await playground.openLab(lab)
      await expect.poll(() => playground.epoch()).toBeGreaterThan(0)
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('its own server isolates the page and lets no code in but its own', async ({ page, playground }) => {
  const response = await page.goto('./')
  const headers = response?.headers() ?? {}
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await playground.untilStarted()
  const missing = await page.request.get('./no-such-file.js')
  expect(missing.status()).toBe(404)
})
