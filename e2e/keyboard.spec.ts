import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** The name of what has the focus; the kind of element where it has none. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? (element?.textContent?.trim() || element?.localName) ?? 'nothing'
  })
}

test('a dialog gives the focus back to what opened it, and what a column leaves goes to “Column”', async ({
  page,
  playground,
}) => {
  await playground.open({ link: '#lab=dayHour' })
  for (const opener of ['Look inside day × hour', 'Column', 'Cross']) {
    await playground.button(opener).press('Enter')
    await expect(playground.dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(playground.dialog).toBeHidden()
    await expect(playground.button(opener)).toBeFocused()
  }
  await playground.button('Column').press('Enter')
  await playground.dialog.getByRole('button', { name: 'Add column' }).press('Enter')
  await expect(playground.card('day')).toBeVisible()
  await expect(playground.button('Column')).toBeFocused()
  await playground.button('Change day').press('Enter')
  await page.getByRole('button', { name: 'Remove' }).press('Enter')
  await expect(playground.card('day')).toBeHidden()
  await expect(playground.button('Column')).toBeFocused()
})

test('a lesson takes the focus, and gives it back to its button', async ({ page, playground }) => {
  await playground.open()
  for (const lab of [null, 'Transfer', 'Dimensions', 'Custom model']) {
    if (lab) await page.getByRole('link', { name: lab }).click()
    const button = page.getByRole('button', { name: 'Lesson', exact: true }).first()
    await button.press('Enter')
    const lesson = page.getByRole('region', { name: /^Lesson: / })
    await expect(lesson).toBeFocused()
    await expect(lesson).toBeInViewport()
    await page.keyboard.press('Tab')
    expect(await focused(page), `${lab}`).toBe('Next step')
    await lesson.getByRole('button', { name: 'Close the lesson' }).press('Enter')
    await expect(button).toBeFocused()
  }
})

test('another page takes the focus that the way to it had', async ({ page, playground }) => {
  await playground.open()
  await playground.button('How many dimensions? For film').press('Enter')
  await expect(page.getByRole('heading', { name: 'How many dimensions?' })).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
  await page.getByRole('button', { name: 'Change' }).press('Enter')
  await expect(playground.map).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
})

test('Ctrl+Z takes back what a slider set, and undo keeps the focus when nothing is left', async ({
  page,
  playground,
}) => {
  await playground.open()
  await playground.setDimension('film', 4)
  await page.keyboard.press('Control+z')
  await expect(playground.card('film').getByText('Dimension 3')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(playground.card('film').getByText('Dimension 4')).toBeVisible()
  const undo = playground.button(/^Undo/)
  for (const dimension of [3, 2]) {
    await undo.press('Enter')
    await expect(playground.card('film').getByText(`Dimension ${dimension}`)).toBeVisible()
  }
  await expect(undo).toBeDisabled()
  await expect(undo).toBeFocused()
  await undo.press('Enter')
  await expect(playground.card('film').getByText('Dimension 2')).toBeVisible()
})
