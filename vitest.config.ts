import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/*.gpu.test.ts', 'node_modules/**'],
    environment: 'node',
    // A fifth quicker than processes; each file still has modules of its own.
    pool: 'threads',
    // All cores: one is left free otherwise, which is half of a small machine.
    maxWorkers: '100%',
    testTimeout: 15_000,
    allowOnly: false,
  },
})
