import type { Compiled } from './compileCode'

export interface CompileAnswer {
  id: number
  compiled: Compiled
}

/** Starts the worker; `hear` is called with each answer, `fail` when it breaks. */
export type StartCompileWorker = (
  hear: (answer: CompileAnswer) => void,
  fail: (message: string) => void,
) => Pick<Worker, 'postMessage' | 'terminate'>

/** Code of a few lines can keep a parser of TypeScript busy for hours, and it comes in links. */
const MOST_MS = 5000
const TOO_LONG = `This code could not be read within ${MOST_MS / 1000} s: functions in the defaults of functions, many levels deep?`

/** Compiles code beside the page, which goes on whatever is in it. The worker is started with the first code. */
export function createCompiler(startWorker: StartCompileWorker): (source: string) => Promise<Compiled> {
  let worker: ReturnType<StartCompileWorker> | null = null
  let last = 0
  const waiting = new Map<number, (compiled: Compiled) => void>()

  function giveUp(message: string): void {
    worker?.terminate()
    worker = null
    for (const answer of waiting.values()) answer({ ok: false, message, line: 1, column: 1 })
    waiting.clear()
  }
  function hear({ id, compiled }: CompileAnswer): void {
    waiting.get(id)?.(compiled)
    waiting.delete(id)
  }
  const fail = (message: string) => giveUp(`What reads the code did not start: ${message}. Reload the page.`)

  return (source) =>
    new Promise((resolve) => {
      const id = ++last
      const timer = setTimeout(() => giveUp(TOO_LONG), MOST_MS)
      waiting.set(id, (compiled) => {
        clearTimeout(timer)
        resolve(compiled)
      })
      worker ??= startWorker(hear, fail)
      worker.postMessage({ id, source })
    })
}
