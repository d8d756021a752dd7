import { CODE_NAME } from './failureAt'

type Body = (require: (name: string) => unknown, exports: object) => Promise<void>
const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => Body

/** Runs a CommonJS body with `await` at its top. `modules`: all that it may import, by name. */
export async function runCode(code: string, modules: Readonly<Record<string, object>>): Promise<void> {
  const require = (name: string) => {
    const module = Object.hasOwn(modules, name) ? modules[name] : undefined
    if (module) return module
    const known = Object.keys(modules).map((known) => `'${known}'`)
    throw new Error(`'${name}' cannot be imported here: only ${known.join(' and ')} can.`)
  }
  await new AsyncFunction('require', 'exports', `${code}\n//# sourceURL=${CODE_NAME}`)(require, {})
}
