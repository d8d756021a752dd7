import { build, type Plugin } from 'vite'

const asked = 'virtual:sandbox-runtime'
const entry = 'src/sandbox/sandbox.worker.ts'

/**
 * Answers `import url from 'virtual:sandbox-runtime'` with the address of everything that a person's code runs on, as one classic script: a worker of
 * an opaque origin can load nothing beside it.
 */
export function sandboxRuntime(): Plugin {
  let isBuild = false
  return {
    name: 'sandbox-runtime',
    configResolved(config) {
      isBuild = config.command === 'build'
    },
    resolveId: (id) => (id === asked ? `\0${asked}` : null),
    async load(id) {
      if (id !== `\0${asked}`) return null
      const { code, modules } = await bundleRuntime()
      for (const file of modules) this.addWatchFile(file)
      if (!isBuild) return `export default URL.createObjectURL(new Blob([${JSON.stringify(code)}]))`
      const reference = this.emitFile({ type: 'asset', name: 'sandbox-runtime.js', source: code })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}

async function bundleRuntime(): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    // There is no module here to ask about itself.
    define: { 'import.meta': '{}' },
    build: {
      target: 'es2023',
      write: false,
      copyPublicDir: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('The sandbox runtime was not bundled.')
  const [chunk, ...others] = output.output
  if (others.length > 0) throw new Error(`The sandbox runtime must be one file, not also ${others[0]?.fileName}.`)
  return { code: chunk.code, modules: chunk.moduleIds.filter((file) => !file.startsWith('\0')) }
}
