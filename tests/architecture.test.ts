import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const table = readFileSync('docs/architecture.md', 'utf8')
const allowed = new Map(
  [...table.matchAll(/^\| `([\w.]+)` *\|[^|]*\| *([^|]*?) *\|$/gm)].map((row) => [
    row[1]!,
    new Set(row[2]!.match(/\w+/g) ?? []),
  ]),
)
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

/** Import paths of a file, resolved to the folder of src they lie in, and packages by name. */
function importsOf(file: string): { folders: string[]; packages: string[] } {
  const text = readFileSync(join('src', file), 'utf8')
  const paths = [...text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!)
  const folders = paths
    .filter((path) => path.startsWith('.'))
    .map((path) => relative('.', join(dirname(file), path)).split('/')[0]!)
  return { folders, packages: paths.filter((path) => !path.startsWith('.')) }
}

/** Files that come with one, by imports of more than types. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached
  reached.add(file)
  const text = readFileSync(join('src', file), 'utf8')
  for (const [, names = '', path = ''] of text.matchAll(/^import ([^'"]*?)(?: from )?'(\.[^'?]+)'/gm)) {
    const typesOnly = names.startsWith('type ') || /^\{(\s*type \w+,?)+\s*\}$/.test(names)
    const target = `${join(dirname(file), path)}.ts`
    if (!typesOnly && files.includes(target)) reachedFrom(target, reached)
  }
  return reached
}

const folderOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : file)
const isTest = (file: string) => /\.test\.tsx?$/.test(file)

describe('docs/architecture.md', () => {
  it('names every folder of src', () => {
    const folders = new Set(files.filter((file) => !file.endsWith('.d.ts')).map(folderOf))
    expect([...folders].filter((folder) => !allowed.has(folder))).toEqual([])
  })

  it('allows every import between folders', () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) => {
        const home = folderOf(file)
        const foreign = importsOf(file).folders.filter((folder) => folder !== home && !allowed.get(home)?.has(folder))
        return foreign.map((folder) => `${file} imports ${folder}/`)
      })
    expect(wrong).toEqual([])
  })

  it('keeps TensorFlow.js off the main thread and React in ui', () => {
    const engine = new Set(['kernels', 'model', 'engine', 'estimator', 'sandbox', 'trainer', 'worker'])
    const wrong = files.flatMap((file) => {
      const packages = importsOf(file).packages
      const tensorflow = packages.some((name) => name.startsWith('@tensorflow')) && !engine.has(folderOf(file))
      const react =
        packages.some((name) => /^(react|@mantine|@tabler)/.test(name)) && !['ui', 'main.tsx'].includes(folderOf(file))
      return tensorflow || react ? [file] : []
    })
    expect(wrong).toEqual([])
  })

  it('trains on the CPU without TensorFlow.js', () => {
    const loading = [...reachedFrom('engine/cpu/createFusedModel.ts')].filter((file) =>
      /^import (?!type )[^']*'@tensorflow/m.test(readFileSync(join('src', file), 'utf8')),
    )
    expect(loading).toEqual([])
  })

  it('finds the imports it checks', () => {
    expect(importsOf('store/store.ts').folders).toContain('experiment')
    expect(reachedFrom('engine/cpu/createFusedModel.ts')).toContain('kernels/simd/simdHeap.ts')
    expect(reachedFrom('model/createModel.ts')).toContain('kernels/embeddingBag.ts')
  })
})
