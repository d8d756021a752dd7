/**
 * Compiles the SIMD kernels, src/kernels/simd/assembly, into src/kernels/simd/compiled.ts: as text, so that a worker, Node and a test load them the same
 * way. Twice: over memory of one thread, and over shared memory. `npm run build:simd`; `npm ci` runs it too.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const folder = await mkdtemp(join(tmpdir(), 'simd-'))

async function compile(name: string, ...options: string[]): Promise<string> {
  const path = join(folder, `${name}.wasm`)
  const { error, stderr } = await asc.main([
    'src/kernels/simd/assembly/index.ts',
    `--outFile=${path}`,
    '--runtime=stub',
    '--importMemory',
    '--enable=simd',
    '--enable=bulk-memory',
    '--noAssert',
    '-O3',
    ...options,
  ])
  if (error) throw new Error(stderr.toString())
  return (await readFile(path)).toString('base64')
}

const oneThread = await compile('kernels')
const threads = await compile('threads', '--enable=threads', '--sharedMemory', '--maximumMemory=65536')
await rm(folder, { recursive: true })
await writeFile(
  'src/kernels/simd/compiled.ts',
  `// Made by npm run build:simd.\nexport const oneThread =\n  '${oneThread}'\nexport const threads =\n  '${threads}'\n`,
)
