import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserSwitches, findOrInstallBrowser, softwareGpuSwitches } from './scripts/findBrowser.ts'

/** Kernels and models on WebGPU, in Chromium with its software adapter. */
export default defineConfig({
  test: {
    include: ['src/**/*.gpu.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: findOrInstallBrowser(), args: [...browserSwitches, ...softwareGpuSwitches] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
