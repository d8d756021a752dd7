import { tiny } from './customCode'
import { CustomLab } from './customLab'
import { expect, test } from './fixtures'
import { violations } from './violations'

test('charts stand where they were announced when a run starts, and nothing moves when it ends', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(tiny({ steps: 400 }))
  await expect(lab.results.getByText('The loss of each step')).toBeVisible()
  await expect(lab.results.getByRole('img')).toHaveCount(0)
  const before = await lab.headingTops()
  await lab.run()
  await expect(lab.results.getByRole('img', { name: /^Loss of each training step/ })).toBeVisible()
  expect(await lab.headingTops()).toEqual(before)
  await lab.until('Done · step 400')
  expect(await lab.headingTops()).toEqual(before)
})

test('Stop in the middle of an evaluation is no error of the code', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(
    `${tiny({ steps: 3 })}
console.log('evaluating')
const rows = Array.from({ length: 400_000 }, (_, i) => [i / 400_000])
const answer = await estimator.evaluate({ inputFn: arrayInputFn({ x: { x: rows }, y: rows, batchSize: 4, shuffle: false }) })
console.log('evaluated', answer.loss)`,
  )
  await lab.run()
  await expect(lab.console).toContainText('evaluating')
  await lab.button('Stop').click()
  await lab.until(/^Stopped\. Step 3/)
  await expect(lab.console.getByRole('alert')).toHaveCount(0)
  await expect(lab.console).not.toContainText('evaluated')
})

test('a run ends with the calls that nobody awaits, and Stop ends them too', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  const inMain = (code: string) => {
    const [imports, ...rest] = code.split('\n')
    return `${imports}\nasync function main() {\n${rest.join('\n')}\n}\nmain()`
  }
  await lab.write(inMain(tiny({ steps: 60 })))
  await lab.run()
  await lab.until('Done · step 60')
  await expect(lab.console).toContainText('weight after 60')
  await lab.write(inMain(tiny({ steps: 1_000_000 })))
  await lab.run()
  await lab.until(/^Step [\d,]{2,} ·/)
  await lab.button('Stop').click()
  await lab.until(/^Stopped\. Step/)
  await expect(lab.console.getByRole('alert')).toHaveCount(0)
})

test('code that evaluates and draws again and again is slowed down, not ended', async ({ page }) => {
  test.slow()
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(`${tiny({ steps: 20 })}
import { showSeries } from 'playground'
const inputFn = arrayInputFn({ x: { x }, y, batchSize: 64, shuffle: false })
for (let i = 0; i < 200; i++) {
  const { loss } = await estimator.evaluate({ inputFn })
  for (let j = 0; j < 20; j++) showSeries({ title: 'loss again', lines: { loss: [i, j, loss!] } })
}
console.log('evaluated 200 times')`)
  await lab.run()
  await lab.until('Done · step 20', 60_000)
  await expect(lab.console).toContainText('evaluated 200 times')
})

test('the lesson opens an example and runs it', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.button('Lesson').click()
  await lab.button('Run wide & deep').click()
  await expect(lab.editor).toContainText('Wide: one weight for each of the 168 hours')
  await expect(lab.status).toHaveText(/^Step/)
  await lab.button('Stop').click()
  await lab.until(/^Stopped/)
})

test('by keyboard: Mod-Enter runs, Escape and Tab leave the editor', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write("console.log('by key')")
  await lab.editor.focus()
  await page.keyboard.press('Control+Enter')
  await lab.until('Done')
  await expect(lab.console).toContainText('by key')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(lab.editor).not.toBeFocused()
})

test('no violation of the rules of accessibility, wide and narrow, light and dark', async ({ page }) => {
  test.slow()
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(`${tiny({ steps: 30 })}
await estimator.evaluate({ inputFn: arrayInputFn({ x: { x }, y, batchSize: 64, shuffle: false }) })`)
  await lab.run()
  await lab.until('Done · step 30')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const colorsOnly = colorScheme === 'dark'
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(await violations(page, { colorsOnly }), colorScheme).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    for (const part of ['Code', 'Results', 'Console']) {
      await page.getByRole('tab', { name: part, exact: true }).click()
      expect(await violations(page, { colorsOnly }), `${part}, ${colorScheme}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  }
})
