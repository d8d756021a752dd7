import { createCompiler } from './createCompiler'

/** Compiles code in a worker of the page; see `compileCode`. */
export const compileAside = createCompiler((hear, fail) => {
  const worker = new Worker(new URL('./compile.worker.ts', import.meta.url), { type: 'module', name: 'compile' })
  worker.onmessage = ({ data }) => hear(data)
  worker.onerror = ({ message }) => fail(message || 'no reason given')
  return worker
})
