import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contracts,packages/*,services/*}/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Much of the time goes into waiting for processes; one worker of two cores would leave one of them idle.
    maxWorkers: 2,
  },
})
