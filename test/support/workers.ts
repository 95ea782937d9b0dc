import { availableParallelism } from 'node:os'

/** How many files of journeys run at a time, each with a browser and a county of its own: they wait for pages now and then, so one more than there are cores, but no more than memory bears. */
export const lanes = Math.min(Math.max(2, availableParallelism() + 1), 4)

/** Units wait for their databases now and then: one more than there are cores keeps these busy. */
export const workers = Math.min(availableParallelism() + 1, 4)
