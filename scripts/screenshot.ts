/** Takes docs/screenshot.png of the first screen while it trains: `npm run build && npm run screenshot`. */
import { chromium } from '@playwright/test'
import { browserSwitches, findOrInstallBrowser } from './findBrowser'
import { serve } from './serve'

const { server, url } = await serve({ port: 0 })
const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: browserSwitches })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
await page.goto(url)
await page.waitForTimeout(8000)
await page.screenshot({ path: 'docs/screenshot.png' })
await browser.close()
server.close()
