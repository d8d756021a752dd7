import { type Browser, chromium, type Page } from '@playwright/test'
import { browserSwitches, findOrInstallBrowser } from '../scripts/findBrowser'

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findOrInstallBrowser(), args: browserSwitches })
}

/**
 * Looks at the map's canvas once a frame, from outside the page's code: when it first holds ink, and when its ink first changes after that.
 * Times in ms from the start of navigation.
 */
export async function watchFirstPictures(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: { picture: number | null; moved: number | null } = { picture: null, moved: null }
    Object.assign(window, { seenPictures: seen })
    const small = new OffscreenCanvas(160, 120).getContext('2d', { willReadFrequently: true })!
    let ink = ''
    function look() {
      const canvas = document.querySelector<HTMLCanvasElement>('main canvas')
      if (canvas && canvas.width > 0) {
        small.clearRect(0, 0, 160, 120)
        small.drawImage(canvas, 0, 0, 160, 120)
        const pixels = new Uint32Array(small.getImageData(0, 0, 160, 120).data.buffer)
        let hash = 0
        let painted = 0
        for (const pixel of pixels) {
          if (pixel !== pixels[0]) painted++
          hash = (Math.imul(hash, 31) + pixel) | 0
        }
        // Another size of the canvas changes its pixels too, and moves no point.
        const now = `${canvas.width} ${canvas.height} ${hash}`
        const sameSize = ink.startsWith(`${canvas.width} ${canvas.height} `)
        if (painted > 0 && seen.picture === null) seen.picture = performance.now()
        else if (seen.picture !== null && seen.moved === null && sameSize && now !== ink) seen.moved = performance.now()
        ink = now
      }
      if (seen.moved === null) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** From the press of a button to the first frame in which the map's points have moved, in ms. */
export async function movedAfter(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('main canvas')!
    const picture = () => {
      const { width, height } = canvas
      const small = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
      small.drawImage(canvas, 0, 0)
      return new Uint32Array(small.getImageData(0, 0, width, height).data.buffer)
    }
    const before = picture()
    const measured = new Promise<number>((resolve) => {
      addEventListener(
        'click',
        ({ timeStamp }) => {
          const look = () => {
            const now = picture()
            if (now.some((pixel, i) => pixel !== before[i])) resolve(performance.now() - timeStamp)
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        },
        { capture: true, once: true },
      )
    })
    Object.assign(window, { measured })
  })
  await press()
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured)
}

/** Times between animation frames over `ms`, ascending. */
export function frameTimes(page: Page, ms: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let last = performance.now()
        const end = last + duration
        function tick(now: number) {
          times.push(now - last)
          last = now
          if (now < end) requestAnimationFrame(tick)
          else resolve(times.slice(1).sort((a, b) => a - b))
        }
        requestAnimationFrame(tick)
      }),
    ms,
  )
}

export const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
