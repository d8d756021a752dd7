import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

const names = ['Movies', 'Day × hour', 'Airports', 'Your data', 'Transfer', 'Dimensions', 'Custom model']

interface Bar {
  names: string[]
  /** How many lines the labs stand in. */
  lines: number
  /** Labs and tools that leave the screen, and what lies over another of them. */
  faults: string[]
}

function readBar(page: Page): Promise<Bar> {
  return page.evaluate(() => {
    const header = document.querySelector('header')!
    const labs = [...header.querySelectorAll<HTMLElement>('nav a, nav button')]
    const all = [...labs, ...header.querySelectorAll<HTMLElement>('nav + div button')]
    const boxes = all.map((element) => element.getBoundingClientRect())
    const nameOf = (i: number) => all[i]!.getAttribute('aria-label') ?? all[i]!.textContent!
    const faults: string[] = []
    boxes.forEach((box, i) => {
      if (box.left < 0 || box.right > innerWidth || all[i]!.scrollWidth > all[i]!.clientWidth + 1)
        faults.push(`${nameOf(i)} is cut`)
      boxes.slice(i + 1).forEach((other, j) => {
        const isApart = box.right <= other.left || other.right <= box.left
        if (!isApart && box.bottom > other.top && other.bottom > box.top)
          faults.push(`${nameOf(i)} lies over ${nameOf(i + 1 + j)}`)
      })
    })
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways')
    const lines = new Set(labs.map((lab) => Math.round(lab.getBoundingClientRect().top))).size
    return { names: labs.map((lab) => lab.textContent!), lines, faults }
  })
}

test('every lab is in sight at every width: in one line, and in two on a phone', async ({ page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await playground.open()
  await expect(playground.button('Share')).toBeVisible()
  for (const width of [1440, 1380, 1379, 1180, 1179, 1024, 1020, 1019, 960, 959, 820, 800, 799, 768, 760]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await readBar(page), `${width} pixels`).toEqual({ names, lines: 1, faults: [] })
  }
  for (const width of [759, 412, 390, 360, 320]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await readBar(page), `${width} pixels`).toEqual({ names, lines: 2, faults: [] })
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Embedding Playground')
})

test('on a phone the keyboard goes through the labs, and a ring round the last of them is whole', async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  const labs = page.getByRole('navigation', { name: 'Labs' })
  await labs.getByRole('link', { name: 'Movies' }).focus()
  for (let i = 0; i < 6; i++) await page.keyboard.press('Tab')
  const last = labs.getByRole('link', { name: 'Custom model' })
  await expect(last).toBeFocused()
  await expect(last).toHaveCSS('outline-width', '2px')
  await expect(labs).toHaveCSS('overflow', 'visible')
  await expect(labs).toHaveCSS('mask-image', 'none')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'How many dimensions?' })).toBeVisible()
})
