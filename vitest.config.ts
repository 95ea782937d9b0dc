import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    env: { TZ: 'Asia/Taipei' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', globalSetup: 'test/support/cluster.ts', include: ['app/**/*.test.{ts,tsx}', 'test/support/**/*.test.ts'], exclude: ['app/**/*.browser.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        // one browser and one service at a time: two cores
        test: { name: 'journeys', globalSetup: 'test/support/service.ts', include: ['test/journeys/**/*.test.ts', 'app/**/*.browser.test.ts'], fileParallelism: false, testTimeout: 240_000, hookTimeout: 180_000 },
      },
    ],
  },
})
