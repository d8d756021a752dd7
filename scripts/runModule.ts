/**
 * Runs a module of the project in Node as Vite sees it (`?raw` imports of .wgsl among them): `tsx scripts/runModule.ts bench/bench.ts app`.
 * The module exports `main(args)`.
 */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Files written for bundlers, which Node cannot load by itself: an alias makes Vite load them. */
const bundled = [
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops',
]

const [path = '', ...args] = process.argv.slice(2)
const server = await createServer({
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null },
  resolve: { alias: Object.fromEntries(bundled.map((path) => [path, fileURLToPath(import.meta.resolve(path))])) },
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
