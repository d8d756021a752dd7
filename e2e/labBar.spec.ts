import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

const labs = (page: Page) => page.getByRole('navigation', { name: 'Labs' })

/** Whether the link is wholly within the bar. */
function isInSight(page: Page, name: string): Promise<boolean> {
  return labs(page)
    .getByRole('link', { name, exact: true })
    .evaluate((link) => {
      const [own, bar] = [link.getBoundingClientRect(), link.parentElement!.getBoundingClientRect()]
      return own.left >= bar.left - 1 && own.right <= bar.right + 1
    })
}

test('on a phone the bar of labs shows the one that is open, says that there are more, and follows the keyboard', async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const [link, name, more] of [
    ['#lab=dayHour&view.page=dimensions', 'Dimensions', /start/],
    ['#lab=movies&view.page=custom', 'Custom model', /^start$/],
    ['#lab=movies', 'Movies', /^end$/],
  ] as const) {
    await page.goto('about:blank')
    await page.goto(`./${link}`)
    await expect.poll(() => isInSight(page, name)).toBe(true)
    await expect(labs(page)).toHaveAttribute('data-more', more)
  }
  await playground.untilStarted()
  expect(await isInSight(page, 'Custom model')).toBe(false)
  await labs(page).getByRole('link', { name: 'Movies' }).focus()
  for (let i = 0; i < 6; i++) await page.keyboard.press('Tab')
  await expect(labs(page).getByRole('link', { name: 'Custom model' })).toBeFocused()
  await expect.poll(() => isInSight(page, 'Custom model')).toBe(true)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'How many dimensions?' })).toBeVisible()
  await expect.poll(() => isInSight(page, 'Dimensions')).toBe(true)
})
