import { afterEach, beforeEach } from 'vitest'

/** The tests of this file are one story: when one fails, those after it are left out instead of failing for the same reason. */
export function oneStory(): void {
  let failed: string | null = null
  beforeEach(({ skip }) => skip(failed !== null, `「${failed}」 failed before`))
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed ??= task.name
  })
}
