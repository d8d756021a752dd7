import { expect, test } from './fixtures'
import type { Playground } from './playground'
import { readJson } from './readings'

interface Weights {
  backend: string
  step: number
  metrics: { train: { loss: number }; validation: { loss: number } }
}

/** On the software adapter: see the switches of this project in playwright.config.ts. */
test('a software adapter is not chosen by itself', async ({ page, playground }) => {
  await playground.open()
  await expect(playground.badge).toContainText('WebAssembly')
  await playground.badge.click()
  await expect(page.getByText(/the only WebGPU adapter \(.*\) runs in software\.$/)).toBeVisible()
  await expect(page.getByRole('radio', { name: /^WebGPU software/ })).toBeEnabled()
})

for (const lab of ['movies', 'dayHour']) {
  test(`${lab}: chosen by hand it trains to the losses of WebAssembly`, async ({ page, playground }) => {
    await playground.open({ link: `#lab=${lab}` })
    const wasm = await afterAnEpoch(playground)
    expect(wasm.backend).toBe('wasm')
    await playground.chooseBackend('WebGPU')
    await expect(playground.badge).toContainText('WebGPU · software')
    await playground.untilStarted()
    const webgpu = await afterAnEpoch(playground)
    expect(webgpu.backend).toBe('webgpu')
    expect(webgpu.step).toBe(wasm.step)
    expect(Math.abs(webgpu.metrics.train.loss - wasm.metrics.train.loss)).toBeLessThan(1e-3)
    expect(Math.abs(webgpu.metrics.validation.loss - wasm.metrics.validation.loss)).toBeLessThan(1e-3)
    await playground.badge.click()
    await expect(page.getByText(/^Chosen by hand: WebGPU .*software adapter/)).toBeVisible()
    await playground.escape()
    await playground.reset()
    await expect(playground.badge).toContainText('WebGPU · software')
  })
}

async function afterAnEpoch(playground: Playground): Promise<Weights> {
  const before = await playground.metric('validation')
  await playground.stepOnce('epoch')
  await expect.poll(() => playground.metric('validation')).not.toBe(before)
  return readJson<Weights>(await playground.exportWeights())
}
