import { defineConfig } from '@playwright/test'
import { browserSwitches, findOrInstallBrowser, softwareGpuSwitches } from './scripts/findBrowser'

const port = Number(process.env.PLAYGROUND_PORT ?? 4187)
const executablePath = findOrInstallBrowser()
const wide = { viewport: { width: 1440, height: 900 } }

/** Journeys against the built page. `npm run build` first; `npm test` does. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: { baseURL: `http://localhost:${port}/`, ...wide, trace: 'off' },
  webServer: { command: `npx tsx scripts/serve.ts --port ${port}`, port, reuseExistingServer: false },
  projects: [
    {
      name: 'cpu',
      testIgnore: /webgpu/,
      use: { launchOptions: { executablePath, args: browserSwitches } },
    },
    {
      name: 'webgpu-software',
      testMatch: /webgpu/,
      use: { launchOptions: { executablePath, args: [...browserSwitches, ...softwareGpuSwitches] } },
    },
  ],
})
