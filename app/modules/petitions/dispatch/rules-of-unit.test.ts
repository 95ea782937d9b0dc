import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../../test/support/makers.ts'
import { isRefusal, valueOf } from '../../../core/errors.ts'
import { closeUnit, mergeUnit } from '../../../core/identity/units.ts'
import { dayOf, rocDay } from '../../../core/time.ts'
import { declareModules } from '../../../start.ts'
import { saveRule } from './rules-actions.ts'
import { findRules } from './rules-query.ts'

const { db } = await createTestDatabase()

test('rules of dispatch keep a unit from closing, and go along when it is merged into another, in force as before', async () => {
  declareModules()
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  const lamps = await makeUnit(db, '路燈科', { code: 'A0509', kind: 'section', parentId: works })
  const roads = await makeUnit(db, '養護科', { code: 'A0501', kind: 'section', parentId: works })
  const admin = await makePerson(db, '許管理', 'administrator', works)
  const clerk = await makePerson(db, '林收發', 'clerk', works)
  const { id } = valueOf(await saveRule(clerk, { title: '路燈', words: '路燈', unitId: String(lamps), weight: '50' }))
  await db.updateTable('petition_dispatch_rules').set({ state: 'live' }).where('id', '=', id).execute()
  const closing = await closeUnit(admin, { id: lamps, lastDay: rocDay(dayOf(new Date())) })
  expect(isRefusal(closing) && closing.message).toContain('1 條分文規則')
  expect(valueOf(await mergeUnit(admin, { id: lamps, intoCode: 'A0501' }))).toEqual({ cases: 0, people: 0, others: ['1 條分文規則'] })
  expect(await findRules(db, 'all')).toMatchObject([{ id, unitId: roads, state: 'live' }])
  expect(await db.selectFrom('events').select('person_id').where('kind', '=', 'petition.dispatch-rule-changed').execute()).toEqual([{ person_id: admin.person.id }])
})
