import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { due } from '../due-for-tests.ts'
import { handlingDays } from '../handling-days.ts'

test('worked example 31: an ordinary letter counts the make-up Saturday', () => {
  expect(due('doc-normal-6wd', '2024-02-06')).toBe('2024-02-20')
})

test('urgent letters have one office day, fast ones three', () => {
  expect(due('doc-urgent-1wd', '2024-02-16')).toBe('2024-02-17') // Saturday, made up
  expect(due('doc-urgent-1wd', '2025-03-07')).toBe('2025-03-10')
  expect(due('doc-fast-3wd', '2025-03-05')).toBe('2025-03-10')
})

test('waiting for other offices does not count, an extension is added', () => {
  expect(due('doc-normal-6wd', '2025-03-03', { pauses: [{ from: day('2025-03-04'), to: day('2025-03-06') }] })).toBe('2025-03-13')
  expect(due('doc-normal-6wd', '2025-03-03', { extensionDays: 10 })).toBe('2025-03-25')
})

test('a controlled project is open until its days are set', () => {
  expect(due('doc-project', '2025-03-03')).toMatch(/^open: /)
  expect(due('doc-project', '2025-03-03', { days: 40 })).toBe('2025-04-30')
})

test('an exchanged letter is checked on the next day', () => {
  expect(due('doc-exchange-check', '2025-03-03')).toBe('2025-03-04')
  expect(due('doc-exchange-check', '2025-03-07')).toBe('2025-03-10')
})

test('a letter answered on the day of receipt took half a day, a later one its office days', () => {
  expect(handlingDays(day('2025-03-03'), day('2025-03-03'))).toBe(0.5)
  expect(handlingDays(day('2025-03-03'), day('2025-03-04'))).toBe(1)
  expect(handlingDays(day('2025-03-07'), day('2025-03-10'))).toBe(1)
  expect(handlingDays(day('2024-02-06'), day('2024-02-20'))).toBe(6)
  expect(handlingDays(day('2025-03-04'), day('2025-03-03'))).toBeNull()
})
