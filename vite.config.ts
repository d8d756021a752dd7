import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { sandboxRuntime } from './scripts/sandboxRuntime.ts'

/** Libraries of the first screen. In one file they compress better than in the many that the labs would share. */
const shared = /node_modules\/(react|react-dom|scheduler|@mantine|@floating-ui|d3-[a-z]+|zod|zustand|@tabler|clsx)\//

export default defineConfig({
  // Relative, so that the built page works from any folder of a static host.
  base: './',
  plugins: [react(), sandboxRuntime()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'libraries', test: shared }] } } },
  },
})
