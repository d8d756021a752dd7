import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect } from '@playwright/test'
import { Readings } from './readings'

export type Lab = 'Movies' | 'Day × hour' | 'Airports'

interface Opening {
  /** false: as a person who asked for less motion, for whom nothing plays by itself. */
  playing?: boolean
  /** What follows the address of the page: `#lab=airports`. */
  link?: string
  /** Waits for the run; false: comes back at once. */
  ready?: boolean
}

/** What a person does on the page, as gestures. */
export class Playground extends Readings {
  async open({ playing = false, link = '', ready = true }: Opening = {}): Promise<void> {
    await this.page.emulateMedia({ reducedMotion: playing ? 'no-preference' : 'reduce' })
    await this.page.goto(`./${link}`)
    if (ready) await this.untilStarted()
  }

  async untilStarted(): Promise<void> {
    await this.untilStatus(/^(Ready|Training|Paused|Stopped)/)
  }

  /** A small table is learnt before one sees it train. */
  async play(): Promise<void> {
    await this.button('Play').click()
    await this.untilStatus(/^(Training|Stopped)/)
  }

  async pause(): Promise<void> {
    await this.button('Pause').click()
    await this.untilStatus(/^Paused/)
  }

  /** One batch or epoch further; comes back when it has been taken. */
  async stepOnce(unit: 'batch' | 'epoch'): Promise<void> {
    const [step, epoch] = [await this.step(), await this.epoch()]
    await this.button(`Step one ${unit}`).click()
    if (unit === 'batch') await expect.poll(() => this.step()).toBe(step + 1)
    else await expect.poll(() => this.epoch()).toBe(Math.floor(epoch) + 1)
  }

  /** The same experiment from the same weights. */
  async reset(): Promise<void> {
    await this.button('Start over from the same weights').click()
    await this.untilStatus(/^(Ready|Training)/)
  }

  async newSeed(): Promise<void> {
    await this.button('New seed').click()
    await this.untilStatus(/^(Ready|Training)/)
  }

  async undo(): Promise<void> {
    await this.button(/^Undo/).click()
  }

  async redo(): Promise<void> {
    await this.button(/^Redo/).click()
  }

  /** `Speed`, `Optimizer`, `Batch size`: a setting of the bar, by what its menu shows. */
  async set(setting: string, value: string): Promise<void> {
    await this.training.getByRole('combobox', { name: setting, exact: true }).selectOption(value)
  }

  async openLab(lab: Lab): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: lab }).click()
    await expect(this.data.getByRole('heading', { level: 3 })).toHaveText(lab)
    await this.untilStarted()
  }

  /** By keyboard, from where it stands; every dimension from 1 to 8 is one key press away from the next. */
  async setDimension(column: string, dimension: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: `Embedding dimension of ${column}` })
    const present = Number(await slider.getAttribute('aria-valuetext'))
    for (let at = present; at !== dimension; at += Math.sign(dimension - at))
      await slider.press(dimension > present ? 'ArrowRight' : 'ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuetext', String(dimension))
  }

  /** One of the choices that stand side by side, by the group's name and the words on it. */
  async choose(group: string, choice: string): Promise<void> {
    const radios = this.page.getByRole('radiogroup', { name: group })
    await radios.getByText(choice, { exact: true }).click()
    await expect(radios.getByRole('radio', { name: choice, exact: true })).toBeChecked()
  }

  async addCross(columns: string[], hashBuckets?: number): Promise<void> {
    await this.features.getByRole('button', { name: 'Cross', exact: true }).click()
    for (const column of columns) await this.dialog.getByRole('checkbox', { name: column, exact: true }).check()
    if (hashBuckets !== undefined) {
      await this.choose('Kind of the cross', 'Hashed, as in TensorFlow')
      await this.dialog.getByLabel('Hash bucket size').fill(String(hashBuckets))
      await this.dialog.getByLabel('Hash bucket size').press('Enter')
    }
    await this.dialog.getByRole('button', { name: 'Add cross' }).click()
    await expect(this.dialog).toBeHidden()
  }

  async removeColumn(title: string): Promise<void> {
    await this.button(`Change ${title}`).click()
    await this.page.getByRole('button', { name: 'Remove' }).click()
    await expect(this.card(title)).toBeHidden()
  }

  /** By the search above the map. */
  async selectPoint(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Search points by name' }).fill(name)
    await this.page.getByRole('option', { name, exact: true }).click()
    await expect.poll(() => this.selected()).toBe(name)
  }

  /** Saves the weights and gives the path of the file. */
  async exportWeights({ optimizerState = false } = {}): Promise<string> {
    await this.button('Export').click()
    if (optimizerState) await this.page.getByRole('checkbox', { name: 'With the optimizer’s state' }).check()
    const downloading = this.page.waitForEvent('download')
    await this.button('Save weights').click()
    const path = await (await downloading).path()
    await expect(this.button('Save weights')).toBeHidden()
    return path
  }

  async importWeights(path: string): Promise<void> {
    await this.button('Export').click()
    const choosing = this.page.waitForEvent('filechooser')
    await this.button('Open saved weights…').click()
    await (await choosing).setFiles({
      name: 'weights.json',
      mimeType: 'application/json',
      buffer: await readFile(path),
    })
    await expect(this.button('Open saved weights…')).toBeHidden()
    await this.untilStarted()
  }

  /** Drops a file anywhere on the page; `content` instead of a file on the disk. */
  async dropFile(path: string, content?: string): Promise<void> {
    const bytes = content === undefined ? await readFile(path) : Buffer.from(content)
    const dataTransfer = await this.page.evaluateHandle(
      async ([name, base64]) => {
        const transfer = new DataTransfer()
        const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([binary], name))
        return transfer
      },
      [basename(path), bytes.toString('base64')] as const,
    )
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer })
    await expect(this.page.getByText(/^Drop to open/)).toBeVisible()
    await this.page.dispatchEvent('body', 'drop', { dataTransfer })
  }

  /** Chooses a file under `Your data`: for one too large to be dropped by a test. */
  async chooseFile(path: string): Promise<void> {
    await this.button('Your data').click()
    const choosing = this.page.waitForEvent('filechooser')
    await this.button('Choose files…').click()
    await (await choosing).setFiles(path)
  }

  /** Confirms what was read of a file. */
  async trainOnIt(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Train on it' }).click()
    await expect(this.dialog).toBeHidden()
    await this.untilStarted()
  }

  /** The share dialog's link. */
  async share(): Promise<string> {
    await this.button('Share').click()
    const field = this.page.getByRole('textbox', { name: 'Link' })
    const link = await field.inputValue()
    await this.escape()
    return link
  }

  async chooseBackend(title: 'Automatic' | 'WebGPU' | 'WebAssembly' | 'JavaScript'): Promise<void> {
    await this.badge.click()
    await this.page.getByRole('radio', { name: new RegExp(`^${title}`) }).check()
    await this.escape()
    await this.untilStarted()
  }

  /** Closes what a button opened. A popover takes the focus a moment after it is there: a key before that goes to its button. */
  async escape(): Promise<void> {
    const opened = this.dialog.or(this.page.getByRole('menu'))
    await expect(opened.first()).toBeVisible()
    await expect(async () => {
      await this.page.keyboard.press('Escape')
      await expect(opened).toHaveCount(0, { timeout: 500 })
    }).toPass()
  }
}
