import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { lanes, workers } from './test/support/workers.ts'

/** Journeys that need no demonstration county run while it is loaded; then the longest, so that no lane ends with it alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const first = ['identity.test.ts', 'faults.test.ts', 'showcase.browser.test.ts', 'client.browser.test.ts', 'every-page.test.ts', 'commands.test.ts']
    const rank = (file: TestSpecification) => {
      const at = first.findIndex((name) => file.moduleId.endsWith(`/${name}`))
      return at < 0 ? first.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: '#jsx' } },
  test: {
    env: { TZ: 'Asia/Taipei' },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // what a file imports is imported once a worker: half of the time went there
        test: { name: 'unit', maxWorkers: workers, isolate: false, setupFiles: 'test/support/afresh.ts', globalSetup: 'test/support/cluster.ts', include: ['app/**/*.test.{ts,tsx}', 'test/support/**/*.test.ts'], exclude: ['app/**/*.browser.test.ts', 'app/docs.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        // these see what they declare themselves, nothing of other files
        test: { name: 'alone', sequence: { groupOrder: 2 }, maxWorkers: workers, globalSetup: 'test/support/cluster.ts', include: ['test/kill/**/*.test.ts', 'app/docs.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        // each file has a browser and a county of its own
        test: { name: 'journeys', maxWorkers: lanes, sequence: { groupOrder: 1 }, globalSetup: 'test/support/service.ts', include: ['test/journeys/**/*.test.ts', 'app/**/*.browser.test.ts'], testTimeout: 240_000, hookTimeout: 180_000 },
      },
    ],
  },
})
