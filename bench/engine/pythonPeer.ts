import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Ratings } from './shapes'

/** A script of bench/peers that answers requests until it is closed (`serve_rounds.py`). */
export interface PythonPeer {
  /** Calls a method of the script's `Peer`. Rejects with what it raised. */
  call<T>(name: string, args: object, schema: z.ZodType<T>): Promise<T>
  close(): void
}

const answerSchema = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })])

/** Null, with a message, where PEERS_PYTHON is not set or lacks one of `packages`. */
export async function startPeer(script: string, packages: readonly string[]): Promise<PythonPeer | null> {
  const python = process.env.PEERS_PYTHON
  if (!python) {
    console.log(`${script} is left out: PEERS_PYTHON names no Python (see bench/peers/requirements.txt).`)
    return null
  }
  if (!(await canImport(python, packages))) {
    console.log(`${script} is left out: ${python} has not all of ${packages.join(', ')}.`)
    return null
  }
  const child = spawn(python, [join('bench/peers', script)], { stdio: 'pipe' })
  let complaints = ''
  child.stderr.on('data', (data: Buffer) => {
    complaints = (complaints + data.toString()).slice(-4000)
  })
  const nextLine = linesOf(child)
  return {
    async call(name, args, schema) {
      child.stdin.write(`${JSON.stringify({ call: name, arguments: args })}\n`)
      const line = await nextLine()
      if (line === null) throw new Error(`${script} ended during ${name}:\n${complaints}`)
      const answer = answerSchema.parse(JSON.parse(line))
      if ('error' in answer) throw new Error(`${script}, ${name}: ${answer.error}\n${complaints}`)
      return schema.parse(answer.value)
    },
    close: () => child.stdin.end(),
  }
}

function canImport(python: string, packages: readonly string[]): Promise<boolean> {
  const code = `import importlib.util as u, sys; sys.exit(any(u.find_spec(p) is None for p in ${JSON.stringify(packages)}))`
  return new Promise((resolve) => {
    const child = spawn(python, ['-c', code], { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('exit', (status) => resolve(status === 0))
  })
}

/** The lines of its output, one a call; null when it has ended. */
function linesOf({ stdout }: ChildProcessWithoutNullStreams): () => Promise<string | null> {
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return async () => {
    const { value, done } = await lines.next()
    return done ? null : value
  }
}

/** Writes the three arrays to files for the time that `use` takes. */
export async function withRatingFiles<T>(ratings: Ratings, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ratings-'))
  try {
    await Promise.all(Object.entries(ratings).map(([name, values]) => writeFile(join(folder, name), values)))
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
