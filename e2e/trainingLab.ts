import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { violations } from './violations'

/** What a person does in a lab that trains many models, of dimensions or of transfer, as gestures. */
export class TrainingLab {
  constructor(
    readonly page: Page,
    /** Its link. */
    readonly link: string,
  ) {}

  /** Starts the runs, once there is a plan of them. */
  get train() {
    return this.page.locator('main').getByRole('button', { name: /^Train (the source and )?\d+ (runs|students)$/ })
  }
  get results() {
    return this.page.getByRole('region', { name: 'Results' })
  }
  get chart() {
    return this.results.getByRole('img', { name: / by / })
  }
  field(name: string) {
    return this.page.getByRole('textbox', { name })
  }

  /** As a person who asked for less motion. `rest`: what the link says besides. */
  async open(rest = ''): Promise<void> {
    await this.page.emulateMedia({ reducedMotion: 'reduce' })
    await this.page.goto('about:blank')
    await this.page.goto(`./${this.link}${rest}`)
    await expect(this.train).toBeEnabled()
  }

  async set(name: string, value: string | number): Promise<void> {
    await this.field(name).fill(String(value))
    await this.field(name).blur()
  }

  /** What the menu of the results saves. */
  async saved(what: string): Promise<Buffer> {
    await this.page.getByRole('button', { name: 'Save the results' }).click()
    const downloading = this.page.waitForEvent('download')
    await this.page.getByRole('button', { name: what }).click()
    return readFile(await (await downloading).path())
  }

  /** Where a part of the results stands, from the top of the page. */
  async topOf(part: 'chart' | 'table'): Promise<number> {
    const box = await (part === 'chart' ? this.chart : this.results.getByRole('table')).boundingBox()
    return Math.round(box?.y ?? Number.NaN)
  }

  /** No violation, light and dark, wide and narrow, and nothing that makes the page scroll sideways. */
  async expectAccessible(): Promise<void> {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await this.page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await this.page.waitForTimeout(300)
        expect(
          await violations(this.page, { colorsOnly: colorScheme === 'dark' }),
          `${colorScheme}, ${viewport.width}`,
        ).toEqual([])
        const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide, `sideways at ${viewport.width}`).toBeLessThanOrEqual(0)
      }
    }
  }
}
