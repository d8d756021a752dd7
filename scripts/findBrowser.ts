import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const variables = ['CHROMIUM_PATH', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH']
const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Path of a Chromium or Chrome: from an environment variable, the system, or Playwright's own; null where there is none. */
export function findBrowser(): string | null {
  for (const variable of variables) {
    const path = process.env[variable]
    if (!path) continue
    if (!existsSync(path)) throw new Error(`${variable} names ${path}, which does not exist.`)
    return path
  }
  for (const command of commands) {
    const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { encoding: 'utf8' })
    const path = found.status === 0 ? found.stdout.split('\n')[0]?.trim() : undefined
    if (path) return path
  }
  return [...applications, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** As `findBrowser`, but installs one where there is none: Playwright's Chromium, else Debian's package as root. */
export function findOrInstallBrowser(): string {
  const present = findBrowser()
  if (present) return present
  console.log('No Chromium or Chrome found; installing one.')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
  const downloaded = findBrowser()
  if (downloaded) return downloaded
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], options)
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('The browser tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to its executable.')
}

/** Switches for a headless browser in tests; the WebGPU ones use the software adapter. */
export const browserSwitches = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
export const softwareGpuSwitches = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--use-vulkan=swiftshader',
]
