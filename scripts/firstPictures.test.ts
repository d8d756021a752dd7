import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeFirstPictures } from './firstPictures'

it('draws the stored first pictures from the weights that the worker starts with', { timeout: 60_000 }, async () => {
  for (const [lab, json] of await makeFirstPictures()) {
    expect(json === readFileSync(`public/first/${lab}.json`, 'utf8'), `${lab} is stale: npm run build:first`).toBe(true)
  }
})
