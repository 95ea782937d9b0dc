import { expect, test } from 'vitest'
import { addCaseState } from '../../app/core/events/case-state.ts'
import { createTestDatabase } from '../support/database.ts'
import { killRounds } from './rounds.ts'

const { db, url } = await createTestDatabase()
addCaseState('petitions', 'id')

test('a process killed at 25 random moments of its work loses nothing acknowledged, leaves no half act, and its record is intact', { timeout: 600_000 }, async () => {
  const { acknowledged, signed, faults } = await killRounds(db, url, 25)
  expect(faults).toEqual([])
  expect(acknowledged).toBeGreaterThan(25)
  expect(signed).toBeGreaterThan(0)
})
