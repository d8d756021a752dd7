import { expect, test } from './fixtures'

test('without a graphics card it runs on WebAssembly and says why', async ({ page, playground }) => {
  await playground.open()
  await expect(playground.badge).toContainText('WebAssembly')
  await playground.badge.click()
  await expect(page.getByText(/^WebAssembly on the CPU \(.*\): there is no WebGPU adapter here\.$/)).toBeVisible()
  const webgpu = page.getByRole('radio', { name: /^WebGPU/ })
  await expect(webgpu).toBeDisabled()
  await expect(webgpu).toHaveAccessibleDescription(/WebGPU/)
})

test('WebGPU asked for by hand is answered with why not', async ({ page, playground }) => {
  await playground.open({ link: '#lab=movies&backend=webgpu' })
  await expect(playground.badge).toContainText('WebAssembly')
  await playground.badge.click()
  await expect(page.getByText(/^WebGPU was chosen, but: This browser .* WebAssembly on the CPU/)).toBeVisible()
  await playground.escape()
  await playground.stepOnce('batch')
})

test('plain JavaScript chosen by hand trains, is said so, and stays through a reset', async ({ page, playground }) => {
  await playground.open()
  await playground.stepOnce('epoch')
  const wasm = await playground.metric('validation')
  await playground.chooseBackend('JavaScript')
  await expect(playground.badge).toContainText('JavaScript')
  await playground.stepOnce('epoch')
  await expect.poll(async () => Math.abs((await playground.metric('validation')) - wasm)).toBeLessThanOrEqual(0.001)
  await playground.reset()
  await expect(playground.badge).toContainText('JavaScript')
  await playground.badge.click()
  await expect(page.getByText(/^Chosen by hand: Plain JavaScript/)).toBeVisible()
})
