import { test as base } from '@playwright/test'
import { Playground } from './playground'

interface Fixtures {
  playground: Playground
  /** What the page and its worker complained about; a journey fails on any of it. */
  complaints: string[]
}

/** `test` with a driver, and a page whose every console error or uncaught error fails the journey. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`))
      await use(complaints)
      expect(complaints, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => {
    await use(new Playground(page))
  },
})

export const expect = test.expect
