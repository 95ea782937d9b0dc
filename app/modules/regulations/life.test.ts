import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { caseNumberOf, pathOfNumber } from '../../core/cases/case-kinds.ts'
import { isRefusal, NotAllowed, NotFound, ProofNeeded, type Result, valueOf } from '../../core/errors.ts'
import { textOn } from '../../core/laws/dated.ts'
import { findChanges } from '../../core/laws/store.ts'
import { articlesOf } from '../../core/laws/text.ts'
import { verifyAll } from '../../core/verify.ts'
import { day } from '../../core/time.ts'
import { at, importRows, makeOffice, type Staff } from './office-for-tests.ts'
import { regulationPath } from './paths.ts'
import { proposeRegulation, saveDraft } from './propose.ts'
import type { StepId } from './steps.ts'
import { stepActs } from './take-step.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const caseOf = (number: string) => db.selectFrom('cases').innerJoin('regulations', 'regulations.id', 'cases.id').selectAll('regulations').select(['stage', 'outcome', 'due_on', 'closed_at', 'title']).where('number', '=', number).executeTakeFirstOrThrow()
const step = (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => stepActs[id](at(who, `${on} 10:00`), { name, on, ...more })
const take = async (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => valueOf(await step(id, name, on, more, who))

const text = '第一條\n甲。\n第二條\n違反前條者，處新臺幣三千元以下罰鍰。'
const draft = { title: '示範縣步道管理自治條例', change: 'enact', instrument: 'ordinance', reason: '為管理步道。', text, penalty: 'yes' }
const propose = async (more: object = {}, on = '113/1/2') => valueOf(await proposeRegulation(at(office.officer, `${on} 09:00`), { ...draft, unitId: office.units.parks, ...more })).number

/** As far as the council's letter on 113/6/3. */
async function passed(more: object = {}): Promise<string> {
  const name = await propose(more)
  await take('announce', name, '113/1/8', { days: 14 })
  await take('to-review', name, '113/1/23', {}, office.officer)
  await take('review-passed', name, '113/2/20')
  await take('county-passed', name, '113/3/5')
  for (const [reading, on] of [['first-reading', '113/5/6'], ['second-reading', '113/5/13'], ['third-reading', '113/5/20']] as const) await take(reading, name, on)
  await take('letter-received', name, '113/6/3')
  return name
}

test('an ordinance with a penalty goes through notice, review, county meeting, council and approval, each with its clock', async () => {
  const name = await passed()
  expect(await caseOf(name)).toMatchObject({ stage: 'promulgation', due_on: '2024-07-03', promulgation_due: '2024-07-03', notice_until: '2024-01-22' })
  expect(codeOf(await step('promulgate', name, '113/6/10', { documentNo: '府法字第1號' }))).toBe('regulation.approval-needed')
  await take('submit-approval', name, '113/6/10')
  expect(await caseOf(name)).toMatchObject({ stage: 'approval', due_on: '2024-07-10' })
  expect(codeOf(await step('deemed-approved', name, '113/7/10'))).toBe('regulation.not-yet')
  await take('deemed-approved', name, '113/7/11')
  expect(await caseOf(name)).toMatchObject({ stage: 'promulgation', deemed_approved: true, due_on: '2024-08-09' })
  await take('promulgate', name, '113/7/15', { documentNo: '府法字第1130715號' })
  const promulgated = await caseOf(name)
  expect(promulgated).toMatchObject({ stage: 'in-force', promulgated_on: '2024-07-15', effective_on: '2024-07-17', due_on: null })
  const changes = await findChanges(db, promulgated.law_id!)
  expect(articlesOf(textOn(changes, day('2024-07-17')).text).map(({ no }) => no)).toEqual(['1', '2'])
  expect(textOn(changes, day('2024-07-16')).state).toBe('none')
  await take('close', name, '113/7/20')
  expect(await caseOf(name)).toMatchObject({ stage: 'closed', outcome: 'completed' })
})

test('what the council upholds starts the thirty days anew; what is not promulgated takes effect by law', async () => {
  const name = await passed({ title: '示範縣沙灘自治條例', text: '第一條\n甲。', penalty: '' })
  expect(codeOf(await step('reconsider', name, '113/6/10'))).toBe('regulation.reason')
  await take('reconsider', name, '113/6/10', { note: '窒礙難行' })
  expect(await caseOf(name)).toMatchObject({ stage: 'reconsideration', due_on: null })
  expect(codeOf(await step('upheld', name, '113/7/1'))).toBe('regulation.reconsider-unserved')
  await take('reconsider-in-recess', name, '113/6/12')
  expect((await caseOf(name)).due_on).toBe('2024-06-19')
  expect(codeOf(await step('upheld', name, '113/6/20'))).toBe('regulation.not-opened')
  expect(codeOf(await step('reconsider-lapsed', name, '113/6/22'))).toBe('regulation.not-yet')
  await take('reconsider-opened', name, '113/6/19')
  expect((await caseOf(name)).due_on).toBe('2024-06-24') // 06-22 is a Saturday
  await take('upheld', name, '113/7/1')
  expect(await caseOf(name)).toMatchObject({ stage: 'promulgation', due_on: '2024-07-31' })
  expect(codeOf(await step('deemed-effective', name, '113/7/31'))).toBe('regulation.not-yet')
  expect(codeOf(await step('promulgate', name, '113/8/1', { documentNo: '府法字第1號' }))).toBe('regulation.too-late')
  await take('deemed-effective', name, '113/8/5')
  expect(await caseOf(name)).toMatchObject({ stage: 'in-force', deemed_effective: true, promulgated_on: '2024-07-31', effective_on: '2024-08-02' })
  expect(codeOf(await step('close', name, '113/8/6'))).toBe('regulation.not-reported')
  await take('reported', name, '113/8/6')
  await take('close', name, '113/8/6')
})

test('the thirty days stand still from 報請函告無效 to its answer, and go on from there (地方制度法 §32 I)', async () => {
  const name = await passed({ title: '示範縣燈塔自治條例', text: '第一條\n甲。', penalty: '' })
  await take('report-nullity', name, '113/6/10', { note: '牴觸中央法規之疑義' })
  expect(await caseOf(name)).toMatchObject({ stage: 'promulgation', due_on: null, promulgation_due: null })
  expect(codeOf(await step('promulgate', name, '113/6/20', { documentNo: '府法字第1號' }))).toBe('regulation.paused')
  await expect(step('not-nullified', name, '113/7/10', { note: '函復' }, office.officer)).rejects.toThrow(NotAllowed)
  await take('not-nullified', name, '113/7/10', { note: '函復沒有牴觸' })
  expect((await caseOf(name)).due_on).toBe('2024-08-02')
  await take('promulgate', name, '113/7/15', { documentNo: '府法字第1號' })
  const void1 = await passed({ title: '示範縣煙火自治條例', text: '第一條\n甲。', penalty: '' })
  await take('ask-interpretation', void1, '113/6/10', { note: '有無牴觸發生疑義' })
  await take('nullified', void1, '113/9/2', { note: '函告無效' })
  expect(await caseOf(void1)).toMatchObject({ stage: 'closed', outcome: 'nullified', due_on: null, law_id: null })
})

test('a resolution that the council does not confirm dies; so does one that is not approved or not passed', async () => {
  const lapsed = await passed({ title: '示範縣甲自治條例' })
  expect(codeOf(await step('reconsider', lapsed, '113/7/4', { note: '窒礙難行' }))).toBe('regulation.too-late-to-reconsider')
  await take('reconsider', lapsed, '113/7/3', { note: '窒礙難行' })
  expect(codeOf(await step('reconsider-lapsed', lapsed, '113/7/15'))).toBe('regulation.not-yet')
  await take('reconsider-received', lapsed, '113/7/4')
  expect((await caseOf(lapsed)).due_on).toBe('2024-07-19')
  expect(codeOf(await step('reconsider-lapsed', lapsed, '113/7/19'))).toBe('regulation.not-yet')
  await expect(stepActs['reconsider-lapsed']({ ...at(office.law, '113/7/20 10:00'), session: { id: 0, proved: false } }, { name: lapsed, on: '113/7/20' })).rejects.toThrow(ProofNeeded)
  await take('reconsider-lapsed', lapsed, '113/7/20')
  expect(await caseOf(lapsed)).toMatchObject({ stage: 'closed', outcome: 'lapsed', promulgated_on: null, law_id: null })
  const voted = await passed({ title: '示範縣丙自治條例' })
  await take('reconsider', voted, '113/6/10', { note: '窒礙難行' })
  await take('reconsider-received', voted, '113/6/12')
  await take('not-upheld', voted, '113/6/20')
  expect(await caseOf(voted)).toMatchObject({ stage: 'closed', outcome: 'lapsed' })
  const refused = await passed({ title: '示範縣乙自治條例' })
  await take('submit-approval', refused, '113/6/10')
  await take('approval-extended', refused, '113/7/1', { until: '113/8/12' })
  expect((await caseOf(refused)).due_on).toBe('2024-08-12')
  await take('not-approved', refused, '113/8/1', { note: '牴觸法律' })
  expect(await caseOf(refused)).toMatchObject({ outcome: 'not-approved' })
})

test('a rule needs no council, but is reported and referred; an administrative rule is handed down and closed', async () => {
  const rule = await propose({ title: '示範縣步道使用辦法', instrument: 'rule', text: '第一條\n甲。', penalty: '' })
  await take('skip-notice', rule, '113/1/3', { note: '情況急迫' })
  await take('review-passed', rule, '113/1/10')
  await take('county-passed', rule, '113/1/16')
  expect(codeOf(await step('promulgate', rule, '113/1/18'))).toBe('regulation.document-no')
  await take('promulgate', rule, '113/1/18', { effectiveOn: '113/3/1', documentNo: '府法字第1號' })
  expect(await caseOf(rule)).toMatchObject({ stage: 'in-force', effective_on: '2024-03-01' })
  await take('reported', rule, '113/1/20')
  expect(codeOf(await step('close', rule, '113/1/21'))).toBe('regulation.not-referred')
  // its letter went out before the one to the ministry
  await take('referred', rule, '113/1/19')
  await take('close', rule, '113/1/22')
  const directions = await propose({ title: '示範縣政府步道巡查要點', instrument: 'administrative', text: '一、甲。\n二、乙。', penalty: '' })
  await take('to-review', directions, '113/1/3', {}, office.officer)
  await take('review-passed', directions, '113/1/4')
  await take('promulgate', directions, '113/1/5', { documentNo: '府法字第1號' })
  expect(await caseOf(directions)).toMatchObject({ stage: 'closed', outcome: 'completed', effective_on: '2024-01-05' })
})

test('what is promulgated has its own day of effect; earlier only where the text says so (地方制度法 §32 IV)', async () => {
  const ready = async (title: string, text: string) => {
    const name = await propose({ title, instrument: 'rule', text, penalty: '' })
    await take('skip-notice', name, '113/1/3', { note: '情況急迫' })
    await take('review-passed', name, '113/1/10')
    await take('county-passed', name, '113/1/16')
    return name
  }
  const documentNo = '府法字第1號'
  const plain = await ready('示範縣甲辦法', '第一條\n甲。')
  expect(codeOf(await step('promulgate', plain, '113/1/18', { documentNo, effectiveOn: '110/1/1' }))).toBe('regulation.retroactive-unsaid')
  expect(codeOf(await step('promulgate', plain, '113/1/18', { documentNo, effectiveOn: '110/1/1', retroactive: 'yes' }))).toBe('regulation.retroactive-unsaid')
  const back = await ready('示範縣乙辦法', '第一條\n甲。\n第二條\n本辦法自中華民國一百十三年一月一日施行。')
  expect(codeOf(await step('promulgate', back, '113/1/18', { documentNo }))).toBe('regulation.retroactive-unsaid')
  expect(codeOf(await step('promulgate', back, '113/1/18', { documentNo, effectiveOn: '113/2/1' }))).toBe('regulation.effect-differs')
  await take('promulgate', back, '113/1/18', { documentNo, retroactive: 'yes', note: '第二條' })
  const told = await caseOf(back)
  expect(told).toMatchObject({ promulgated_on: '2024-01-18', effective_on: '2024-01-01', document_no: '府法字第1號' })
  expect((await db.selectFrom('law_changes').select('note').where('law_id', '=', told.law_id!).executeTakeFirstOrThrow()).note).toBe('溯及施行：第二條\n為管理步道。')
})

test('an amendment is what differs from the text in force; a repeal ends it on the third day', async () => {
  await importRows(db, [{ 案號: '法100-000001', 法規名稱: '示範縣廣場自治條例', 法規代號: 'SQ', 種類: '自治條例', 異動: '制定', 主管單位: '建設處', 公布日期: '100/1/3', 條文: '第一條\n甲。\n第二條\n乙。' }])
  const same = await proposeRegulation(at(office.officer, '113/1/2 09:00'), { ...draft, title: '示範縣廣場自治條例', change: 'amend', lawCode: 'SQ', text: '第1條\n甲。\n第2條\n乙。', penalty: '', unitId: office.units.parks })
  expect(codeOf(same)).toBe('regulation.same')
  const amendment = await passed({ title: '示範縣廣場自治條例', change: 'amend', lawCode: 'SQ', text: '第一條\n甲修。\n第二條\n乙。', penalty: '' })
  await take('promulgate', amendment, '113/6/11', { documentNo: '府法字第1號' })
  const changes = await findChanges(db, (await caseOf(amendment)).law_id!)
  expect(changes[1]!.operations).toEqual([{ do: 'replace-article', no: '1', text: '甲修。' }])
  const repeal = await passed({ title: '示範縣廣場自治條例', change: 'repeal', lawCode: 'SQ', text: '', penalty: '' })
  expect(codeOf(await step('promulgate', repeal, '113/6/10', { documentNo: '府法字第1號' }))).toBe('regulation.later-change')
  await take('promulgate', repeal, '113/6/12', { documentNo: '府法字第1號' })
  const all = await findChanges(db, (await caseOf(repeal)).law_id!)
  expect([textOn(all, day('2024-06-13')).state, textOn(all, day('2024-06-14')).state]).toEqual(['in-force', 'repealed'])
})

test('single articles are suspended and resumed; what is not there, or binds already, is refused', async () => {
  await importRows(db, [{ 案號: '法100-000009', 法規名稱: '示範縣碼頭自治條例', 法規代號: 'MT', 種類: '自治條例', 異動: '制定', 主管單位: '建設處', 公布日期: '100/1/3', 條文: '第一條\n甲。\n第二條\n乙。' }])
  const of = (change: string, articles: string, on = '113/1/2') => proposeRegulation(at(office.officer, `${on} 09:00`), { ...draft, title: '示範縣碼頭自治條例', change, lawCode: 'MT', text: '', penalty: '', articles, unitId: office.units.parks })
  expect([codeOf(await of('suspend', '第九條')), codeOf(await of('suspend', '無')), codeOf(await of('resume', '第二條'))]).toEqual(['regulation.no-article', 'regulation.articles', 'regulation.not-suspended'])
  const suspend = await passed({ title: '示範縣碼頭自治條例', change: 'suspend', lawCode: 'MT', text: '', penalty: '', articles: '第二條' })
  expect((await caseOf(suspend)).title).toBe('暫停適用「示範縣碼頭自治條例」第二條')
  await take('promulgate', suspend, '113/6/11', { documentNo: '府法字第1號' })
  const standing = async (on: string) => textOn(await findChanges(db, (await caseOf(suspend)).law_id!), day(on))
  expect([(await standing('2024-06-13')).state, (await standing('2024-06-13')).suspended]).toEqual(['in-force', ['2']])
  expect(codeOf(await of('suspend', '第二條', '113/7/1'))).toBe('regulation.suspended-already')
  const resume = await passed({ title: '示範縣碼頭自治條例', change: 'resume', lawCode: 'MT', text: '', penalty: '' })
  await take('promulgate', resume, '113/6/12', { documentNo: '府法字第1號' })
  expect((await standing('2024-06-14')).suspended).toEqual([])
})


test('what a text may not hold is refused with its article', async () => {
  const wrong = async (more: object) => codeOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), { ...draft, unitId: office.units.parks, ...more }))
  expect(await wrong({ title: '某辦法', instrument: 'rule' })).toBe('regulation.penalty-kind')
  expect(await wrong({ title: '某自治條例', text: '第一條\n違反者，處新臺幣一萬元以上二十萬元以下罰鍰。' })).toBe('regulation.fine-limit')
  expect(await wrong({ title: '某自治條例', penalty: '' })).toBe('regulation.penalty')
  expect(await wrong({ title: '某自治條例', text: '沒有條號' })).toBe('regulation.unreadable')
  expect(await wrong({ title: '示範縣步道管理自治條例' })).toBe('regulation.exists')
  expect(await wrong({ title: '某自治條例', change: 'amend' })).toBe('regulation.no-law')
})

test('steps keep their order and their days', async () => {
  const name = await propose({ title: '示範縣丙自治條例' })
  expect(codeOf(await step('county-passed', name, '113/1/3'))).toBe('regulation.wrong-stage')
  expect(codeOf(await step('to-review', name, '113/1/3', {}, office.officer))).toBe('regulation.no-notice')
  expect(codeOf(await step('announce', name, '113/1/1', { days: 14 }))).toBe('regulation.before')
  expect(codeOf(await stepActs.announce(at(office.law, '113/1/3 10:00'), { name, on: '113/1/4', days: 14 }))).toBe('regulation.future')
  await take('announce', name, '113/1/3', { days: 14 })
  expect(codeOf(await step('to-review', name, '113/1/17', {}, office.officer))).toBe('regulation.notice-runs')
  expect(codeOf(await saveDraft(at(office.officer, '113/1/5 10:00'), { ...draft, name, title: '示範縣丙自治條例' }))).toBe('regulation.under-notice')
})

test('a colleague of another bureau does not see it; the officer may not do what the law section does', async () => {
  const name = await propose({ title: '示範縣丁自治條例' })
  await expect(saveDraft(at(office.stranger, '113/1/3 10:00'), { ...draft, name, title: '示範縣丁自治條例' })).rejects.toThrow(NotFound)
  await expect(step('announce', name, '113/1/3', { days: 14 }, office.officer)).rejects.toThrow(NotAllowed)
  await expect(proposeRegulation(at(office.officer, '113/1/2 09:00'), { ...draft, title: '示範縣戊自治條例', unitId: office.units.environment })).rejects.toThrow(NotAllowed)
  await take('withdraw', name, '113/1/4', { note: '重新研議' }, office.officer)
  expect(await caseOf(name)).toMatchObject({ stage: 'closed', outcome: 'withdrawn' })
})

test('the search at the top opens it by its number, however typed, for who may see it', async () => {
  const name = await propose({ title: '示範縣己自治條例' })
  const [, year, digits] = /^法(\d+)-(\d+)$/.exec(name)!
  expect(['法１１３－９', ' 法113 - 9', '訴會115-000002', '113-9', '第三條', '法113-1234567'].map(caseNumberOf)).toEqual(['法113-000009', '法113-000009', '訴會115-000002', null, null, null])
  const typed = caseNumberOf(`法${year}-${Number(digits)}`)!
  expect(await pathOfNumber(db, office.officer.person, typed)).toBe(regulationPath(name))
  expect(await pathOfNumber(db, office.law.person, typed)).toBe(regulationPath(name))
  expect(await pathOfNumber(db, office.stranger.person, typed)).toBeNull()
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
