import { availableParallelism } from 'node:os'

/** How many test files run at a time: all cores (vitest by itself leaves one free, which of two is half), but no more than memory bears. */
export const workers = Math.min(Math.max(2, availableParallelism()), 4)
