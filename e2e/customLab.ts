import { expect, type Page } from '@playwright/test'

/** What a person does in the custom model lab, as gestures. */
export class CustomLab {
  constructor(readonly page: Page) {}

  get editor() {
    return this.page.getByRole('textbox', { name: /^Code of the model/ })
  }
  get console() {
    return this.page.getByRole('region', { name: 'Console' })
  }
  get results() {
    return this.page.getByRole('region', { name: 'Results' })
  }
  get status() {
    return this.page.getByRole('toolbar', { name: 'Custom model' }).getByRole('status')
  }
  /** What computes. */
  get backend() {
    return this.page.getByRole('toolbar', { name: 'Custom model' }).locator('[data-backend]')
  }
  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** `address`: of the page; the tested one's by default. */
  async open(address = './'): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(`${address}#lab=movies&view.page=custom`)
    await expect(this.editor).toBeVisible({ timeout: 20_000 })
  }

  async openExample(title: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Example' }).selectOption(title)
  }

  /** Replaces the code; by the editor's own keys, since it draws a part of a long text only. */
  async write(code: string): Promise<void> {
    await this.editor.press('ControlOrMeta+a')
    await this.editor.press('Delete')
    await this.editor.fill(code)
  }

  async run(): Promise<void> {
    await this.button('Run').click()
  }

  async until(status: string | RegExp, timeout = 30_000): Promise<void> {
    await expect(this.status).toHaveText(status, { timeout })
  }

  /** The number in what the code has logged. */
  async logged(line: RegExp): Promise<number> {
    const text = (await this.console.getByText(line).first().textContent()) ?? ''
    return Number(line.exec(text)?.[1]?.replaceAll(',', ''))
  }

  /** First and last value of a metric, from the table beside the curve. */
  async metric(name: string): Promise<[first: number, last: number]> {
    const cells = this.results.getByRole('row', { name: new RegExp(`^${name} `) }).getByRole('cell')
    const [first, last] = await cells.allTextContents()
    return [Number(first), Number(last)]
  }

  /** Where the parts of the results begin, in pixels. */
  async headingTops(): Promise<number[]> {
    const heads = this.results.getByRole('heading', { level: 2 })
    return heads.evaluateAll((all) => all.map((head) => head.getBoundingClientRect().top))
  }

  async showsMap(): Promise<void> {
    await expect(this.results.getByRole('img', { name: /^Map of \d+ rows/ })).toBeVisible()
    await expect(this.results.getByText(/rows × 2 at step/)).toBeVisible()
  }

  /** Runs a few lines to show that the lab has outlived what came before. */
  async provesAlive(): Promise<void> {
    await this.write("console.log('still', 'here')")
    await this.run()
    await this.until('Done')
    await expect(this.console).toContainText('still here')
  }
}
