import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { Playground } from '../e2e/playground'
import { serve } from '../scripts/serve'
import type { BackendName, BuiltinName } from '../src/experiment/experiment'
import { labDefaults } from '../src/experiment/labs'
import { createRandom } from '../src/lib/random'
import { frameTimes, launchBrowser, movedAfter, quantile, watchFirstPictures } from './browser'
import { openBench } from './trainExperiment'
import { tableOf, writeResults } from './writeResults'

const labs: BuiltinName[] = ['movies', 'dayHour', 'airports']
/** Epochs of a round: about a tenth of a second, or it would say nothing. */
const epochsOf: Partial<Record<BackendName, number>> = { wasm: 60, cpu: 2 }
const backends: BackendName[] = ['wasm', 'cpu']
const rounds = 5

interface Speed {
  lab: BuiltinName
  backend: BackendName
  /** Median of the rounds' medians. */
  examplesPerSecond: number
  min: number
  max: number
}

/** Speed of the labs in Node and of the built page in Chromium. Needs `npm run build` first. */
export async function bench(): Promise<void> {
  const speeds = await labSpeeds()
  const { server, url } = await serve({ port: 0 })
  const browser = await launchBrowser()
  const starts = await startTimes(browser, url)
  const plays = await playTimes(browser, url)
  const frames = [
    ...(await labFrames(browser, url)),
    await manyPointsFrames(browser, url),
    await sweepFrames(browser, url),
  ]
  await browser.close()
  server.close()

  const parts = [
    `**Examples a second** of training, evaluation apart; ${rounds} rounds in turn:`,
    tableOf(
      ['lab', 'backend', 'examples/s', 'lowest', 'highest'],
      speeds.map((s) => [
        s.lab,
        s.backend,
        ...[s.examplesPerSecond, s.min, s.max].map((v) => Math.round(v).toLocaleString('en')),
      ]),
    ),
    `**From navigation to the first picture** on a warm server, a fresh page each time, opened before; Chromium, software rendering, ${rounds} rounds:`,
    tableOf(
      ['', 'median ms', 'slowest ms'],
      [
        ['first picture on the map', ...medianAndMax(starts.map((start) => start.picture))],
        ['first moved point', ...medianAndMax(starts.map((start) => start.moved))],
      ],
    ),
    `**From Play to the first moved point** of the default lab, data and code there already, ${rounds} rounds:`,
    tableOf(['', 'median ms', 'slowest ms'], [['first moved point', ...medianAndMax(plays)]]),
    '**Frame times while training** flat out, 1440 × 900:',
    tableOf(
      ['points', 'p50 ms', 'p95 ms'],
      frames.map(({ name, p50, p95 }) => [name, p50.toFixed(1), p95.toFixed(1)]),
    ),
  ]
  await writeResults('app', { speeds, starts, plays, frames }, parts.join('\n\n'))
}

async function labSpeeds(): Promise<Speed[]> {
  const trainer = openBench()
  const measured = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++) {
    for (const lab of labs) {
      for (const backend of backends) {
        const { examplesPerSecond } = await trainer.train({
          ...labDefaults[lab],
          backend,
          stop: { epochs: epochsOf[backend]!, patience: null },
        })
        const key = `${lab} ${backend}`
        measured.set(key, [...(measured.get(key) ?? []), examplesPerSecond])
        console.log(`${key}: ${Math.round(examplesPerSecond).toLocaleString('en')} examples/s`)
      }
    }
  }
  await trainer.destroy()
  return labs.flatMap((lab) =>
    backends.map((backend) => {
      const values = measured.get(`${lab} ${backend}`)!.sort((a, b) => a - b)
      return { lab, backend, examplesPerSecond: quantile(values, 0.5), min: values[0]!, max: values.at(-1)! }
    }),
  )
}

interface Start {
  picture: number
  moved: number
}

async function startTimes(browser: Browser, url: string): Promise<Start[]> {
  const starts: Start[] = []
  for (let round = 0; round <= rounds; round++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await watchFirstPictures(page)
    // A new window first loads pages of the browser's own (its address bar's): their time is not ours.
    await page.waitForTimeout(2500)
    await page.goto(url)
    const seen = await page.waitForFunction(() => {
      const { seenPictures } = window as unknown as { seenPictures: { picture: number | null; moved: number | null } }
      return seenPictures.moved === null ? null : seenPictures
    })
    const { picture, moved } = (await seen.jsonValue()) as Start
    await page.close()
    // The first round warms the server's cache and the browser's.
    if (round > 0) starts.push({ picture, moved })
  }
  return starts
}

async function playTimes(browser: Browser, url: string): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const playground = await openPage(browser, url)
    await playground.open()
    await playground.page.waitForTimeout(1500)
    times.push(await movedAfter(playground.page, () => playground.play()))
    await playground.page.context().close()
  }
  return times
}

async function labFrames(browser: Browser, url: string) {
  const frames = []
  for (const [name, lab] of Object.entries({
    'Movies, 400': 'movies',
    'Day × hour, 168 and the sheet': 'dayHour',
    'Airports, 154': 'airports',
    'Movies, one row at a time on two threads':
      'movies&batchSize=1&backend=wasm&optimizer.type=rowAdagrad&optimizer.learningRate=0.05',
  })) {
    const playground = await openPage(browser, url)
    await playground.open({ playing: true, link: `#lab=${lab}&stop.epochs=100000` })
    await playground.set('Speed', 'full')
    frames.push(await framesOf(name, playground))
  }
  return frames
}

/** Ratings of 10,000 items by 1,000 users, made up here and dropped on the page. */
async function manyPointsFrames(browser: Browser, url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'embedding-playground-'))
  const path = join(folder, 'ratings.csv')
  const random = createRandom(1)
  // Tastes on two axes: something to learn, so that training goes on while frames are counted.
  const taste = Array.from({ length: 11_000 }, () => [random.normal(), random.normal()] as const)
  const lines = Array.from({ length: 500_000 }, (_, i) => {
    const [user, item] = [random.integer(1000), i % 10_000]
    const [u, v] = [taste[user]!, taste[1000 + item]!]
    const rating = Math.round(2 * (3 + u[0] * v[0] + u[1] * v[1] + random.normal())) / 2
    return `${user + 1},${item + 1},${Math.min(5, Math.max(0.5, rating))},0`
  })
  await writeFile(path, `userId,movieId,rating,timestamp\n${lines.join('\n')}\n`)
  const playground = await openPage(browser, url)
  await playground.open({ playing: true })
  await playground.chooseFile(path)
  await playground.trainOnIt()
  // It would have learnt the file before the frames are counted.
  await playground.button('Training settings').click()
  for (const label of ['Stop after (epochs)', 'Patience (epochs)']) {
    await playground.page.getByLabel(label).fill('')
    await playground.page.keyboard.press('Enter')
  }
  await playground.page.keyboard.press('Escape')
  await playground.page.waitForTimeout(1000)
  if (!/^Training/.test(await playground.status())) await playground.play()
  const frames = await framesOf('a file of ratings, 10,000', playground)
  await rm(folder, { recursive: true })
  return frames
}

/** The Dimensions lab while its trainers sweep over Day × hour. */
async function sweepFrames(browser: Browser, url: string) {
  const { page } = await openPage(browser, url)
  await page.goto('./#lab=dayHour&view.page=dimensions')
  await page.getByRole('textbox', { name: 'Epochs' }).fill('200')
  await page.getByRole('textbox', { name: 'Epochs' }).press('Enter')
  await page.getByRole('button', { name: /^Train \d+ runs$/ }).click()
  await page.waitForTimeout(3000)
  const times = await frameTimes(page, 8000)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.context().close()
  return { name: 'Dimensions lab, a sweep over Day × hour', p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

async function openPage(browser: Browser, baseURL: string): Promise<Playground> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  return new Playground(await context.newPage())
}

/** Once it has run for three seconds; a run that ended would draw nothing. */
async function framesOf(name: string, playground: Playground) {
  await playground.page.waitForTimeout(3000)
  const times = await frameTimes(playground.page, 8000)
  if (!/^Training/.test(await playground.status())) throw new Error(`${name}: training was over before the frames were`)
  await playground.page.context().close()
  return { name, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

function medianAndMax(values: number[]): string[] {
  const sorted = [...values].sort((a, b) => a - b)
  return [quantile(sorted, 0.5), sorted.at(-1) ?? Number.NaN].map((value) => value.toFixed(0))
}
