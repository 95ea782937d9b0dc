import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { serveLawOffice } from '../../../../test/support/law-office.ts'
import { useDocumentFolder } from '../../../core/documents/store.ts'
import { valueOf } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { registerOnline } from '../filing/register.ts'
import { sendLetter, recordService } from '../letters/acts.ts'
import { at, filing, makeOffice } from '../office-for-tests.ts'
import { findAppeals } from '../queries.ts'
import { stepActs } from '../take-step.ts'
import { memberCases } from './member-cases.ts'
import { sendableNow } from './follow.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db, url } = await createTestDatabase()
const office = await makeOffice(db)
useDocumentFolder(testFolder())
let now = parseInstant('113/8/5 22:30')!
const { visit } = await serveLawOffice(db, url, () => now)

const online = (more: Record<string, string> = {}): Record<string, string> => {
  const { channel: _, receivedOn: __, unitId: ___, signed: ____, ...fields } = filing(office)
  return { ...fields, ...more }
}
const send = async (who: ReturnType<typeof visit>, more: Record<string, string> = {}) => who.submit((await who.open('/appeals/new')).form('/appeals/new'), online(more))
const caseOf = (followNo: string) => db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').selectAll('appeals').select(['stage', 'number', 'received_at', 'due_on']).where('follow_no', '=', followNo).executeTakeFirstOrThrow()

test('a resident appeals without an account, is asked to correct, corrects on the portal, and the clock follows', async () => {
  const resident = visit()
  const wrong = await send(resident, { title: '', claims: '', servedOn: '', email: '', address: '', bornOn: 'abc', residence: '火星' })
  expect([wrong.status, wrong.errors.toSorted()]).toEqual([422, ['請填案由', '「abc」讀不出日期，請寫成 110/4/9、110年4月9日 或 2021-04-09', '沒有「火星」這個地方，請填縣市或鄉鎮，例如臺北市', '請填電子郵件，收件通知和追蹤碼會寄到這裡', '請填住居所或營業所，決定書要寄到這裡（訴願法 §56 I ①）', '請填收到處分書的日期（訴願法 §56 I ⑥）', '請填訴願請求事項，一行一項（訴願法 §56 I ④）'].toSorted()])
  const sent = await resident.submit(wrong.form('/appeals/new'), online())
  expect(sent.headers.location).toBe('/appeals/filed')
  const shown = (await resident.follow(sent)).text
  const [followNo, code] = [/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(shown)![0], />([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(shown)![1]!]
  expect(await caseOf(followNo)).toMatchObject({ stage: 'filed', number: null, channel: 'portal', filed_on: '2024-08-05', due_on: '2024-11-05', signed: false })
  const mail = await db.selectFrom('mail_messages').select(['text', 'secret', 'purpose']).orderBy('id', 'desc').executeTakeFirstOrThrow()
  expect(mail).toMatchObject({ secret: true, purpose: 'appeal.acknowledgement' })
  expect(mail.text).toContain(code)
  expect((await db.selectFrom('appeal_letters').select('text').executeTakeFirstOrThrow()).text).not.toContain(code)

  const { number: name } = valueOf(await registerOnline(at(office.clerk, '113/8/6 09:00'), { name: followNo, unitId: office.units.lawSection }))
  valueOf(await stepActs['ask-correction'](at(office.law, '113/8/7 10:00'), { name, on: '113/8/7', asked: '1. 簽名或蓋章。' }))
  const letter = await db.selectFrom('appeal_letters').select('id').where('kind', '=', 'correction').executeTakeFirstOrThrow()
  valueOf(await sendLetter(at(office.clerk, '113/8/7 11:00'), { name, letter: letter.id, on: '113/8/7' }))
  valueOf(await recordService(at(office.clerk, '113/8/12 11:00'), { name, letter: letter.id, on: '113/8/9', kind: '送達' }))

  now = parseInstant('113/8/20 20:00')!
  const other = visit()
  expect((await other.open(`/appeals/follow/${followNo}`)).text).toContain('查訴願進度')
  const asked = (await other.open('/appeals/follow')).form('/appeals/follow')
  expect((await other.submit(asked, { number: name, code: 'AAAA-AAAA' })).status).toBe(422)
  const page = await other.follow(await other.submit(asked, { number: name, code: code.toLowerCase() }))
  expect(page.text).toContain('請在 113/8/29 以前補正')
  expect(page.text).not.toContain('謝法制')
  const papers = page.form(`/appeals/follow/${followNo}/papers`)
  expect((await other.submit(papers, { kind: 'correction', text: '' })).errors).toEqual(['請寫下內容'])
  expect((await other.submit(papers, { kind: 'correction', text: '已親自簽名，附上訴願書。' }, [{ name: '訴願書.txt', bytes: Buffer.from('訴願書') }])).status).toBe(303)
  // a text is no signature: the law section looks at it first
  expect(await caseOf(followNo)).toMatchObject({ stage: 'correction', corrected_on: null, signed: false })
  expect((await findAppeals(db, office.law.person, { waits: 'came' })).count).toBe(1)
  expect((await other.open(`/appeals/follow/${followNo}`)).text).toContain('您送來的補正已經收到')
  const corrected = (more: object) => stepActs.corrected(at(office.law, '113/8/22 09:00'), { name, on: '113/8/20', paper: '線上送來的補正已看過。', ...more })
  expect(await corrected({})).toMatchObject({ code: 'appeal.signature' })
  valueOf(await corrected({ signature: 'yes' }))
  expect(await caseOf(followNo)).toMatchObject({ stage: 'received', corrected_on: '2024-08-20', due_on: '2024-11-20', signed: true })
  expect((await findAppeals(db, office.law.person, { waits: 'came' })).count).toBe(0)
  const after = await other.open(`/appeals/follow/${followNo}`)
  expect(after.text).toContain('訴願書.txt')
  expect((await other.submit(after.form(`/appeals/follow/${followNo}/papers`), { kind: 'withdraw', text: '不想告了。' })).status).toBe(303)
  expect((await caseOf(followNo)).stage).toBe('received')

  const mine = (email: string) => memberCases(db, { id: 1, kind: 'resident', email } as never, 10)
  expect((await mine('resident1@example.org')).map((one) => one.number)).toEqual([name])
  expect(await mine('somebody@example.org')).toEqual([])
})

test('a statement of dissatisfaction keeps the day and waits for its 訴願書; one address files five a day', async () => {
  now = parseInstant('113/9/2 23:59')!
  const resident = visit()
  const file = (more: Record<string, string>) => send(resident, { dispositionOn: '113/8/16', servedOn: '113/8/20', email: 'many@example.org', ...more })
  expect((await file({ form: 'statement', claims: '' })).status).toBe(303)
  const stated = await db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').select(['follow_no', 'filed_on', 'due_on']).where('form', '=', 'statement').executeTakeFirstOrThrow()
  expect(stated).toMatchObject({ filed_on: '2024-09-02', due_on: '2025-01-02' })
  for (let i = 0; i < 4; i++) expect((await file({})).status).toBe(303)
  const sixth = await file({})
  expect([sixth.status, sixth.errors]).toEqual([422, ['這個信箱今天已經提出好幾件，請明天再提，或以書面提出']])
})

test('who lost the code gets a new one by mail; a wrong address is answered alike', async () => {
  const { follow_no: followNo } = await db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').select('follow_no').where('channel', '=', 'portal').orderBy('cases.id').executeTakeFirstOrThrow()
  const mails = async () => (await db.selectFrom('mail_messages').select('text').where('purpose', '=', 'appeal.code').execute()).map(({ text }) => text)
  const resident = visit()
  const lost = async (email: string) => resident.follow(await resident.submit((await resident.open('/appeals/follow/lost')).form('/appeals/follow/lost'), { number: followNo, email }))
  const [wrong, right] = [await lost('somebody@example.org'), await lost('resident1@example.org')]
  expect([wrong.text.includes('新的追蹤碼已經寄到'), right.text.includes('新的追蹤碼已經寄到')]).toEqual([true, true])
  expect(await mails()).toHaveLength(1)
  const code = /追蹤碼：([0-9A-Z]{4}-[0-9A-Z]{4})/.exec((await mails())[0]!)![1]!
  const opened = await resident.submit((await resident.open('/appeals/follow')).form('/appeals/follow'), { number: followNo, code })
  expect([opened.status, opened.headers.location]).toEqual([303, `/appeals/follow/${followNo}`])
})

test('who files late is told so at once, how to ask for restoration, and may ask here (§15)', async () => {
  const resident = visit()
  const sent = await send(resident, { servedOn: '113/6/3', dispositionOn: '113/6/1', email: 'late@example.org' })
  const shown = (await resident.follow(sent)).text
  const followNo = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(shown)![0]
  expect((await db.selectFrom('mail_messages').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow()).text).toContain('可以申請回復原狀（訴願法第 15 條）')
  const page = await resident.open(`/appeals/follow/${followNo}`)
  expect(page.text).toContain('訴願期間到 113/7/3 為止，這件晚了')
  expect((await resident.submit(page.form(`/appeals/follow/${followNo}/papers`), { kind: 'restitution', text: '颱風停航至 113/8/31，請准回復原狀。' })).status).toBe(303)
  expect((await db.selectFrom('appeal_papers').innerJoin('cases', 'cases.id', 'case_id').select('appeal_papers.kind').where('follow_no', '=', followNo).orderBy('appeal_papers.id', 'desc').executeTakeFirstOrThrow()).kind).toBe('restitution')
})

test('what may be sent depends on where the case stands', () => {
  expect(sendableNow('closed', { corrects: true, late: true })).toEqual([])
  expect(sendableNow('statement', { corrects: false, late: false })).toContain('appeal')
  expect(sendableNow('review', { corrects: false, late: false })).not.toContain('correction')
  expect(sendableNow('review', { corrects: false, late: true })).toContain('restitution')
  expect(sendableNow('decided', { corrects: true, late: true })).toEqual(['correction', 'withdraw'])
})

test('everything proves', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
