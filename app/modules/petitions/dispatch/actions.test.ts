import { expect, test } from 'vitest'
import { NotAllowed, NotFound, valueOf } from '../../../core/errors.ts'
import { write } from '../../../core/db.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { createPetition } from '../create.ts'
import { at, codeOf, instant, makeInHand, makeOffice, stageOf } from '../office-for-tests.ts'
import { dayOf } from '../../../core/time.ts'
import { addJointUnits, dispatchPetition, reassignPetition, returnPetition } from './actions.ts'
import { dispatchMany } from './bulk.ts'
import { saveRule, switchRule } from './rules-actions.ts'
import { runTrial } from './trial.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const { works, roads, environment, admin } = office.units
const clerk = at(office.clerk, '110/4/12 11:00')

async function filed(): Promise<string> {
  const received = instant('110/4/12 10:00')
  return write(db, async (tx) => (await createPetition(tx, { person: null, onBehalfOf: null, now: received, today: dayOf(received) }, { channel: 'mayor-mail', title: '巷口路燈不亮', body: '巷口的路燈一個星期不亮。', sender: { email: 'a@example.org' }, receivedAt: received })).followNo)
}

test('dispatching gives one lead and joint units, and a filing its number by the way', async () => {
  const followNo = await filed()
  const { number } = valueOf(await dispatchPetition(clerk, { name: followNo, unitId: works, jointUnitIds: [environment, admin] }))
  expect(number).toMatch(/^陳110-\d{6}$/)
  const row = await stageOf(db, number)
  expect(row).toMatchObject({ stage: 'dispatched', unit_id: works, officer_id: null })
  const assignments = await db.selectFrom('assignments').selectAll().where('case_id', '=', row.id).where('until_at', 'is', null).execute()
  expect(assignments.map((one) => [one.role, one.unit_id]).sort()).toEqual([['joint', admin], ['joint', environment], ['lead', works]].sort())
})

test('a case is dispatched once; the lead is not also joint; a unit must exist', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  expect(codeOf(await dispatchPetition(clerk, { name: number, unitId: works, jointUnitIds: [works] }))).toBe('petition.lead-is-joint')
  expect(codeOf(await dispatchPetition(clerk, { name: number, unitId: 999_999, jointUnitIds: [] }))).toBe('petition.no-such-unit')
  expect(await dispatchPetition(clerk, { name: number, unitId: '', jointUnitIds: [] })).toMatchObject({ code: 'input.invalid', fields: { unitId: '請選擇主辦單位' } })
  valueOf(await dispatchPetition(clerk, { name: number, unitId: works, jointUnitIds: [] }))
  expect(codeOf(await dispatchPetition(clerk, { name: number, unitId: environment, jointUnitIds: [] }))).toBe('petition.wrong-stage')
})

test('officers do not dispatch; a unit that was merged away is not dispatched to', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  await expect(dispatchPetition(at(office.officer, '110/4/12 11:00'), { name: number, unitId: works, jointUnitIds: [] })).rejects.toThrow(NotAllowed)
  await write(db, (tx) => tx.updateTable('units').set({ valid_until: '2021-04-11' as never }).where('id', '=', environment).execute())
  expect(codeOf(await dispatchPetition(clerk, { name: number, unitId: environment, jointUnitIds: [] }))).toBe('petition.no-such-unit')
  await write(db, (tx) => tx.updateTable('units').set({ valid_until: null }).where('id', '=', environment).execute())
})

test('two clerks dispatch the same case at once: one does, the other is told', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  const both = await Promise.all([works, environment].map((unitId) => dispatchPetition(clerk, { name: number, unitId, jointUnitIds: [] })))
  expect(both.map(codeOf).sort()).toEqual([null, 'petition.wrong-stage'].sort())
})

test('a unit returns what is not its own, with the reason, and the clock runs on', async () => {
  const name = await makeInHand(db, office)
  const due = (await stageOf(db, name)).due_on
  expect(codeOf(await returnPetition(at(office.officer, '110/4/13 10:00'), { name, reason: '' }))).toBe('input.invalid')
  valueOf(await returnPetition(at(office.officer, '110/4/13 10:00'), { name, reason: '該路段由公所養護', suggestedUnitId: environment }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'received', unit_id: null, officer_id: null, due_on: due })
  await expect(returnPetition(at(office.officer, '110/4/13 10:01'), { name, reason: '再退一次' })).rejects.toThrow(NotFound)
})

test('the desk gives a case to another unit; the same unit is refused; units do not reassign', async () => {
  const name = await makeInHand(db, office)
  expect(codeOf(await reassignPetition(at(office.clerk, '110/4/13 10:00'), { name, unitId: roads, reason: '重分' }))).toBe('petition.same-unit')
  await expect(reassignPetition(at(office.officer, '110/4/13 10:00'), { name, unitId: environment, reason: '不是我的' })).rejects.toThrow(NotAllowed)
  valueOf(await reassignPetition(at(office.clerk, '110/4/13 10:00'), { name, unitId: environment, reason: '噪音屬環保局' }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'dispatched', unit_id: environment, officer_id: null })
})

test('joint units are added while the case is worked on, each once; never to a confidential one', async () => {
  const name = await makeInHand(db, office)
  valueOf(await addJointUnits(at(office.officer, '110/4/14 09:00'), { name, jointUnitIds: [environment] }))
  valueOf(await addJointUnits(at(office.officer, '110/4/14 09:01'), { name, jointUnitIds: [environment, admin] }))
  const joint = await db.selectFrom('assignments').select('unit_id').where('case_id', '=', (await stageOf(db, name)).id).where('role', '=', 'joint').execute()
  expect(joint).toHaveLength(2)
  const secret = await makePetition(db, instant('110/4/12 10:00'), { confidential: true })
  expect(codeOf(await dispatchPetition(clerk, { name: secret.number, unitId: works, jointUnitIds: [environment] }))).toBe('petition.confidential')
})

test('a rule goes live only as it was tried; changed, it must be tried again', async () => {
  const { id } = valueOf(await saveRule(clerk, { title: '路燈', words: '路燈、照明', unitId: works, weight: 60 }))
  expect(codeOf(await switchRule(clerk, { id, state: 'live' }))).toBe('dispatch-rule.not-tried')
  valueOf(await runTrial(clerk, { id }))
  valueOf(await switchRule(clerk, { id, state: 'live' }))
  valueOf(await saveRule(clerk, { id, title: '路燈與照明', words: '照明 路燈', unitId: works, weight: 60 }))
  expect((await db.selectFrom('petition_dispatch_rules').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state).toBe('live')
  valueOf(await saveRule(clerk, { id, title: '路燈', words: '路燈', unitId: works, weight: 60 }))
  expect(codeOf(await switchRule(clerk, { id, state: 'live' }))).toBe('dispatch-rule.not-tried')
  valueOf(await runTrial(clerk, { id }))
  valueOf(await switchRule(clerk, { id, state: 'live' }))
})

test('a rule without any condition is refused', async () => {
  expect(await saveRule(clerk, { title: '全部', words: ' ', unitId: works, weight: 60 })).toMatchObject({ code: 'input.invalid', field: 'words' })
})

test('many cases are dispatched each on its own, and of each it is said what became of it', async () => {
  const lamp = await makePetition(db, instant('110/4/12 10:00'))
  const unclear = await makePetition(db, instant('110/4/12 10:00'), { title: '感謝縣府', body: '謝謝同仁的協助與熱心服務。' })
  const gone = await makeInHand(db, office)
  const lines = await dispatchMany(clerk, [{ name: lamp.number, unitId: null }, { name: unclear.number, unitId: null }, { name: gone, unitId: works }, { name: '陳110-999999', unitId: works }])
  expect(lines).toEqual([
    { name: lamp.number, problem: null },
    { name: unclear.number, problem: '沒有符合的規則，請人工判斷' },
    { name: gone, problem: '案件在辦理中，現在不能分文' },
    { name: '陳110-999999', problem: '找不到這件陳情' },
  ])
  expect(await stageOf(db, lamp.number)).toMatchObject({ stage: 'dispatched', unit_id: works })
  expect((await stageOf(db, unclear.number)).stage).toBe('received')
})
