import { chromium } from '@playwright/test'
import { createServer } from 'vite'
import { browserSwitches, findOrInstallBrowser, softwareGpuSwitches } from '../../scripts/findBrowser'
import type { WebgpuBench } from './page/webgpuBench'

/** The page of bench/engine/page in Chromium on its software adapter. */
export interface WebgpuPage {
  /** Calls a function of the page's bench. Rejects with what it throws, and when the page reports an error. */
  call<Name extends keyof WebgpuBench>(
    name: Name,
    ...args: Parameters<WebgpuBench[Name]>
  ): Promise<Awaited<ReturnType<WebgpuBench[Name]>>>
  close(): Promise<void>
}

const parts = ['core', 'core/dist/register_all_gradients', 'backend-cpu', 'backend-wasm', 'backend-webgpu']

export async function openWebgpuPage(): Promise<WebgpuPage> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { include: parts.map((part) => `@tensorflow/tfjs-${part}`) },
  })
  await server.listen()
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser(),
    args: [...browserSwitches, ...softwareGpuSwitches],
  })
  const page = await browser.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text())
  })
  page.on('pageerror', (error) => console.error(error))
  await page.goto(`${server.resolvedUrls!.local[0]}bench/engine/page/index.html`)
  await page.waitForFunction(() => 'webgpuBench' in window, undefined, { timeout: 120_000 })
  return {
    call: (name, ...args) =>
      page.evaluate(
        ([name, args]) => {
          const { webgpuBench } = window as unknown as { webgpuBench: Record<string, (...args: unknown[]) => unknown> }
          return webgpuBench[name as string]!(...(args as unknown[]))
        },
        [name, args] as const,
      ) as never,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}
