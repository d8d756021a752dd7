import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeBuiltinFiles } from './makeBuiltinFiles'

it('makes the very files that are committed in public/data, under 300 kB together', async () => {
  const files = await makeBuiltinFiles()
  for (const { path, text } of files) {
    const committed = readFileSync(new URL(`../../public/${path}`, import.meta.url), 'utf8')
    // Not toBe: a difference would print the whole file.
    expect(committed === text, `public/${path} is not what npm run build:data makes`).toBe(true)
  }
  expect(files).toHaveLength(4)
  expect(files.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), 0)).toBeLessThan(300_000)
}, 30_000)
