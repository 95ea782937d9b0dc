import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { instant, makeCase, makeOffice, type Office } from '../../modules/clocks/office-for-tests.ts'
import { startSideClock } from '../cases/due.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import { computeDeadline } from '../clocks/compute.ts'
import type { Rule } from '../clocks/rule.ts'
import { printedRulebook, Rulebook, rulebook } from '../clocks/rules.ts'
import { type Db, write } from '../db.ts'
import { isRefusal, valueOf } from '../errors.ts'
import { day } from '../time.ts'
import { countyRulebook } from './county-rules.ts'
import { refreshCalendar } from './follow.ts'
import { changeRules, confirmRule, putInForce, refusePeriod, setPeriod, withdrawRuleChange } from './rule-acts.ts'
import type { RuleChange } from './stored.ts'

let db: Db
let office: Office
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
})
beforeEach(async () => {
  await db.deleteFrom('rule_changes').execute()
  await refreshCalendar(db)
})

const as = (who: Office['administrator'], now = '115/9/1 09:00') => ({ ...who, db, now: instant(now) })
const admin = (now?: string) => as(office.administrator, now)
const thirtyOn = (text: string) => computeDeadline('petition-30wd', day(text))
const lengthOn = (text: string) => { const rule = rulebook.find('petition-30wd', day(text))!; return `${rule.length}${rule.unit}` }
const twenty = { rule: 'petition-30wd', length: 20, unit: 'wd' as const, effectiveFrom: day('2026-10-01'), reason: '縮短處理時限', documentNumber: '府行字第1號', clock: null }
const messageOf = (result: object) => (isRefusal(result) ? result.message : 'not refused')

test('a clock that is set to begin later is computed anew when its rule changes, and back when that is withdrawn', async () => {
  const { id } = await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads, officer: office.officer })
  const begun = await makeCase(db, '115/8/20 11:00', { unitId: office.units.roads })
  // a notice counted from a meeting in November, as it is set today
  const { id: clock } = await write(db, (tx) => startSideClock(tx, { caseId: id, rule: 'petition-30wd', trigger: instant('115/11/2 00:00'), params: { extensionDays: 5 } }))
  const dueOf = async (of: number) => (await db.selectFrom('case_clocks').select('due_on').where('id', '=', of).executeTakeFirstOrThrow()).due_on
  const was = await dueOf(clock)
  const own = (await db.selectFrom('cases').select('due_on').where('id', '=', begun.id).executeTakeFirstOrThrow()).due_on
  const { change, moved } = valueOf(await changeRules(setPeriod, admin(), twenty))
  expect(moved).toBe(1)
  expect(await dueOf(clock)).toBe(officeCalendar.addOfficeDays(was!, -10))
  expect((await db.selectFrom('cases').select('due_on').where('id', '=', begun.id).executeTakeFirstOrThrow()).due_on).toBe(own)
  expect((await db.selectFrom('events').select('payload').where('case_id', '=', id).where('kind', '=', 'case.due-moved').executeTakeFirstOrThrow()).payload).toMatchObject({ from: was })
  expect(valueOf(await changeRules(withdrawRuleChange, admin(), { change, reason: '議會有意見' })).moved).toBe(1)
  expect(await dueOf(clock)).toBe(was)
})

test('the county sets another period from a day on; what began before keeps its own', async () => {
  const before = JSON.stringify(thirtyOn('2026-09-30'))
  valueOf(await changeRules(setPeriod, admin(), twenty))
  expect(JSON.stringify(thirtyOn('2026-09-30'))).toBe(before)
  expect(lengthOn('2026-09-30')).toBe('30wd')
  expect(lengthOn('2026-10-01')).toBe('20wd')
  const answer = thirtyOn('2026-10-01')
  expect(answer.kind === 'due' && answer.explanation.join('')).toContain('20 個工作日')
  expect(answer.kind === 'due' && answer.explanation[0]).toContain('本縣自訂（府行字第1號）')
  const { id } = await makeCase(db, '115/10/1 10:00', { unitId: office.units.roads })
  const stored = await db.selectFrom('cases').select('due_on').where('id', '=', id).executeTakeFirstOrThrow()
  expect(stored.due_on).toBe(answer.kind === 'due' && answer.day)
})

test('working days become calendar days, counted as 行政程序法 §48 says', async () => {
  valueOf(await changeRules(setPeriod, admin(), { ...twenty, length: 30, unit: 'cd' }))
  const answer = thirtyOn('2026-10-01') // the last day, 31 October, is a Saturday
  expect(answer.kind === 'due' && answer.day).toBe('2026-11-02')
})

test('a later change follows the earlier one; withdrawn before it began, it never was', async () => {
  valueOf(await changeRules(setPeriod, admin(), twenty))
  const { change } = valueOf(await changeRules(setPeriod, admin(), { ...twenty, length: 15, effectiveFrom: day('2026-12-01') }))
  expect(['2026-11-30', '2026-12-01'].map(lengthOn)).toEqual(['20wd', '15wd'])
  valueOf(await changeRules(withdrawRuleChange, admin('115/11/1 09:00'), { change, reason: '議會有意見' }))
  expect(lengthOn('2026-12-01')).toBe('20wd')
  expect(messageOf(await changeRules(withdrawRuleChange, admin(), { change, reason: '再一次' }))).toContain('已經收回')
})

test('withdrawn while in force, it keeps the days on which it applied', async () => {
  const { change } = valueOf(await changeRules(setPeriod, admin(), twenty))
  valueOf(await changeRules(withdrawRuleChange, admin('115/10/15 09:00'), { change, reason: '回復' }))
  expect(['2026-09-30', '2026-10-15', '2026-10-16'].map(lengthOn)).toEqual(['30wd', '20wd', '30wd'])
})

test('what the law section has confirmed loses its mark, not its period', async () => {
  const explained = () => { const answer = thirtyOn('2026-09-01'); return answer.kind === 'due' ? answer.explanation.join('\n') : '' }
  expect(explained()).toContain('待法制單位確認')
  const day = thirtyOn('2026-09-01')
  const { change } = valueOf(await changeRules(confirmRule, admin(), { rule: 'petition-30wd', confirmedBy: '法制科', documentNumber: '簽115-1', reason: '' }))
  expect(explained()).not.toContain('待法制單位確認')
  expect(explained()).toContain('法制科，115/9/1 簽115-1')
  expect(thirtyOn('2026-09-01')).toMatchObject({ day: day.kind === 'due' ? day.day : '' })
  expect(messageOf(await changeRules(confirmRule, admin(), { rule: 'petition-30wd', confirmedBy: '法制科', documentNumber: '簽115-2', reason: '' }))).toContain('已經由法制科確認')
  valueOf(await changeRules(withdrawRuleChange, admin(), { change, reason: '文號錯誤' }))
  expect(explained()).toContain('待法制單位確認')
})

test('a period of statute, a day already past, an unknown rule and nothing new are refused with a sentence', async () => {
  const tried = async (more: object) => messageOf(await changeRules(setPeriod, admin(), { ...twenty, ...more }))
  expect(await tried({ rule: 'appeal-filing-30d' })).toContain('訴願法 §14 I')
  expect(await tried({ effectiveFrom: day('2026-09-01') })).toContain('最早是 115/9/2')
  expect(await tried({ rule: 'petition-99' })).toContain('沒有「petition-99」')
  expect(await tried({ length: 30 })).toContain('相同')
  expect(await tried({ length: 0 })).toContain('至少是 1')
  expect(await tried({ clock: 'nothing' })).toContain('沒有「nothing」')
  expect(await tried({ unit: 'h' })).toContain('不能互換')
  expect(messageOf(await changeRules(putInForce, admin(), { rule: 'petition-30wd', effectiveFrom: day('2026-10-01'), reason: '施行', documentNumber: '' }))).toContain('已經施行')
  expect(await db.selectFrom('rule_changes').selectAll().execute()).toEqual([])
})

test('one of several lengths of a rule is set by itself', async () => {
  valueOf(await changeRules(setPeriod, admin(), { ...twenty, rule: 'petition-simple-3wd', clock: 'several-units', length: 7 }))
  const rule = rulebook.find('petition-simple-3wd', day('2026-10-01'))!
  expect([rule.length, rule.variants!['several-units']!.length, rule.variants!['foreign-language']!.length]).toEqual([3, 7, 5])
})

test('an officer changes no rule', async () => {
  await expect(changeRules(setPeriod, as(office.officer), twenty)).rejects.toThrow()
})

// No draft is among the printed rules at present, so one is made for the test.
const draft = { ...printedRulebook.find('petition-30wd', day('2026-01-01'))!, id: 'draft-rule', draft: true as const }

test('a draft is off until the day set for it', () => {
  const change = { id: 1, rule: 'draft-rule', what: 'in-force', clock: null, length: null, unit: null, effective_from: day('2026-10-01'), reason: '公布', confirmed_by: null, document_number: null, before: {}, made_at: instant('115/9/1 09:00'), made_by: null, withdrawn_at: null, withdrawn_on: null, withdrawn_by: null, withdrawn_why: null } satisfies RuleChange
  const book = countyRulebook(new Rulebook([draft]), [change])
  const on = (text: string) => computeDeadline('draft-rule', day(text), {}, undefined, book)
  expect(on('2026-09-30')).toMatchObject({ kind: 'undetermined', because: expect.stringContaining('草案') as string })
  expect(on('2026-10-01').kind).toBe('due')
  expect(refusePeriod(draft as Rule, null)).toBeNull()
})
