import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserSwitches, findOrInstallBrowser, softwareGpuSwitches } from './scripts/findBrowser.ts'

/** Kernels and models on WebGPU, in Chromium with its software adapter. */
export default defineConfig({
  // Known beforehand: a package found in the middle of a run would be bundled anew and leave the first one's modules behind.
  optimizeDeps: {
    include: [
      ...[
        'core',
        'core/dist/register_all_gradients',
        'core/dist/public/chained_ops/register_all_chained_ops',
        'backend-cpu',
        'backend-wasm',
        'backend-webgpu',
        'converter',
        'layers',
      ].map((part) => `@tensorflow/tfjs-${part}`),
      // Of the code that examples are in, and the data that they read.
      ...['@noble/hashes/sha2.js', 'acorn', 'fflate', 'sucrase', 'zod/mini'],
    ],
  },
  // Isolated, as the page is served: threads share memory.
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  test: {
    include: ['src/**/*.gpu.test.ts'],
    testTimeout: 30_000,
    allowOnly: false,
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
