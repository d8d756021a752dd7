/**
 * Runs a module of the project in Node as Vite sees it (`?raw` imports of .wgsl among them): `tsx scripts/runModule.ts bench/bench.ts app`.
 * The module exports `main(args)`.
 */
import { createServer } from 'vite'

const [path = '', ...args] = process.argv.slice(2)
const server = await createServer({
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null },
  // Files inside of TensorFlow.js's core (its gradients) are written for bundlers.
  ssr: { noExternal: [/tfjs-core\/dist\//] },
})
try {
  const { main } = await server.ssrLoadModule(`/${path}`)
  await main(args)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
await server.close()
process.exit()
