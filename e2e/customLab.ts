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

  /** Replaces the code. */
  async write(code: string): Promise<void> {
    await this.editor.fill(code)
  }

  /** What stands in the editor, also what is scrolled out of sight. */
  async code(): Promise<string> {
    return this.page.evaluate(() => {
      const entries: { document: string; code: string }[] = JSON.parse(localStorage.getItem('custom-models') ?? '[]')
      return entries.at(-1)?.code ?? ''
    })
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

  /** Runs a few lines to show that the lab has outlived what came before. */
  async provesAlive(): Promise<void> {
    await this.write("console.log('still', 'here')")
    await this.run()
    await this.until('Done')
    await expect(this.console).toContainText('still here')
  }
}
