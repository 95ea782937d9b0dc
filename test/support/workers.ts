import { availableParallelism } from 'node:os'

/** How many files of journeys run at a time, each with a browser and a county of its own: all cores (vitest by itself leaves one free, which of two is half), but no more than memory bears. */
export const lanes = Math.min(Math.max(2, availableParallelism()), 4)

/** Units wait for their databases now and then: one more than there are cores keeps these busy. */
export const workers = Math.min(availableParallelism() + 1, 4)
