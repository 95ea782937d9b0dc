import { expect, test } from 'vitest'
import { whenOf } from './jobs.tsx'

test('the usual times of scheduled work are said in words', () => {
  expect(['* * * * *', '*/5 * * * *', '7 * * * *', '5 3 * * *', '0 3 * * 1'].map(whenOf)).toEqual(['每分鐘', '每 5 分鐘', '每小時的第 7 分', '每天 3:05', '0 3 * * 1'])
})
