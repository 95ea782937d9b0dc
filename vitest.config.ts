import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The walk over every page comes first: it wants the demonstration as it begins, before journeys close, issue and publish. The logs are read when all is done. */
class PagesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) => (file.moduleId.endsWith('every-page.test.ts') ? 0 : file.moduleId.endsWith('logs.test.ts') ? 2 : 1)
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: '#jsx' } },
  test: {
    env: { TZ: 'Asia/Taipei' },
    sequence: { sequencer: PagesFirst },
    projects: [
      {
        extends: true,
        test: { name: 'unit', globalSetup: 'test/support/cluster.ts', include: ['app/**/*.test.{ts,tsx}', 'test/support/**/*.test.ts', 'test/kill/**/*.test.ts'], exclude: ['app/**/*.browser.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        // one browser and one service at a time: two cores
        test: { name: 'journeys', globalSetup: 'test/support/service.ts', include: ['test/journeys/**/*.test.ts', 'app/**/*.browser.test.ts'], fileParallelism: false, testTimeout: 240_000, hookTimeout: 180_000 },
      },
    ],
  },
})
