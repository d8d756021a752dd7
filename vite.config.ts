import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { sandboxRuntime } from './scripts/sandboxRuntime.ts'

export default defineConfig({
  // Relative, so that the built page works from any folder of a static host.
  base: './',
  plugins: [react(), sandboxRuntime()],
  worker: { format: 'es' },
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 1500 },
})
