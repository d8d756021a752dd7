import { beforeEach, describe, expect, it, vi } from 'vitest'
import { compileCode } from './compileCode'
import { createCompiler, type StartCompileWorker } from './createCompiler'

/** Answers at once, but for code that says `hang`. */
function fakeWorkers() {
  const terminated: number[] = []
  let started = 0
  const start: StartCompileWorker = (hear) => {
    const number = ++started
    return {
      postMessage({ id, source }: { id: number; source: string }) {
        if (source !== 'hang') queueMicrotask(() => hear({ id, compiled: compileCode(source) }))
      },
      terminate: () => void terminated.push(number),
    }
  }
  return { start, terminated, started: () => started }
}

beforeEach(() => {
  vi.useFakeTimers()
})

describe('createCompiler', () => {
  it('answers each code with its own', async () => {
    const workers = fakeWorkers()
    const compile = createCompiler(workers.start)
    const [one, two] = await Promise.all([compile('const a: number = 1'), compile('(')])
    expect(one).toMatchObject({ ok: true, code: expect.stringContaining('const a') })
    expect(two).toMatchObject({ ok: false, line: 1 })
    await vi.advanceTimersByTimeAsync(10_000)
    expect([workers.started(), workers.terminated]).toEqual([1, []])
  })

  it('gives up on code that takes too long, and reads the next one', async () => {
    const workers = fakeWorkers()
    const compile = createCompiler(workers.start)
    const hanging = compile('hang')
    await vi.advanceTimersByTimeAsync(5000)
    expect(await hanging).toMatchObject({ ok: false, message: expect.stringContaining('could not be read within 5 s') })
    expect(workers.terminated).toEqual([1])
    expect(await compile('1')).toMatchObject({ ok: true })
    expect(workers.started()).toBe(2)
  })
})
