import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'

/** What a person sees on the page, as values. */
export class Readings {
  readonly training: Locator
  readonly map: Locator
  readonly features: Locator
  readonly data: Locator
  readonly dialog: Locator

  constructor(readonly page: Page) {
    this.training = page.getByRole('region', { name: 'Training', exact: true })
    this.map = page.getByRole('region', { name: 'Map of the embedding' })
    this.features = page.getByRole('region', { name: 'Feature columns' })
    this.data = page.getByRole('region', { name: 'Data', exact: true })
    this.dialog = page.getByRole('dialog')
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** What the run computes on. */
  get badge(): Locator {
    return this.button(/^(Runs on|Backend)/)
  }

  /** What is predicted, on the data's card. */
  get labelPicker(): Locator {
    return this.data.getByRole('button').filter({ hasNotText: 'About this data' })
  }

  card(title: string): Locator {
    return this.page.getByRole('article', { name: title, exact: true })
  }

  /** A part of the right column by its title: `Nearest points`. */
  section(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title })
  }

  /** `Training 410 k examples/s`, `Paused at step 12`, `Stopped after 40 epochs`. */
  async status(): Promise<string> {
    const parts = this.training.locator('dl > div').last()
    return parts.evaluate((stat) => `${stat.querySelector('dt')?.textContent} ${stat.querySelector('dd')?.textContent}`)
  }

  async step(): Promise<number> {
    const status = await this.status()
    if (/^Ready/.test(status)) return 0
    const found = /at step ([\d,]+)/.exec(status)
    if (!found) throw new Error(`The step is shown while paused, but the page says: ${status}`)
    return Number(found[1]?.replaceAll(',', ''))
  }

  async epoch(): Promise<number> {
    return Number(await this.stat('Epoch').textContent())
  }

  /** Until the metrics are those of the step at which it stands: they are measured after a pause. */
  async untilMeasured(): Promise<void> {
    await expect(this.training.locator('[aria-busy=true]')).toHaveCount(0)
  }

  /** The metric in the bar above the map, on one side. */
  async metric(side: 'train' | 'validation'): Promise<number> {
    await this.untilMeasured()
    const text = (await this.stat(/^Validation /).textContent()) ?? ''
    const found = (side === 'train' ? /train ([−\d.]+)/ : /^([−\d.]+)/).exec(text)
    return toNumber(found?.[1] ?? 'NaN')
  }

  /** Epoch, metrics and status: what stands still while nothing trains. */
  async numbers(): Promise<string> {
    return (await this.training.locator('dl').textContent()) ?? ''
  }

  stat(label: string | RegExp): Locator {
    const exact = typeof label === 'string' ? new RegExp(`^${label}$`) : label
    return this.training
      .locator('dl > div')
      .filter({ has: this.page.locator('dt', { hasText: exact }) })
      .locator('dd')
  }

  async neighbours(): Promise<string[]> {
    return this.section('Nearest points').getByRole('listitem').allTextContents()
  }

  async selected(): Promise<string | null> {
    return this.section('Nearest points').locator('p strong').first().textContent()
  }

  /** Learnt and shuffled R² under `Similarity, measured`, by attribute. */
  async similarity(): Promise<Record<string, { learnt: number; shuffled: number }>> {
    const rows = this.section('Similarity, measured').locator('div:has(> p > strong)')
    const read: Record<string, { learnt: number; shuffled: number }> = {}
    for (const row of await rows.all()) {
      const [, learnt, shuffled] = /learnt([−\d.]+)shuffled([−\d.]+)/.exec((await row.textContent()) ?? '') ?? []
      const title = (await row.locator('strong').textContent()) ?? ''
      read[title] = { learnt: toNumber(learnt ?? 'NaN'), shuffled: toNumber(shuffled ?? 'NaN') }
    }
    return read
  }

  /** Under `Similarity, measured`: figures learnt and shuffled, a share as a share of 1, by what must be in common and the figure's name. */
  async inCommon(): Promise<Record<string, Record<string, { learnt: number; shuffled: number }>>> {
    const tables = await this.section('Similarity, measured')
      .locator('table')
      .evaluateAll((all) =>
        all.map((table) => [...table.querySelectorAll('tr')].map((tr) => [...tr.cells].map((cell) => cell.innerText))),
      )
    const number = (text = '') => (text.endsWith(' %') ? toNumber(text.slice(0, -2)) / 100 : toNumber(text))
    return Object.fromEntries(
      tables.map(([head, ...rows]) => [
        head?.[0],
        Object.fromEntries(
          rows.map(([name, , learnt, shuffled]) => [name, { learnt: number(learnt), shuffled: number(shuffled) }]),
        ),
      ]),
    )
  }

  /** Validation metric at the best epoch of every run in `Runs of this visit`, by its features, the newest of the same features last. */
  async runs(): Promise<{ settings: string; best: number }[]> {
    const rows = this.section('Runs of this visit').locator('tbody tr')
    const texts = await rows.evaluateAll((all) =>
      all.map((row) => ({
        settings: row.querySelector('th')?.textContent ?? '',
        best: row.querySelector('td')?.textContent ?? '',
      })),
    )
    return texts.map(({ settings, best }) => ({ settings, best: toNumber(best) }))
  }

  /** Share of the map's pixels that are not its most common colour. */
  async ink(): Promise<number> {
    return this.map
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return 0
        const pixels = new Uint32Array(
          canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? [],
        )
        const counts = new Map<number, number>()
        for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
        return 1 - Math.max(...counts.values()) / pixels.length
      })
  }

  /** The picture on the map, to tell one from another. */
  async picture(): Promise<string> {
    return this.map
      .locator('canvas')
      .first()
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  }

  async untilStatus(status: RegExp, timeout = 30_000): Promise<void> {
    await expect.poll(() => this.status(), { timeout }).toMatch(status)
  }
}

/** A number as the page writes it, with a true minus and commas. */
export function toNumber(text: string): number {
  return Number(text.replace('−', '-').replaceAll(',', ''))
}

export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T
}
