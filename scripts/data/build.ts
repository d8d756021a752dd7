/** `npm run build:data`: writes the files of the built-in data into `public/data/`. They are committed; a test compares. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeBuiltinFiles } from './makeBuiltinFiles'

const publicFolder = new URL('../../public/', import.meta.url)
for (const { path, text } of await makeBuiltinFiles()) {
  const target = fileURLToPath(new URL(path, publicFolder))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
  console.log(`public/${path}: ${text.length.toLocaleString('en')} characters`)
}
