import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { isRefusal, NotAllowed, NotFound, ProofNeeded, type Result, valueOf } from '../../core/errors.ts'
import { verifyAll } from '../../core/verify.ts'
import { recordSequel } from './after/acts.ts'
import { recordAuthorityDecision } from './after/authority.ts'
import { registerAppeal } from './filing/register.ts'
import { assignOfficer, confide, correctFiling, nameReaderOf, unnameReaderOf } from './handling/manage.ts'
import { recordService, sendLetter } from './letters/acts.ts'
import { at, filing, makeOffice, type Staff } from './office-for-tests.ts'
import { addParty, endParty, openParties } from './parties/acts.ts'
import { findFollowed } from './portal/follow.ts'
import { countLapsed, findAppeal, findAppeals } from './queries.ts'
import { fits, stayOf, type StepId, steps } from './steps.ts'
import { stepActs } from './take-step.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const caseOf = (number: string) => db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').selectAll('appeals').select(['stage', 'outcome', 'due_on', 'closed_at']).where('number', '=', number).executeTakeFirstOrThrow()
const step = (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => stepActs[id](at(who, `${on} 10:00`), { name, on, ...more })
const take = async (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => valueOf(await step(id, name, on, more, who))
const file = async (more: Record<string, string> = {}, on = '113/8/5') => valueOf(await registerAppeal(at(office.clerk, `${on} 09:00`), filing(office, { receivedOn: on, ...more }))).number
const side = async (number: string) => (await db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_id').select(['rule', 'case_clocks.due_on', 'met_at']).where('number', '=', number).where('main', '=', false).orderBy('case_clocks.id').execute()).map((one) => [one.rule, one.due_on, one.met_at !== null])
const letterOf = (number: string, kind: string) => db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select(['appeal_letters.id', 'way', 'text']).where('number', '=', number).where('appeal_letters.kind', '=', kind as never).orderBy('appeal_letters.id', 'desc').executeTakeFirstOrThrow()

/** Asked to correct on 113/8/8, served on 113/8/12: until 113/9/2 (09-01 is a Sunday). */
async function awaitingCorrection(): Promise<string> {
  const name = await file({ signed: '' })
  await take('ask-correction', name, '113/8/8', { asked: '請簽名或蓋章。' })
  const { id } = await letterOf(name, 'correction')
  valueOf(await sendLetter(at(office.clerk, '113/8/8 15:00'), { name, letter: id, on: '113/8/8', documentNo: '府法訴字第1130001號' }))
  valueOf(await recordService(at(office.clerk, '113/8/13 15:00'), { name, letter: id, on: '113/8/12', kind: '送達' }))
  return name
}

test('an appeal is filed, forwarded, answered, looked at and brought to the committee', async () => {
  const name = await file()
  expect(name).toMatch(/^訴113-00000\d$/)
  expect(await caseOf(name)).toMatchObject({ stage: 'received', filed_on: '2024-08-05', filing_due_on: '2024-08-15', ours: true, authority: '示範縣政府', due_on: '2024-11-05' })
  expect((await letterOf(name, 'acknowledgement')).way).toBe('mail')
  expect(codeOf(await step('to-committee', name, '113/8/6'))).toBe('appeal.wrong-stage')
  await take('forward', name, '113/8/7')
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-27', false]])
  expect(codeOf(await step('remind', name, '113/8/27'))).toBe('appeal.not-yet')
  expect(codeOf(await step('defended', name, '113/8/20', {}, office.agency))).toBe('appeal.paper')
  await take('defended', name, '113/8/20', { paper: '原處分並無違誤。' }, office.agency)
  expect(await caseOf(name)).toMatchObject({ stage: 'review', agency_reply: 'defended', agency_replied_on: '2024-08-20' })
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-27', true]])
  await take('reasons', name, '113/8/30', { paper: '補充理由。' })
  expect((await caseOf(name)).due_on).toBe('2024-12-02')
  await take('to-committee', name, '113/9/10')
  expect((await caseOf(name)).stage).toBe('committee')
})

test('a correction that is served gives twenty days; the three months run from it, or from the end of its period', async () => {
  const name = await awaitingCorrection()
  expect(await caseOf(name)).toMatchObject({ stage: 'correction', correction_until: '2024-09-02', due_on: '2024-12-02' })
  expect(codeOf(await step('correction-missing', name, '113/9/2'))).toBe('appeal.not-yet')
  await take('corrected', name, '113/8/20', { paper: '已簽名。', signature: 'yes' })
  expect(await caseOf(name)).toMatchObject({ stage: 'received', corrected_on: '2024-08-20', due_on: '2024-11-20', signed: true })
})

test('nobody is late with a correction while the notice of another party is not served (§62)', async () => {
  const name = await file({ signed: '' })
  const { party } = valueOf(await addParty(at(office.law, '113/8/7 10:00'), { name, role: 'participant', partyName: '李示範', on: '113/8/7' }))
  await take('ask-correction', name, '113/8/8', { asked: '請簽名或蓋章。' })
  const notices = await db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select(['appeal_letters.id', 'party_id']).where('number', '=', name).where('appeal_letters.kind', '=', 'correction').orderBy('appeal_letters.id').execute()
  expect(notices.map(({ party_id: of }) => of === party)).toEqual([false, true])
  for (const { id } of notices) valueOf(await sendLetter(at(office.clerk, '113/8/8 15:00'), { name, letter: id, on: '113/8/8' }))
  const serve = async (letter: number, on: string) => valueOf(await recordService(at(office.clerk, `${on} 15:00`), { name, letter, on, kind: '送達' }))
  expect(codeOf(await step('correction-missing', name, '113/9/3'))).toBe('appeal.not-yet')
  await serve(notices[0]!.id, '113/8/12')
  expect((await caseOf(name)).correction_until).toBe('2024-09-02')
  expect(codeOf(await step('correction-missing', name, '113/9/3'))).toBe('appeal.correction-unserved')
  expect((await caseOf(name)).stage).toBe('correction')
  await serve(notices[1]!.id, '113/8/21')
  expect(codeOf(await step('correction-missing', name, '113/9/10'))).toBe('appeal.not-yet')
  await expect(step('correction-missing', name, '113/9/11', {}, office.agency)).rejects.toThrow(NotAllowed)
  await take('correction-missing', name, '113/9/11')
  expect((await caseOf(name)).stage).toBe('review')
})

test('a participant who left is not waited for', async () => {
  const name = await file({ signed: '' })
  const { party } = valueOf(await addParty(at(office.law, '113/8/7 10:00'), { name, role: 'participant', partyName: '李示範', on: '113/8/7' }))
  await take('ask-correction', name, '113/8/8', { asked: '請簽名或蓋章。' })
  const { id } = await db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select('appeal_letters.id').where('number', '=', name).where('appeal_letters.kind', '=', 'correction').where('party_id', '<>', party).executeTakeFirstOrThrow()
  valueOf(await sendLetter(at(office.clerk, '113/8/8 15:00'), { name, letter: id, on: '113/8/8' }))
  valueOf(await recordService(at(office.clerk, '113/8/13 15:00'), { name, letter: id, on: '113/8/12', kind: '送達' }))
  expect((await findAppeal(db, office.law.person, name)).correctionUnserved).toBe(1)
  valueOf(await endParty(at(office.law, '113/8/20 10:00'), { name, party, on: '113/8/20' }))
  await take('correction-missing', name, '113/9/3')
})

test('a deposited notice takes effect after ten days, then the twenty run (訴願法 §47 III)', async () => {
  const name = await file({ signed: '' })
  await take('ask-correction', name, '113/8/8', { asked: '請簽名。' })
  const { id } = await letterOf(name, 'correction')
  expect(codeOf(await recordService(at(office.clerk, '113/8/9 15:00'), { name, letter: id, on: '113/8/9', kind: '送達' }))).toBe('letter.not-sent')
  valueOf(await sendLetter(at(office.clerk, '113/8/8 15:00'), { name, letter: id, on: '113/8/8' }))
  const { effectiveOn } = valueOf(await recordService(at(office.clerk, '113/8/13 15:00'), { name, letter: id, on: '113/8/12', kind: '寄存送達' }))
  expect(effectiveOn).toBe('2024-08-22')
  expect((await caseOf(name)).correction_until).toBe('2024-09-11')
})

test('a paper is served once; what was entered wrongly is put right with its reason, and no period once given gets shorter', async () => {
  const name = await awaitingCorrection()
  const { id } = await letterOf(name, 'correction')
  const serve = (on: string, more: object = {}) => recordService(at(office.clerk, '113/8/20 15:00'), { name, letter: id, on, kind: '送達', ...more })
  expect(codeOf(await serve('113/8/14'))).toBe('letter.served')
  expect((await caseOf(name)).correction_until).toBe('2024-09-02')
  valueOf(await serve('113/8/14', { wrong: '看錯送達證書' }))
  expect(await caseOf(name)).toMatchObject({ correction_until: '2024-09-03', due_on: '2024-12-03' })
  expect((await findAppeal(db, office.law.person, name)).history.at(-1)).toMatchObject({ step: '更正送達的登錄', note: '補正通知：113/8/12 送達 更正為 113/8/14 送達。看錯送達證書' })
  valueOf(await serve('113/8/10', { wrong: '又看錯' }))
  expect((await caseOf(name)).correction_until).toBe('2024-09-03')
  expect(await side(name)).toEqual([['appeal-correction-20d', '2024-09-03', false]])
})

test('what is asked a second time can be corrected a second time', async () => {
  const name = await awaitingCorrection()
  await take('corrected', name, '113/8/20', { paper: '已簽名。', signature: 'yes' })
  await take('ask-correction', name, '113/8/21', { asked: '請附委任書。' })
  const { id } = await letterOf(name, 'correction')
  valueOf(await sendLetter(at(office.clerk, '113/8/21 15:00'), { name, letter: id, on: '113/8/21' }))
  valueOf(await recordService(at(office.clerk, '113/8/23 15:00'), { name, letter: id, on: '113/8/23', kind: '送達' }))
  expect(await caseOf(name)).toMatchObject({ correction_until: '2024-09-12', due_on: '2024-12-12' })
  await take('corrected', name, '113/9/2', { paper: '委任書。', signature: 'yes' })
  expect(await caseOf(name)).toMatchObject({ corrected_on: '2024-09-02', due_on: '2024-12-02' })
})

test('what was decided for want of a correction is taken up again when it comes before dispatch (審議規則 §24)', async () => {
  const name = await awaitingCorrection()
  await take('correction-missing', name, '113/9/3')
  await take('to-committee', name, '113/9/5')
  const decide = async (of: string, dispatched: string | null) => {
    const { id } = await caseOf(of)
    await db.updateTable('appeal_claims').set({ outcome: 'non-acceptance', basis: '訴願法 §77 ①' }).where('case_id', '=', id).execute()
    await db.updateTable('appeals').set({ decided_on: '2024-09-20' as never, decision: 'non-acceptance', dispatched_on: dispatched as never }).where('id', '=', id).execute()
    await db.updateTable('cases').set({ stage: 'decided' }).where('id', '=', id).execute()
  }
  await decide(name, '2024-09-24')
  expect(isRefusal(await step('corrected', name, '113/9/25', { paper: '補正。', signature: 'yes' }))).toBe(true)
  await decide(name, null)
  await take('corrected', name, '113/9/23', { paper: '補正。', signature: 'yes' })
  expect(await caseOf(name)).toMatchObject({ stage: 'received', decided_on: null, decision: null, corrected_on: '2024-09-23', due_on: '2024-12-23' })
  expect((await db.selectFrom('appeal_claims').select('outcome').where('case_id', '=', (await caseOf(name)).id).execute()).every(({ outcome }) => outcome === null)).toBe(true)
})

test('a statement of dissatisfaction waits thirty days for its 訴願書 (§57)', async () => {
  const name = await file({ form: 'statement', claims: '' })
  expect(await caseOf(name)).toMatchObject({ stage: 'statement', due_on: '2024-12-04' })
  expect(await side(name)).toEqual([['appeal-supplement-30d', '2024-09-04', false]])
  expect(codeOf(await step('petition-missing', name, '113/9/4'))).toBe('appeal.not-yet')
  await take('petition-received', name, '113/9/2', { paper: '訴願書全文。' })
  expect(await caseOf(name)).toMatchObject({ stage: 'received', petition_on: '2024-09-02', due_on: '2024-12-02' })
})

test('the period is extended once, at most two months and before it ends; it stands still and begins anew (§85, §86)', async () => {
  const name = await file()
  expect(codeOf(await step('extend', name, '113/11/6', { months: 1, note: '案情繁雜' }))).toBe('appeal.too-late-to-extend')
  expect(codeOf(await step('extend', name, '113/11/1', { months: 3, note: '案情繁雜' }))).toBe('input.invalid')
  await take('extend', name, '113/11/1', { months: 2, note: '案情繁雜' })
  expect((await caseOf(name)).due_on).toBe('2025-01-06')
  expect(codeOf(await step('extend', name, '113/11/2', { months: 1, note: '再延' }))).toBe('appeal.not-now')
  await take('suspend', name, '113/11/20', { note: '另案訴訟中' })
  expect(await caseOf(name)).toMatchObject({ stage: 'suspended', due_on: null })
  await take('resume', name, '114/2/28', {})
  expect(await caseOf(name)).toMatchObject({ stage: 'received', suspended_on: null })
})

test('what another agency decides is transferred; the day of filing stays; what is withdrawn ends', async () => {
  const foreign = await file({ agencyKind: 'central', agencyUnitId: '', agency: '某部', firstReceivedBy: '某公所', firstReceivedOn: '113/8/1' })
  expect(await caseOf(foreign)).toMatchObject({ ours: false, filed_on: '2024-08-01', due_on: null })
  expect(await side(foreign)).toEqual([['appeal-misfiled-10d', '2024-08-15', false]])
  expect(codeOf(await step('forward', foreign, '113/8/6'))).toBe('appeal.not-ours')
  await take('transfer', foreign, '113/8/8', { authority: '行政院', note: '管轄' })
  expect(await caseOf(foreign)).toMatchObject({ stage: 'closed', outcome: 'transferred', authority: '行政院', filed_on: '2024-08-01' })
  const own = await file()
  expect(codeOf(await step('withdraw', own, '113/8/9'))).toBe('appeal.reason')
  await take('withdraw', own, '113/8/9', { note: '訴願人書面撤回' })
  expect(await caseOf(own)).toMatchObject({ stage: 'closed', outcome: 'withdrawn' })
})

test('the agency sees and answers what is against itself; others find nothing; confidential cases are seen by name', async () => {
  const name = await file()
  await expect(step('forward', name, '113/8/7', {}, office.agency)).rejects.toThrow(NotAllowed)
  await expect(step('defended', name, '113/8/7', { paper: 'x' }, office.stranger)).rejects.toThrow(NotFound)
  const seen = async (who: Staff) => (await findAppeals(db, who.person, { query: name })).count
  expect([await seen(office.law), await seen(office.agency), await seen(office.stranger)]).toEqual([1, 1, 0])
  const secret = await file({ confidential: 'yes' })
  expect((await findAppeals(db, office.agency.person, { query: secret })).count).toBe(0)
  expect((await findAppeals(db, office.clerk.person, { query: secret })).count).toBe(0)
  expect((await findAppeals(db, office.law.person, { query: secret })).count).toBe(1)
})

test('parties join and leave; a 參加人 is told; the last appellant stays, and an agent stands in for whom they act', async () => {
  const name = await file()
  const law = at(office.law, '113/8/9 10:00')
  const add = (more: object) => addParty(law, { name, partyName: '李示範', on: '113/8/8', ...more })
  expect(codeOf(await add({ role: 'agent', actsFor: '999999' }))).toBe('party.unknown')
  const { party: agent } = valueOf(await add({ role: 'agent', lawyer: 'yes', email: 'agent@example.org' }))
  const { party: other } = valueOf(await add({ role: 'participant' }))
  expect((await letterOf(name, 'participation')).way).toBe('post')
  const { parties } = await findAppeal(db, office.law.person, name)
  expect(parties.map(({ role, lawyer }) => [role, lawyer])).toEqual([['appellant', false], ['agent', true], ['participant', false]])
  await expect(addParty(at(office.agency, '113/8/9 10:00'), { name, role: 'participant', partyName: '某人', on: '113/8/8' })).rejects.toThrow(NotAllowed)
  expect(codeOf(await endParty(law, { name, party: parties[0]!.id, on: '113/8/9' }))).toBe('party.last')
  valueOf(await endParty(law, { name, party: other, on: '113/8/9' }))
  valueOf(await endParty(law, { name, party: agent, on: '113/8/9' }))
  expect(codeOf(await openParties(law, { name, reason: '好奇' }))).toBe('input.invalid')
  expect(valueOf(await openParties(at(office.agency, '113/8/9 10:00'), { name, reason: '製作文書' })).read).toBeGreaterThan(0)
})

test('an officer has it; marked confidential it is seen by name; ending it asks again who sits there', async () => {
  const name = await file()
  const law = at(office.law, '113/8/9 10:00')
  valueOf(await assignOfficer(law, { name, officerId: office.law.person.id }))
  expect(codeOf(await assignOfficer(law, { name, officerId: office.agency.person.id }))).toBe('appeal.no-officer')
  valueOf(await confide(law, { name, confidential: '1', reason: '檢舉人身分' }))
  await expect(findAppeal(db, office.agency.person, name)).rejects.toThrow(NotFound)
  const { login } = await db.selectFrom('people').select('login').where('id', '=', office.agency.person.id).executeTakeFirstOrThrow()
  valueOf(await nameReaderOf(law, { name, login }))
  expect((await findAppeal(db, office.agency.person, name)).number).toBe(name)
  await expect(stepActs.withdraw({ ...law, session: { id: 0, proved: false } }, { name, on: '113/8/9', note: '撤回' })).rejects.toThrow(ProofNeeded)
})

test('what was entered of a filing is put right: who decides and the last day to file follow', async () => {
  const name = await file({ residence: '臺北市' })
  expect(await caseOf(name)).toMatchObject({ filing_due_on: '2024-09-16', due_on: '2024-11-05' })
  const law = at(office.law, '113/8/9 10:00')
  const right = { name, form: 'appeal', ground: 'disposition', title: '因違章建築罰鍰事件', agencyKind: 'county', agencyUnitId: '', servedOn: '113/7/16', residence: '臺北市', claims: '原處分撤銷' }
  valueOf(await correctFiling(law, right))
  expect(await caseOf(name)).toMatchObject({ ours: false, agency: '示範縣政府', authority: '中央主管部會', filing_due_on: '2024-08-15' })
  valueOf(await correctFiling(law, { ...right, agencyKind: 'township', agencyUnitId: String(office.units.township), residence: '金門縣烏坵鄉' }))
  expect(await caseOf(name)).toMatchObject({ ours: true, agency: '金湖鎮公所', filing_due_on: '2024-09-16', due_on: '2024-11-05' })
  await expect(correctFiling(at(office.agency, '113/8/9 10:00'), right)).rejects.toThrow(NotAllowed)
})

test('whose appeal it is decides which clocks run: the county’s three months, its ten days to send it on, or its twenty to answer', async () => {
  const name = await file({ form: 'statement', claims: '' })
  const law = at(office.law, '113/8/9 10:00')
  const right = { name, form: 'statement', ground: 'disposition', title: '因違章建築事件', servedOn: '113/7/16', residence: '金門縣', claims: '' }
  const [township, county, ministry] = [{ agencyKind: 'township', agencyUnitId: String(office.units.township) }, { agencyKind: 'county', agencyUnitId: '' }, { agencyKind: 'central', agencyUnitId: '', agency: '某部' }]
  const put = async (more: object) => valueOf(await correctFiling(law, { ...right, ...more }))
  expect(await side(name)).toEqual([['appeal-supplement-30d', '2024-09-04', false]])
  await put(ministry)
  expect(await caseOf(name)).toMatchObject({ ours: false, stage: 'statement', due_on: null })
  expect(await side(name)).toEqual([['appeal-misfiled-10d', '2024-08-15', false]])
  await put(county)
  expect(await side(name)).toEqual([['appeal-agency-forward-10d', '2024-08-15', false]])
  await take('petition-received', name, '113/8/8', { paper: '訴願書全文。' })
  expect((await caseOf(name)).due_on).toBeNull()
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-28', false]])
  await put(township)
  expect(await caseOf(name)).toMatchObject({ ours: true, due_on: '2024-11-08' })
  expect(await side(name)).toEqual([])
  expect(await db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_id').select('met_at').where('number', '=', name).where('main', '=', true).execute()).toEqual([{ met_at: null }])
})

test('found to be another’s while it is being handled, it goes back to where it is sent on from', async () => {
  const name = await file()
  await take('forward', name, '113/8/7')
  await take('suspend', name, '113/8/8', { note: '另案訴訟中' })
  valueOf(await correctFiling(at(office.law, '113/8/9 10:00'), { name, form: 'appeal', ground: 'disposition', title: '因違章建築事件', agencyKind: 'county', agencyUnitId: '', servedOn: '113/7/16', residence: '金門縣', claims: '原處分撤銷' }))
  expect(await caseOf(name)).toMatchObject({ ours: false, stage: 'received', due_on: null, suspended_on: null, forwarded_on: null })
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-26', false]])
  await take('own-defended', name, '113/8/9', { authority: '內政部', paper: '原處分並無違誤。' })
})

test('residence put right moves the days to bring the paper and to correct it (§16)', async () => {
  const right = { ground: 'disposition', title: '因違章建築事件', agencyKind: 'township', agencyUnitId: String(office.units.township), servedOn: '113/7/16', residence: '臺北市' }
  const law = at(office.law, '113/8/14 10:00')
  const stated = await file({ form: 'statement', claims: '' })
  valueOf(await correctFiling(law, { ...right, name: stated, form: 'statement', claims: '' }))
  expect(await side(stated)).toEqual([['appeal-supplement-30d', '2024-10-04', false]])
  expect((await caseOf(stated)).due_on).toBe('2025-01-06')
  const asked = await awaitingCorrection()
  valueOf(await correctFiling(law, { ...right, name: asked, form: 'appeal', claims: '原處分撤銷' }))
  expect(await caseOf(asked)).toMatchObject({ correction_until: '2024-10-01', due_on: '2025-01-02' })
  expect(await side(asked)).toEqual([['appeal-correction-20d', '2024-10-01', false]])
})

test('cases of the same matter are joined; verify finds nothing to say', async () => {
  const [first, second] = [await file(), await file()]
  expect(codeOf(await step('join', second, '113/8/9', { other: second }))).toBe('appeal.itself')
  await take('join', second, '113/8/9', { other: first })
  expect((await caseOf(second)).joined_to).toBe((await caseOf(first)).id)
  await take('separate', second, '113/8/12')
  expect((await caseOf(second)).joined_to).toBeNull()
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
test('who filed late for a cause not their own asks within ten days of its end; granted, the appeal goes on as if in time (§15)', async () => {
  const name = await file({ servedOn: '113/6/3', dispositionOn: '113/6/1' })
  expect(await caseOf(name)).toMatchObject({ filing_due_on: '2024-07-03', restitution: null })
  expect(codeOf(await step('grant-restitution', name, '113/8/6', { note: '颱風。' }))).toBe('appeal.not-now')
  const asked = { paper: '颱風停航，無法到府。' }
  expect(codeOf(await step('ask-restitution', name, '113/8/6', asked))).toBe('appeal.ceased')
  expect(codeOf(await step('ask-restitution', name, '113/8/6', { ...asked, ceased: '113/8/7' }))).toBe('appeal.ceased')
  await take('ask-restitution', name, '113/8/6', { ...asked, ceased: '113/7/26' })
  expect(await caseOf(name)).toMatchObject({ restitution: 'asked', restitution_until: '2024-08-05' })
  expect(codeOf(await step('grant-restitution', name, '113/8/7', { note: '颱風。' }))).toBe('appeal.restitution-late')
  await take('refuse-restitution', name, '113/8/7', { note: '逾十日。' })
  await take('ask-restitution', name, '113/8/8', { ...asked, ceased: '113/7/29' })
  await take('grant-restitution', name, '113/8/9', { note: '颱風停航屬實。' })
  expect((await caseOf(name)).restitution).toBe('granted')
  expect((await letterOf(name, 'restitution')).text).toContain('視同在期間內提起')
  expect(codeOf(await step('ask-restitution', await file(), '113/8/6', { ...asked, ceased: '113/8/1' }))).toBe('appeal.not-now')
})

test('a year after the missed day nothing restores it (§15 I)', async () => {
  const name = await file({ servedOn: '112/6/5', dispositionOn: '112/6/1' })
  await take('ask-restitution', name, '113/8/6', { paper: '長期住院。', ceased: '113/8/5' })
  expect(await caseOf(name)).toMatchObject({ filing_due_on: '2023-07-05', restitution_until: '2024-07-05' })
  expect(codeOf(await step('grant-restitution', name, '113/8/7', { note: '住院。' }))).toBe('appeal.restitution-late')
})

test('against the county itself: twenty days to answer, then the case goes with the answer to the ministry, a copy to the appellant (§58)', async () => {
  const own = { agencyKind: 'county', agencyUnitId: '', agency: '示範縣政府' }
  const name = await file(own)
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-26', false]])
  expect(codeOf(await step('transfer', name, '113/8/6', { authority: '內政部', note: '管轄。' }))).toBe('appeal.not-now')
  await expect(step('own-defended', name, '113/8/20', { authority: '內政部', paper: '原處分並無違誤。' }, office.agency)).rejects.toThrow(NotAllowed)
  await take('own-defended', name, '113/8/20', { authority: '內政部', paper: '原處分並無違誤。' })
  expect(await caseOf(name)).toMatchObject({ stage: 'closed', outcome: 'transferred', authority: '內政部' })
  expect((await letterOf(name, 'transfer')).text).toContain('原處分並無違誤。')
  expect((await side(name)).map(([, , met]) => met)).toEqual([true])
  const bare = await file({ ...own, form: 'statement', claims: '' })
  expect(await side(bare)).toEqual([['appeal-agency-forward-10d', '2024-08-15', false]])
  await take('own-forwarded', bare, '113/8/9', { authority: '內政部' })
  expect(await caseOf(bare)).toMatchObject({ stage: 'closed', outcome: 'transferred', authority: '內政部' })
  const revised = await file(own)
  await take('own-revised', revised, '113/8/20', { authority: '內政部', note: '認定事實有誤。' })
  expect(await caseOf(revised)).toMatchObject({ stage: 'closed', outcome: 'self-revised' })
  expect(codeOf(await step('own-defended', await file(), '113/8/20', { authority: '內政部', paper: '答辯。' }))).toBe('appeal.not-now')
})

test('against the county itself nothing is offered that only who decides may do; the agency revises its disposition once', async () => {
  const own = await findAppeal(db, office.law.person, await file({ agencyKind: 'county', agencyUnitId: '', agency: '示範縣政府' }))
  expect((Object.keys(steps) as StepId[]).filter((id) => fits(id, own))).toEqual(['reasons', 'ask-stay', 'grant-stay', 'party-died', 'ask-assignment', 'own-defended', 'own-revised', 'withdraw'])
  for (const id of ['forward', 'agency-revoked', 'extend', 'suspend', 'grant-hearing'] as const) expect(codeOf(await step(id, own.number!, '113/8/6', { note: '理由', months: '1', meeting: '113/8/20' }))).toBe('appeal.not-ours')
  const name = await file()
  await take('forward', name, '113/8/7')
  await take('agency-changed', name, '113/8/9', { note: '重新計算。' }, office.agency)
  expect(codeOf(await step('agency-changed', name, '113/8/10', { note: '再次。' }, office.agency))).toBe('appeal.not-now')
  await take('agency-revoked', name, '113/8/11', { note: '認定事實有誤。' }, office.agency)
  expect(codeOf(await step('agency-revoked', name, '113/8/12', { note: '再次。' }, office.agency))).toBe('appeal.not-now')
})

test('another agency made the disposition: the first is told to leave it, the right one is asked anew with days of its own', async () => {
  const name = await file()
  await take('forward', name, '113/8/7')
  expect(await db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select(['recipient', 'sent_on']).where('number', '=', name).where('appeal_letters.kind', '=', 'forwarding').execute()).toEqual([{ recipient: '金湖鎮公所', sent_on: '2024-08-07' }])
  const answering = async (who: Staff) => (await findAppeals(db, who.person, { waits: 'answer' })).rows.map((row) => row.name)
  expect([(await answering(office.agency)).includes(name), (await answering(office.stranger)).includes(name)]).toEqual([true, false])
  await take('defended', name, '113/8/20', { paper: '非本所之處分。' }, office.agency)
  valueOf(await correctFiling(at(office.law, '113/8/21 10:00'), { name, form: 'appeal', ground: 'disposition', title: '因違章建築事件', agencyKind: 'subordinate', agencyUnitId: String(office.units.tax), servedOn: '113/7/16', residence: '金門縣', claims: '原處分撤銷' }))
  expect(await caseOf(name)).toMatchObject({ stage: 'received', agency: '稅務局', forwarded_on: null, agency_reply: null })
  expect((await letterOf(name, 'forwarding')).text).toContain('原處分機關是稅務局')
  await take('forward', name, '113/8/23')
  expect(await side(name)).toEqual([['appeal-agency-reply-20d', '2024-08-27', true], ['appeal-agency-reply-20d', '2024-09-12', false]])
  expect([(await answering(office.agency)).includes(name), (await answering(office.stranger)).includes(name)]).toEqual([false, true])
  expect((await countLapsed(db, office.law.person, '2024-09-13' as never)).find(({ rule }) => rule === 'appeal-agency-reply-20d')!.count).toBe((await findAppeals(db, office.law.person, { waits: 'appeal-agency-reply-20d', today: '2024-09-13' as never })).count)
})

test('what the ministry decided of each claim is kept with the case, with the period it set; the county counts no decision of its own', async () => {
  const name = await file({ agencyKind: 'county', agencyUnitId: '', agency: '示範縣政府' })
  const decide = (on: string, more: object = {}, who: Staff = office.law) => recordAuthorityDecision(at(who, '113/12/2 10:00'), { name, decidedOn: '113/11/20', on, authority: '內政部', number: '台內訴字第1號', outcomes: { 1: 'revoked', 2: 'dismissed' }, ...more })
  expect(codeOf(await decide('113/11/25'))).toBe('authority.not-own')
  await take('own-defended', name, '113/8/20', { authority: '內政部', paper: '原處分並無違誤。' })
  const sue = () => recordSequel(at(office.law, '113/12/20 10:00'), { name, kind: 'litigation', on: '113/12/20', authority: '示範法院' })
  expect(codeOf(await sue())).toBe('sequel.not-served')
  expect(codeOf(await decide('113/11/25', { outcomes: { 1: 'revoked' } }))).toBe('draft.claim')
  expect(codeOf(await decide('113/11/25', { outcomes: { 1: 'dismissed', 2: 'dismissed' }, days: '30' }))).toBe('authority.days')
  expect(codeOf(await decide('113/11/19'))).toBe('sequel.day')
  await expect(decide('113/11/25', {}, office.agency)).rejects.toThrow(NotAllowed)
  valueOf(await decide('113/11/25', { days: '30' }))
  expect(await caseOf(name)).toMatchObject({ stage: 'closed', outcome: 'transferred', decision: null, decided_on: null, ours: false })
  expect((await side(name)).at(-1)).toEqual(['appeal-remand-period', '2024-12-25', false])
  expect(await db.selectFrom('appeal_sequels').innerJoin('cases', 'cases.id', 'case_id').select('claims').where('cases.number', '=', name).orderBy('appeal_sequels.id').executeTakeFirstOrThrow()).toEqual({ claims: [{ position: 1, outcome: 'revoked' }, { position: 2, outcome: 'dismissed' }] })
  const followed = async () => findFollowed(db, (await db.selectFrom('cases').select('follow_no').where('number', '=', name).executeTakeFirstOrThrow()).follow_no)
  expect((await followed())!.byAuthority).toEqual([{ authority: '內政部', number: '台內訴字第1號', decidedOn: '2024-11-20', againUntil: '2024-12-25', claims: [{ position: 1, outcome: 'revoked', text: '原處分撤銷' }, { position: 2, outcome: 'dismissed', text: '請求退還已繳罰鍰' }] }])
  valueOf(await decide('113/12/2', { decidedOn: '113/12/1', number: '台內訴字第2號', outcomes: { 1: 'dismissed', 2: 'dismissed' }, note: '內部備註' }))
  expect((await followed())!.byAuthority.map(({ number, againUntil }) => [number, againUntil])).toEqual([['台內訴字第1號', null], ['台內訴字第2號', null]])
  expect(JSON.stringify(await followed())).not.toContain('內部備註')
  valueOf(await sue())
})

test('execution may be stayed, on request or without one, and the stay ended (§93, §94)', async () => {
  const name = await file()
  expect(codeOf(await step('refuse-stay', name, '113/8/6', { note: 'x' }))).toBe('appeal.not-now')
  await take('ask-stay', name, '113/8/6', { paper: '拆除後不能回復。' })
  expect(codeOf(await step('ask-stay', name, '113/8/7', { paper: '再申請。' }))).toBe('appeal.not-now')
  await expect(step('grant-stay', name, '113/8/8', { note: '急迫' }, office.agency)).rejects.toThrow(NotAllowed)
  expect(codeOf(await step('grant-stay', name, '113/8/8'))).toBe('appeal.reason')
  await take('grant-stay', name, '113/8/8', { note: '執行將發生難以回復之損害，且有急迫情事。' })
  expect((await letterOf(name, 'stay')).text).toContain('停止執行')
  expect(stayOf(await findAppeal(db, office.law.person, name))).toBe('granted')
  await take('end-stay', name, '113/8/20', { note: '原因消滅。' })
  expect(stayOf(await findAppeal(db, office.law.person, name))).toBeNull()
})

test('who died is succeeded within thirty days (§87)', async () => {
  const name = await file()
  expect(codeOf(await step('succeeded', name, '113/8/20', { paper: '繼承系統表。', successorName: '王繼承' }))).toBe('appeal.not-now')
  await take('party-died', name, '113/8/6', { note: '訴願人死亡。' })
  expect(await side(name)).toEqual([['appeal-succession-30d', '2024-09-05', false]])
  expect(codeOf(await step('party-died', name, '113/8/7', { note: '再登錄' }))).toBe('appeal.not-now')
  expect(codeOf(await step('succeeded', name, '113/8/30', { paper: '繼承系統表。' }))).toBe('succession.name')
  const agent = valueOf(await addParty(at(office.law, '113/8/9 10:00'), { name, role: 'agent', partyName: '李代理', on: '113/8/8', actsFor: String((await findAppeal(db, office.law.person, name)).parties[0]!.id) }))
  await take('succeeded', name, '113/8/30', { paper: '繼承系統表、戶籍謄本。', successorName: '王繼承', successorEmail: 'heir@example.org' })
  expect(await side(name)).toEqual([['appeal-succession-30d', '2024-09-05', true]])
  const { parties } = await findAppeal(db, office.law.person, name)
  const [dead, , heir] = parties
  expect(parties.map(({ role, until }) => [role, until])).toEqual([['appellant', '2024-08-30'], ['agent', null], ['appellant', null]])
  expect([heir!.succeeds, parties.find(({ id }) => id === agent.party)!.actsFor]).toEqual([dead!.id, heir!.id])
  valueOf(await endParty(at(office.law, '113/8/31 10:00'), { name, party: agent.party, on: '113/8/31' }))
  await take('extend', name, '113/9/2', { months: '1', note: '案情複雜。' })
  expect((await db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select('party_id').where('number', '=', name).where('appeal_letters.kind', '=', 'extension').execute()).map(({ party_id: id }) => id)).toEqual([heir!.id])
})

test('who succeeds while a correction is awaited is asked anew, with twenty days of their own', async () => {
  const name = await awaitingCorrection()
  expect(codeOf(await step('ask-correction-again', name, '113/8/20', { asked: '簽名。' }))).toBe('appeal.not-now')
  await take('party-died', name, '113/8/20', { note: '訴願人死亡。' })
  await take('succeeded', name, '113/8/26', { paper: '戶籍謄本。', successorName: '王繼承' })
  await take('ask-correction-again', name, '113/8/27', { asked: '請簽名或蓋章。' })
  const { id } = await letterOf(name, 'correction')
  expect(codeOf(await step('correction-missing', name, '113/9/10'))).toBe('appeal.correction-unserved')
  valueOf(await sendLetter(at(office.clerk, '113/8/27 15:00'), { name, letter: id, on: '113/8/27' }))
  valueOf(await recordService(at(office.clerk, '113/8/30 15:00'), { name, letter: id, on: '113/8/29', kind: '送達' }))
  expect((await caseOf(name)).correction_until).toBe('2024-09-18')
})

test('who was assigned the right takes the appeal over when it is allowed (§88)', async () => {
  const name = await file()
  expect(codeOf(await step('allow-assignment', name, '113/8/9', { note: '受讓屬實。', successorName: '受讓公司' }))).toBe('appeal.not-now')
  await take('ask-assignment', name, '113/8/8', { paper: '買賣契約。' })
  await expect(step('allow-assignment', name, '113/8/9', { note: '受讓屬實。', successorName: '受讓公司' }, office.agency)).rejects.toThrow(NotAllowed)
  await take('refuse-assignment', name, '113/8/9', { note: '證明不足。' })
  expect((await letterOf(name, 'succession')).text).toContain('不能許可')
  await take('ask-assignment', name, '113/8/12', { paper: '登記謄本。' })
  await take('allow-assignment', name, '113/8/13', { note: '受讓屬實。', successorName: '受讓公司', successorIsPerson: 'no' })
  expect((await findAppeal(db, office.law.person, name)).parties.map(({ isPerson, until }) => [isPerson, until])).toEqual([[true, '2024-08-13'], [false, null]])
})

test('oral argument that was granted has its transcript: place, who was there, the gist (審議規則 §16)', async () => {
  const name = await file()
  const held = { place: '本府第二會議室', present: '委員示範甲、訴願人王示範', paper: '訴願人主張棚架為既有設施。' }
  expect(codeOf(await step('oral-held', name, '113/8/20', held))).toBe('appeal.not-now')
  await take('grant-hearing', name, '113/8/8', { meeting: '113/8/20 上午 9 時 30 分，本府第二會議室' })
  expect(codeOf(await step('oral-held', name, '113/8/20', { ...held, present: '' }))).toBe('appeal.present')
  await take('oral-held', name, '113/8/20', held)
  expect((await caseOf(name)).oral).toBe('held')
  const file2 = await findAppeal(db, office.law.person, name)
  expect(file2.papers.find(({ kind }) => kind === 'transcript')?.text).toBe('處所：本府第二會議室\n到場：委員示範甲、訴願人王示範\n\n訴願人主張棚架為既有設施。')
})

test('a named reader of a confidential appeal can be taken off again', async () => {
  const name = await file()
  valueOf(await assignOfficer(at(office.law, '113/8/6 10:00'), { name, officerId: office.law.person.id }))
  valueOf(await confide(at(office.law, '113/8/6 10:00'), { name, confidential: '1', reason: '涉及未成年人。' }))
  valueOf(await nameReaderOf(at(office.law, '113/8/6 10:00'), { name, login: office.head.person.login }))
  const readers = async () => (await findAppeal(db, office.law.person, name)).readers
  const reader = (await readers()).find((one) => one.name === '方處長')!.id
  await expect(unnameReaderOf(at(office.agency, '113/8/7 10:00'), { name, reader })).rejects.toThrow(NotAllowed)
  valueOf(await unnameReaderOf(at(office.law, '113/8/7 10:00'), { name, reader }))
  expect((await readers()).map((one) => one.name)).not.toContain('方處長')
  await expect(findAppeal(db, office.head.person, name)).rejects.toThrow(NotFound)
  expect(codeOf(await unnameReaderOf(at(office.law, '113/8/7 10:00'), { name, reader }))).toBe('appeal.not-named')
})

