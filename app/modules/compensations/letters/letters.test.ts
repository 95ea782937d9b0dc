import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { at, makeLawOffice, serveLawOffice, type Staff } from '../../../../test/support/law-office.ts'
import { makePerson } from '../../../../test/support/makers.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../../core/errors.ts'
import { letterActs } from '../../../core/procedure/letters/acts.ts'
import { letterPaper, type Printable } from '../../../core/procedure/letters/paper.ts'
import { findLetters } from '../../../core/procedure/letters/queries.ts'
import { stepActs } from '../../../core/procedure/take-step.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { acts as filingActs, fileClaim } from '../portal/filing.ts'
import { registerClaim, takeClaim } from '../register.ts'
import { procedure, type StepId } from '../steps.ts'
import { letters } from './kinds.ts'

const { db, url } = await createTestDatabase()
const office = await makeLawOffice(db)
const colleague = await makePerson(db, '鄭同事', 'law', office.units.section)
let now = parseInstant('114/6/20 09:00')!
const { app, visit, signIn } = await serveLawOffice(db, url, () => now)
const [steps, papers] = [stepActs(procedure), letterActs(letters)]
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const take = async (id: StepId, name: string, on: string, more: object = {}) => valueOf(await steps[id]!(at(office.law, `${on} 15:00`), { name, on, ...more }))
const claim = { title: '機車經過坑洞跌倒', facts: '夜間騎機車經過路面坑洞，跌倒受傷，電話 0912-345-678，請求醫療費。', requestedTwd: '5萬', claimantName: '王示範', claimantIdNumber: 'A123456789', claimantBorn: '60/5/20', claimantAddress: '示範縣金湖鎮示範路1號', claimantMore: '男', channel: 'paper', agency: '工務處' }
const made = async (on: string, more: object = {}) => valueOf(await registerClaim(at(office.law, `${on} 10:00`), { ...claim, receivedOn: on, ...more })).name
const idOf = async (name: string) => (await db.selectFrom('cases').select('id').where('number', '=', name).executeTakeFirstOrThrow()).id
const partyOf = async (name: string) => (await db.selectFrom('case_parties').innerJoin('cases', 'cases.id', 'case_id').select('case_parties.id').where('number', '=', name).executeTakeFirstOrThrow()).id
const draft = async (name: string, kind: string, on: string, more: object = {}, who: Staff = office.law) => papers.draft(at(who, `${on} 10:00`), { name, kind, parties: { [await partyOf(name)]: 'original' }, ...more })
const issue = (name: string, letter: number, on: string, who: Staff = colleague, more: object = {}) => papers.issue(at(who, `${on} 16:00`), { name, letter, on, documentNo: '府行法字第1140000001號', ...more })
const serve = (name: string, letter: number, copy: number, on: string, kind = '送達', who: Staff = office.law) => papers.serve(at(who, `${on} 17:00`), { name, letter, copy, on, kind })
const letterOf = async (name: string, letter: number) => (await findLetters(db, await idOf(name))).find(({ id }) => id === letter)!
const stateOf = async (name: string) => db.selectFrom('cases').innerJoin('compensations', 'compensations.id', 'cases.id').select(['stage', 'decision', 'decided_on', 'agreement_served_on', 'correction_due_on', 'meeting_on', 'notice_served_on']).where('number', '=', name).executeTakeFirstOrThrow()

test('a refusal is drafted from the case, issued by another, takes its step, and is served with proof', async () => {
  const name = await made('114/6/5')
  expect(codeOf(await draft(name, 'refusal', '114/6/10', { ground: 'no-duty' }))).toBe('letter.reason')
  expect(codeOf(await draft(name, 'agreement', '114/6/10'))).toBe('letter.not-now')
  expect(codeOf(await draft(name, 'refusal', '114/6/10', { ground: 'no-duty', note: '已設警示。', parties: {} }))).toBe('letter.nobody')
  await expect(draft(name, 'refusal', '114/6/10', { ground: 'no-duty', note: '已設警示。' }, office.officer)).rejects.toThrow(NotAllowed)
  const { letter } = valueOf(await draft(name, 'refusal', '114/6/10', { ground: 'no-duty', note: '已設警示，管理沒有欠缺。', othersCc: '工務處' }))
  const drafted = await letterOf(name, letter)
  expect(drafted.sections.map(({ title }) => title)).toEqual(['主文', '事實', '理由', '救濟'])
  expect(drafted.sections[2]!.text).toContain('已設警示，管理沒有欠缺。\n據上，沒有賠償義務')
  expect((await stateOf(name)).stage).toBe('received')
  expect(codeOf(await issue(name, letter, '114/6/11', office.law))).toBe('letter.own-draft')
  await expect(issue(name, letter, '114/6/11', office.head)).rejects.toThrow(NotAllowed) // of the agency concerned
  expect(codeOf(await issue(name, letter, '114/6/4'))).toBe('compensation.before')
  expect(codeOf(await serve(name, letter, drafted.copies[0]!.id, '114/6/12'))).toBe('letter.not-issued')
  expect(valueOf(await issue(name, letter, '114/6/11'))).toEqual({ step: 'refuse' })
  expect(await stateOf(name)).toMatchObject({ stage: 'closed', decision: 'refused', decided_on: '2025-06-11' })
  expect(codeOf(await issue(name, letter, '114/6/11'))).toBe('letter.issued')
  expect(codeOf(await papers.save(at(office.law, '114/6/11 17:00'), { name, letter, texts: {}, parties: {} }))).toBe('letter.issued')
  const { copies } = await letterOf(name, letter)
  expect(copies.map(({ original, waits }) => [original, waits])).toEqual([[true, true], [false, false]])
  expect(codeOf(await serve(name, letter, copies[0]!.id, '114/6/10'))).toBe('letter.before')
  // 施行細則 §28 II → 民事訴訟法 §138 II: a deposit counts after ten days
  expect(valueOf(await serve(name, letter, copies[0]!.id, '114/6/13', '寄存送達'))).toEqual({ effectiveOn: '2025-06-23', step: null, not: null })
  expect(codeOf(await serve(name, letter, copies[0]!.id, '114/6/14'))).toBe('letter.served')
})

test('service takes the step that waits for it: the period to correct, the service of an agreement', async () => {
  const name = await made('114/6/5')
  const ask = valueOf(await draft(name, 'correction', '114/6/6', { defect: 'form', days: '14', asked: '請簽名。' })).letter
  valueOf(await issue(name, ask, '114/6/6'))
  expect((await stateOf(name)).stage).toBe('received')
  expect(valueOf(await serve(name, ask, (await letterOf(name, ask)).copies[0]!.id, '114/6/10'))).toMatchObject({ step: 'ask-correction' })
  expect(await stateOf(name)).toMatchObject({ stage: 'correcting', correction_due_on: '2025-06-24' })
  await take('corrected', name, '114/6/12')
  const notice = valueOf(await draft(name, 'notice', '114/6/13', { meetingOn: '114/7/1', startsAt: '9:30', place: '縣府', servedOn: '114/6/20' })).letter
  valueOf(await issue(name, notice, '114/6/13'))
  expect((await stateOf(name)).stage).toBe('negotiating')
  expect(await serve(name, notice, (await letterOf(name, notice)).copies[0]!.id, '114/6/18')).toMatchObject({ value: { step: 'notice-served' } })
  expect(await stateOf(name)).toMatchObject({ meeting_on: '2025-07-01', notice_served_on: '2025-06-18' })
  await take('agree', name, '114/7/1', { amount: '3.5萬' })
  const agreement = valueOf(await draft(name, 'agreement', '114/7/2', { others: '工務處' })).letter
  expect((await letterOf(name, agreement)).sections[2]!.text).toContain('新臺幣35,000元')
  valueOf(await issue(name, agreement, '114/7/2'))
  const [one, two] = (await letterOf(name, agreement)).copies
  expect(valueOf(await serve(name, agreement, one!.id, '114/7/4')).step).toBeNull()
  expect(valueOf(await serve(name, agreement, two!.id, '114/7/3'))).toMatchObject({ step: 'agreement-served' })
  expect((await stateOf(name)).agreement_served_on).toBe('2025-07-04')
})

test('a draft is changed and thrown away; who changed it does not issue it either', async () => {
  const name = await made('114/6/5')
  const { letter } = valueOf(await draft(name, 'letter', '114/6/6'))
  expect(codeOf(await papers.save(at(colleague, '114/6/6 11:00'), { name, letter, texts: { 0: '請查照', 1: '一、' }, parties: {}, others: '' }))).toBe('letter.nobody')
  valueOf(await papers.save(at(colleague, '114/6/6 11:00'), { name, letter, texts: { 0: '', 1: '' }, parties: {}, others: '工務處' }))
  expect(codeOf(await issue(name, letter, '114/6/6'))).toBe('letter.own-draft')
  const third = await makePerson(db, '許三', 'head', office.units.admin)
  expect(codeOf(await issue(name, letter, '114/6/6', third))).toBe('letter.empty')
  valueOf(await papers.discard(at(office.law, '114/6/6 12:00'), { name, letter }))
  expect(await findLetters(db, await idOf(name))).toEqual([])
})

test('a masked copy holds none of the masked strings: text, properties, name of the file; the whole one asks what for', async () => {
  const name = await made('114/6/5')
  const { letter } = valueOf(await draft(name, 'refusal', '114/6/10', { ground: 'no-duty', note: '王示範主張之坑洞已設警示。' }))
  valueOf(await issue(name, letter, '114/6/11'))
  const secrets = ['王示範', 'A123456789', '60/5/20', '示範路1號', '0912-345-678']
  const law = await signIn(office.law)
  const session = { cookie: Object.entries((law as unknown as { cookies: Record<string, string> }).cookies).map(([key, value]) => `${key}=${value}`).join('; ') }
  const path = `/console/compensations/${encodeURIComponent(name)}/letters/${letter}`
  const odt = await app.inject({ method: 'GET', url: `${path}/paper.masked.odt`, headers: session })
  expect(odt.statusCode).toBe(200)
  const files = Object.entries(unzipSync(odt.rawPayload)).map(([file, bytes]) => file + new TextDecoder().decode(bytes)).join('\n')
  const pdf = await app.inject({ method: 'GET', url: `${path}/paper.masked.pdf`, headers: session })
  const row = await letterOf(name, letter)
  const printable: Printable = { county: '示範縣政府', title: row.title, documentNo: row.documentNo, on: row.issuedOn!, caseNumber: name, parties: row.printed!, sections: row.sections, signed: [], originals: [], copies: [] }
  const text = [files, pdf.rawPayload.toString('latin1'), decodeURIComponent(String(odt.headers['content-disposition']) + String(pdf.headers['content-disposition'])), JSON.stringify(letterPaper(printable, 'masked'))].join('\n')
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  expect(files).toContain('王○○')
  expect(JSON.stringify(letterPaper(printable, 'online'))).not.toContain('A123456789')
  expect((await app.inject({ method: 'GET', url: `${path}/paper.pdf`, headers: session })).statusCode).toBe(303)
  const opened = await law.follow(await law.submit((await law.open(path)).form(path.replace(/\/letters.*/, '/personal-data')), { reason: '製作文書' }))
  expect(opened.text).toContain('paper.pdf?opened=')
  expect((await (await signIn(office.stranger)).open(path)).status).toBe(404)
})

test('the resident learns of it by mail, reads it on the case\'s page and downloads a copy without numbers; a draft is not theirs', async () => {
  valueOf(await fileClaim({ db, person: null, now: parseInstant('114/6/2 09:00')! }, { ...claim, channel: undefined, claimantEmail: 'claim@example.org', files: [], origin: 'https://windlion.example' }))
  const mail = async () => (await db.selectFrom('mail_messages').select(['text', 'subject']).orderBy('id', 'desc').executeTakeFirstOrThrow())
  const { text } = await mail()
  valueOf(await filingActs.confirm({ db, person: null, now: parseInstant('114/6/2 10:00')! }, { token: /confirm\/([\w-]+)/.exec(text)![1]! }))
  const [number, code] = [/追蹤號碼：([\w-]+)/.exec(text)![1]!, /追蹤碼：([\w-]+)/.exec(text)![1]!]
  const { name } = valueOf(await takeClaim(at(office.law, '114/6/3 09:00'), { name: number }))
  const { letter } = valueOf(await draft(name, 'refusal', '114/6/10', { ground: 'no-duty', note: '已設警示。' }))
  now = parseInstant('114/6/11 17:00')!
  const browser = visit()
  const before = await browser.follow(await browser.submit((await browser.open('/compensation/follow')).form('/compensation/follow'), { number, code }))
  expect(before.text).not.toContain('收到的文書')
  valueOf(await issue(name, letter, '114/6/11'))
  expect((await mail()).subject).toBe('拒絕賠償理由書：機車經過坑洞跌倒')
  expect((await mail()).text).not.toContain('已設警示')
  const after = await browser.open(`/compensation/follow/${number}`)
  expect(after.text).toContain('已設警示')
  expect((await browser.open(`/compensation/follow/${number}/letters/${letter}`)).status).toBe(200)
  expect((await visit().open(`/compensation/follow/${number}/letters/${letter}`)).status).toBe(404)
})

test('the record of all this can be proved', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})
