import { availableParallelism } from 'node:os'

/**
 * How many files of journeys run at a time, each with a browser and a county of its own: one more than there are cores, as each waits for the other
 * side a third of its time; no more than memory bears.
 */
export const lanes = Math.min(availableParallelism() + 1, 4)

/** Units wait for their databases now and then: one more than there are cores keeps these busy. */
export const workers = Math.min(availableParallelism() + 1, 4)
