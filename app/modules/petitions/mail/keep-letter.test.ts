import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { lockService } from '../../../core/database/server-lock.ts'
import { valueOf } from '../../../core/errors.ts'
import { readDocument } from '../../../core/documents/store.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { runDueJobs } from '../../../core/jobs/jobs.ts'
import { startIntake } from '../../../core/mail/intake.ts'
import { big5, joined, letterOf as linesOf, multipartOf, word } from '../../../core/mail/letters-for-tests.ts'
import nodemailer from 'nodemailer'
import { findByFollowCode } from '../filing/follow-code.ts'
import { makeOffice, type Office } from '../office-for-tests.ts'
import { mergePetitions } from '../registration/merge.ts'
import { addLetterToCase, dismissLetters, makeLetterAPetition } from './inbox-acts.ts'
import { countWaiting, listInbox } from './inbox-queries.ts'
import { addresses, openMailroom } from './mailroom-for-tests.ts'
import { takeLetter } from './index.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db, pool } = await createTestDatabase()
let office: Office
let room: Awaited<ReturnType<typeof openMailroom>>
let service: Awaited<ReturnType<typeof lockService>>
const faults: string[] = []

beforeAll(async () => {
  office = await makeOffice(db)
  room = await openMailroom(db, faults)
  service = await lockService(pool, testFolder()) // as when the service runs
})
afterAll(async () => {
  await room.close()
  await service.release()
})

/** SMTP ends every letter with a line break. */
const letterOf = (head: (string | Buffer)[], text: string | Buffer = '') => linesOf(head, joined(text, '\r\n'))
let serial = 0
/** Headers of a letter that nobody wrote before. */
function headers(more: Record<string, string> = {}): string[] {
  serial += 1
  const all = { From: `王小明 <ming${serial}@example.tw>`, To: addresses.mayor, Subject: '路燈不亮', 'Message-ID': `<${serial}@example.tw>`, Date: 'Mon, 12 Apr 2021 10:00:00 +0800', ...more }
  return Object.entries(all).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
}
const utf8 = 'Content-Type: text/plain; charset=utf-8'
const body = (text = '') => `民生路口的路燈已經一個星期不亮，晚上很暗，請派人來修。${text}`
const sha = (raw: Buffer) => createHash('sha256').update(raw).digest()

const inboxOf = (raw: Buffer) => db.selectFrom('petition_inbox').selectAll().where('sha256', '=', sha(raw)).orderBy('id').execute()
async function petitionOf(raw: Buffer, at = 0) {
  const row = (await inboxOf(raw))[at]!
  const found = await db.selectFrom('cases').innerJoin('petitions', 'petitions.id', 'cases.id').selectAll('cases').select(['channel', 'sender_name', 'sender_email', 'mailbox_ref', 'language', 'answer_by']).where('cases.id', '=', row.case_id!).executeTakeFirstOrThrow()
  const letters = await db.selectFrom('petition_letters').selectAll().where('case_id', '=', found.id).orderBy('id').execute()
  const files = await db.selectFrom('case_documents').innerJoin('documents', 'documents.id', 'document_id').select(['name', 'kind', 'media_type', 'sha256']).where('case_id', '=', found.id).orderBy('case_documents.id').execute()
  const notes = await db.selectFrom('petition_notes').select('text').where('case_id', '=', found.id).execute()
  return { ...found, letters, files, notes: notes.map((note) => note.text).join('\n') }
}
const mailsOf = (caseId: number) => db.selectFrom('mail_messages').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
/** Message-ID of the last message about a case, as the resident's program sees it. */
const messageIdOf = async (caseId: number) => `<windlion.${(await mailsOf(caseId)).at(-1)!.token}@kinmen.example>`

test('a letter becomes a petition of its mailbox, with the original untouched', async () => {
  const raw = letterOf([...headers({ From: '王小明 <ming@example.tw>' }), utf8], body())
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  expect(petition).toMatchObject({ title: '路燈不亮', stage: 'received', channel: 'mayor-mail', number: null, answer_by: 'mail', language: 'zh', mailbox_ref: expect.stringMatching(/^<\d+@example\.tw>$/) })
  expect(petition.letters.map((letter) => letter.text)).toEqual([body()])
  expect([unseal(petition.sender_name), unseal(petition.sender_email)]).toEqual(['王小明', 'ming@example.tw'])
  expect(petition.received_at!.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(petition.due_on).not.toBeNull()
  expect(petition.files).toMatchObject([{ kind: 'original-mail', media_type: 'message/rfc822' }])
  expect((await readDocument(petition.files[0]!.sha256.toString('hex'))).equals(raw)).toBe(true)
})

test('the receipt has a follow number and a code that open the case, and threads with the letter', async () => {
  const raw = letterOf([...headers({ Subject: '樹倒了' }), utf8], '公園裡的樹倒了，擋住步道，請儘快清除，謝謝。')
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  const [mail] = await mailsOf(petition.id)
  expect(mail).toMatchObject({ purpose: 'petition.receipt', secret: true, in_reply_to: petition.mailbox_ref })
  const code = /追蹤碼：(\S+)/.exec(mail!.text)![1]!
  expect(await findByFollowCode(db, petition.follow_no, code)).toEqual({ id: petition.id, followNo: petition.follow_no })
  expect(mail!.text).toContain('https://portal.example/petitions/follow')
})

test('Big5 is read, declared or wrongly called UTF-8, and so is UTF-8 called Big5', async () => {
  const text = '海邊堤防堃固工程的石塊掉下來，請縣府派員到場查看並設置警告標誌。'
  const declared = letterOf([...headers({ Subject: word('big5', big5('堤防石塊掉落')) }), 'Content-Type: text/plain; charset=big5'], big5(text))
  await room.deliver(declared)
  expect(await petitionOf(declared)).toMatchObject({ title: '堤防石塊掉落', letters: [{ text }] })
  const second = '碼頭旁的垃圾桶已經滿出來很多天沒有人清，味道很重，遊客都在抱怨。'
  const labelled = letterOf([...headers({ Subject: '垃圾桶' }), 'Content-Type: text/plain; charset=big5'], second)
  await room.deliver(labelled)
  const petition = await petitionOf(labelled)
  expect(petition.letters[0]!.text).toBe(second)
  expect(petition.notes).toContain('編碼')
  const third = '學校門口的斑馬線已經看不清楚，接送時間很危險，請重新劃設標線。'
  const wrong = letterOf([...headers({ Subject: '斑馬線' }), utf8], joined(big5(third)))
  await room.deliver(wrong)
  expect((await petitionOf(wrong)).letters[0]!.text).toBe(third)
})

test('a letter to two mailboxes is two cases, joined, with one receipt that names both', async () => {
  const raw = letterOf([...headers({ To: `${addresses.mayor}, ${addresses.premier}`, Subject: '公車班次' }), utf8], '早上七點的公車班次太少，學生常常遲到，希望增開一班。')
  await room.deliver(raw, [addresses.mayor, addresses.premier])
  const [main, member] = [await petitionOf(raw, 0), await petitionOf(raw, 1)]
  expect([main.channel, member.channel]).toEqual(['mayor-mail', 'premier-mail'])
  expect(member).toMatchObject({ merged_into: main.id, closed_at: null, outcome: null, number: expect.stringMatching(/^陳/) })
  expect(main.merged_into).toBeNull()
  const mails = [...(await mailsOf(main.id)), ...(await mailsOf(member.id))]
  expect(mails).toHaveLength(1)
  expect(mails[0]!.text).toContain(main.follow_no)
  expect(mails[0]!.text).toContain(member.follow_no)
})

test('the same words from the same sender within days join the first letter; another person is left alone', async () => {
  const text = '活動中心的冷氣壞了兩個星期，長輩上課很熱，請儘快修理。'
  const first = letterOf([...headers({ Subject: '冷氣', From: 'Chen <chen@example.tw>' }), utf8], text)
  const again = letterOf([...headers({ Subject: '冷氣（再寄一次）', From: 'Chen <CHEN@example.tw>', To: addresses.president }), utf8], `${text.replace('，', ' , ')}\r\n`)
  const other = letterOf([...headers({ Subject: '冷氣', From: 'Ying <ying@example.tw>' }), utf8], text)
  await room.deliver(first)
  await room.deliver(again, addresses.president)
  await room.deliver(other)
  const main = await petitionOf(first)
  expect((await petitionOf(again)).merged_into).toBe(main.id)
  expect((await petitionOf(other)).merged_into).toBeNull()
  expect((await mailsOf((await petitionOf(again)).id))[0]!.text).toContain(`追蹤號碼 ${main.follow_no}`)
})

test('a Message-ID that a program writes into every letter joins nothing', async () => {
  const one = letterOf([...headers({ 'Message-ID': '<same@program.example>', Subject: '第一封' }), utf8], '我家前面的水溝蓋破了，小朋友差點跌下去，請更換。')
  const two = letterOf([...headers({ 'Message-ID': '<same@program.example>', Subject: '第二封' }), utf8], '請問今年的身心障礙補助什麼時候可以申請，要準備哪些文件。')
  await room.deliver(one)
  await room.deliver(two)
  expect((await petitionOf(two)).merged_into).toBeNull()
})

test('the same letter delivered twice is one case, by its bytes or with another way of hops', async () => {
  const [content, text] = [[...headers({ Subject: '路面坑洞' }), utf8], '環島北路的路面有一個大坑洞，機車騎過很危險，請填補。']
  const raw = letterOf(content, text)
  const detour = letterOf(['Received: from relay.example by mx.example; Mon, 12 Apr 2021 10:00:01 +0800', ...content], text)
  await room.deliver(raw)
  await room.deliver(raw)
  await room.deliver(detour)
  const petition = await petitionOf(raw)
  expect(await inboxOf(raw)).toHaveLength(1)
  expect(await inboxOf(detour)).toMatchObject([{ case_id: petition.id, handled_as: 'again' }])
  expect(await mailsOf(petition.id)).toHaveLength(1)
})

test('a letter whose acknowledgement got lost comes again and makes no second case', async () => {
  let isFirst = true
  const intake = await startIntake({
    protocol: 'smtp', host: '127.0.0.1', port: 0, sizeBytesMax: 100_000, recipients: new Map([[addresses.mayor, '縣長電子信箱']]),
    onLetter: async (raw, envelope) => {
      await takeLetter.take(db, { raw, from: envelope.from, mailboxes: ['縣長電子信箱'], receivedAt: null, origin: null }, () => {})
      if (isFirst) {
        isFirst = false
        throw new Error('power cut before the 250')
      }
    },
  })
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: intake.port, secure: false, ignoreTLS: true })
  const raw = letterOf([...headers({ Subject: '停水' }), utf8], '我們這條巷子從昨天晚上停水到現在，請問什麼時候會恢復供水。')
  const send = () => transport.sendMail({ envelope: { from: 'ming@example.tw', to: addresses.mayor }, raw })
  await expect(send()).rejects.toThrow('451')
  await send()
  expect(await inboxOf(raw)).toHaveLength(1)
  expect(await mailsOf((await petitionOf(raw)).id)).toHaveLength(1)
  transport.close()
  await intake.close()
})

test('copies that arrive at the same moment find each other', async () => {
  const text = '夜市的音響開到半夜十二點，附近的人都睡不著，請加強取締。'
  const copies = [addresses.mayor, addresses.premier, addresses.president].map((to) => ({ to, raw: letterOf([...headers({ From: 'Lin <lin@example.tw>', To: to, Subject: '夜市噪音', 'Message-ID': `<at-once-${to}>` }), utf8], text) }))
  await Promise.all(copies.map(({ raw, to }) => room.deliver(raw, to)))
  const petitions = await Promise.all(copies.map(({ raw }) => petitionOf(raw)))
  expect(new Set(petitions.map((one) => one.merged_into ?? one.id)).size).toBe(1)
  expect(petitions.filter((one) => one.merged_into === null)).toHaveLength(1)
})

test('a bounce is noted on the message and the case, and waits for a clerk', async () => {
  const raw = letterOf([...headers({ Subject: '申請資料' }), utf8], '請問中低收入戶的申請要準備什麼資料，要到哪裡辦理。')
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  const [mail] = await mailsOf(petition.id)
  const bounce = multipartOf('report; report-type=delivery-status', ['From: MAILER-DAEMON@mx.example', `To: ${addresses.own}`, 'Subject: Undelivered Mail Returned to Sender'], [
    letterOf(['Content-Type: text/plain'], 'could not be delivered'),
    letterOf(['Content-Type: message/delivery-status'], 'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ming@example.tw\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n'),
    letterOf(['Content-Type: message/rfc822'], letterOf([`Message-ID: ${await messageIdOf(petition.id)}`, 'Subject: x'], '')),
  ])
  await room.deliver(bounce, addresses.own, '')
  expect(await inboxOf(bounce)).toMatchObject([{ kind: 'bounce', case_id: petition.id, mail_id: mail!.id, handled_at: null }])
  expect((await mailsOf(petition.id))[0]).toMatchObject({ bounced_at: expect.any(Date), bounce_permanent: true })
  expect(await db.selectFrom('events').select('payload').where('case_id', '=', petition.id).where('kind', '=', 'petition.mail-bounced').execute()).toHaveLength(1)
})

test('an automatic answer, our own letter come back and a newsletter wait in the inbox and are not answered', async () => {
  const mails = () => db.selectFrom('mail_messages').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()
  const before = await mails()
  const automatic = letterOf([...headers({ Subject: '自動回覆：休假中', 'Auto-Submitted': 'auto-replied' }), utf8], '我正在休假。')
  const loop = letterOf([...headers({ From: `縣民信箱 <${addresses.own}>`, 'X-Windlion': '<x@y>' }), utf8], '您好')
  const bulk = letterOf([...headers({ Subject: '電子報', 'List-Id': '<news.example>' }), utf8], '本期電子報的內容非常豐富。')
  for (const raw of [automatic, loop, bulk]) await room.deliver(raw, addresses.mayor, '')
  for (const [raw, kind] of [[automatic, 'auto-reply'], [loop, 'loop'], [bulk, 'bulk']] as const) {
    expect(await inboxOf(raw)).toMatchObject([{ kind, case_id: null, handled_at: null, note: expect.stringContaining('沒有自動成案') }])
  }
  expect(await mails()).toEqual(before)
})

test('a letter that a program wrote is a petition, but nothing is answered automatically', async () => {
  const raw = letterOf([...headers({ From: 'noreply@form.example', Subject: '線上表單' }), utf8], '由表單送出：自來水水壓不足，三樓都沒有水可以用。')
  await room.deliver(raw, addresses.mayor, 'noreply@form.example')
  const petition = await petitionOf(raw)
  expect(petition.stage).toBe('received')
  expect(await mailsOf(petition.id)).toEqual([])
})

test('two programs that do not know each other cannot write to each other for ever', async () => {
  const made = []
  for (let at = 0; at < 8; at += 1) {
    const raw = letterOf([...headers({ From: 'robot@example.tw', Subject: `通知 ${at}` }), utf8], `第 ${at} 封通知，內容各不相同，編號 ${at * 7919}，請查照。`)
    await room.deliver(raw, addresses.mayor, 'robot@example.tw')
    made.push(await petitionOf(raw))
  }
  const receipts = await Promise.all(made.map(async (one) => (await mailsOf(one.id)).length))
  expect(receipts.reduce((sum, one) => sum + one)).toBe(5)
  expect(made[7]!.notes).toContain('沒有寄收件通知')
})

test('an empty letter says so, and one without a subject is named by its first words', async () => {
  const empty = letterOf([...headers({ Subject: '' }), utf8], '')
  const nameless = letterOf([...headers({ Subject: '' }), utf8], '縣長您好：\r\n村口的公車站牌被撞歪了。請派人來扶正。')
  await room.deliver(empty)
  await room.deliver(nameless)
  expect(await petitionOf(empty)).toMatchObject({ title: '（無主旨）', letters: [{ text: '（這封信沒有文字內容。）' }] })
  expect((await petitionOf(nameless)).title).toBe('村口的公車站牌被撞歪了')
})

test('a huge letter is shortened in the case and kept whole beside it', async () => {
  const text = Array.from({ length: 3000 }, (_, at) => `第${at}句話說明事情的經過。`).join('')
  const raw = letterOf([...headers({ Subject: '很長'.repeat(80) }), utf8], text)
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  expect([...petition.letters[0]!.text].length).toBeLessThanOrEqual(8000)
  expect(petition.letters[0]!.text).toContain('請看附件「來信全文.txt」')
  expect([...petition.title]).toHaveLength(100)
  const whole = petition.files.find((file) => file.name === '來信全文.txt')!
  expect((await readDocument(whole.sha256.toString('hex'))).toString()).toBe(text)
})

test('an executable renamed .pdf stays inside the original, and the history says so', async () => {
  const program = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8', 'latin1'), Buffer.alloc(600)])
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  const attach = (name: string, type: string, bytes: Buffer) => letterOf([`Content-Type: ${type}; name="${name}"`, 'Content-Transfer-Encoding: base64', `Content-Disposition: attachment; filename="${name}"`], bytes.toString('base64'))
  const raw = multipartOf('mixed', headers({ Subject: '照片' }), [letterOf([utf8], '附上現場的照片與說明文件，請查收並派人處理。'), attach('photo.png', 'image/png', png), attach('photo.png', 'image/png', Buffer.concat([png, Buffer.from('x')])), attach('report.pdf', 'application/pdf', program)])
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  expect(petition.files.map((file) => file.name)).toEqual(['原始郵件.eml', 'photo.png', 'photo（2）.png'])
  expect(petition.notes).toContain('附件「report.pdf」不是可接受的檔案類型，沒有另外收下，仍在原始郵件裡')
})

test('an answer to our message is a supplement while the case is open, without the code it quotes', async () => {
  const raw = letterOf([...headers({ Subject: '里民活動' }), utf8], '想請問里民活動中心的借用辦法，一個晚上要多少錢。')
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  const receipt = (await mailsOf(petition.id))[0]!
  const code = /追蹤碼：(\S+)/.exec(receipt.text)![1]!
  const reply = letterOf([...headers({ Subject: `Re: ${receipt.subject}`, 'In-Reply-To': await messageIdOf(petition.id) }), utf8], `補充：是要借一整天。\r\n> 追蹤碼：${code}\r\n> 追蹤號碼：${petition.follow_no}`)
  await room.deliver(reply, addresses.own)
  const after = await petitionOf(raw)
  expect(after.letters.map((letter) => letter.kind)).toEqual(['letter', 'supplement'])
  expect(after.letters[1]!.text).toContain('補充：是要借一整天。')
  expect(after.letters[1]!.text).toContain(petition.follow_no)
  expect(after.letters[1]!.text).not.toContain(code)
  expect(await inboxOf(reply)).toMatchObject([{ handled_as: 'supplement', case_id: petition.id }])
  expect(await mailsOf(petition.id)).toHaveLength(1)
})

test('an answer after the case was closed is a new petition that names it', async () => {
  const raw = letterOf([...headers({ Subject: '公園廁所' }), utf8], '公園的廁所常常沒有衛生紙，也沒有人打掃，請改善。')
  await room.deliver(raw)
  const petition = await petitionOf(raw)
  const messageId = await messageIdOf(petition.id)
  await db.updateTable('cases').set({ stage: 'closed', outcome: 'answered', closed_at: new Date() }).where('id', '=', petition.id).execute()
  const reply = letterOf([...headers({ Subject: 'Re: 答復', References: `<other@example.tw> ${messageId}` }), utf8], '看了答復以後，還是沒有改善，請再處理。')
  await room.deliver(reply, addresses.own)
  expect(await petitionOf(reply)).toMatchObject({ previous_id: petition.id, channel: 'mayor-mail', stage: 'received' })
})

test('a letter to the address we write from waits until a clerk chooses its channel, or dismisses it with a reason', async () => {
  const raw = letterOf([...headers({ Subject: '想找縣府' }), utf8], '我不知道該寄到哪裡，想反映垃圾車的時間太早。')
  const advert = letterOf([...headers({ Subject: '便宜貸款', From: 'Ad <ad@example.tw>' }), utf8], '便宜貸款請找我們，利率最低。')
  await room.deliver(raw, addresses.own)
  await room.deliver(advert, addresses.own)
  const [row, other] = [(await inboxOf(raw))[0]!, (await inboxOf(advert))[0]!]
  const waiting = await countWaiting(db)
  expect(row).toMatchObject({ case_id: null, handled_at: null })
  const { name } = valueOf(await makeLetterAPetition(office.clerk, { id: row.id, channel: 'premier-mail' }))
  expect(await petitionOf(raw)).toMatchObject({ follow_no: name, channel: 'premier-mail', received_at: row.received_at })
  expect(await makeLetterAPetition(office.clerk, { id: row.id, channel: 'premier-mail' })).toMatchObject({ code: 'letter.handled' })
  expect(await dismissLetters(office.clerk, { ids: [String(other.id)], reason: '' })).toMatchObject({ fields: { reason: '請寫下理由' } })
  valueOf(await dismissLetters(office.clerk, { ids: [String(other.id)], reason: '廣告信' }))
  expect((await inboxOf(advert))[0]).toMatchObject({ handled_as: 'dismissed', reason: '廣告信', handled_by: office.clerk.person.id })
  expect(await countWaiting(db)).toBe(waiting - 2)
  await expect(dismissLetters(office.officer, { ids: [String(other.id)], reason: '廣告信' })).rejects.toMatchObject({ name: 'NotAllowed', permission: 'petitions.inbox' })
})

test('a clerk adds a letter to the case it belongs to', async () => {
  const raw = letterOf([...headers({ Subject: '照明' }), utf8], '運動公園的跑道晚上沒有照明，希望可以延長開燈時間。')
  const more = letterOf([...headers({ Subject: '我是王小明的家人', From: 'Home <home@example.tw>' }), utf8], '補上跑道的位置，在籃球場旁邊。')
  await room.deliver(raw)
  await room.deliver(more, addresses.own)
  const petition = await petitionOf(raw)
  expect(await addLetterToCase(office.clerk, { id: (await inboxOf(more))[0]!.id, name: '陳999-000001' })).toMatchObject({ field: 'name' })
  valueOf(await addLetterToCase(office.clerk, { id: (await inboxOf(more))[0]!.id, name: petition.follow_no.toLowerCase() }))
  const after = await petitionOf(raw)
  expect(after.letters[1]).toMatchObject({ kind: 'supplement', text: '補上跑道的位置，在籃球場旁邊。' })
  expect(after.notes).toContain('另一個電子郵件地址')
})

test('a letter passed on by another office keeps its number and answers the petitioner it names', async () => {
  const raw = letterOf([...headers({ From: '院長信箱 <box@ey.example>', Subject: '院長信箱轉請貴府辦理', To: addresses.premier }), utf8], '案件編號：A1100412-0035\r\n姓名：張示範\r\n電子郵件：chang@example.org\r\n聯絡電話：０８２－０００００１\r\n內容：\r\n請問往小金門的船班為什麼減少了，返鄉很不方便。')
  await room.deliver(raw, addresses.premier, 'box@ey.example')
  const petition = await petitionOf(raw)
  expect(petition).toMatchObject({ channel: 'premier-mail', mailbox_ref: 'A1100412-0035' })
  expect([unseal(petition.sender_name), unseal(petition.sender_email)]).toEqual(['張示範', 'chang@example.org'])
  expect(petition.notes).toContain('由其他機關轉來')
  expect(await mailsOf(petition.id)).toEqual([])
})

test('a copy of a confidential letter is confidential too', async () => {
  const text = '我要檢舉某工地夜間偷倒廢土，請派人查察，並請對我的身分保密。'
  const first = letterOf([...headers({ Subject: '檢舉', From: 'secret@example.tw' }), utf8], text)
  const copy = letterOf([...headers({ Subject: '檢舉', From: 'secret@example.tw' }), utf8], text)
  await room.deliver(first)
  await db.updateTable('cases').set({ confidential: true }).where('id', '=', (await petitionOf(first)).id).execute()
  await room.deliver(copy, addresses.premier)
  expect((await petitionOf(copy)).confidential).toBe(true)
})

test('what the program joined can be taken up like any other case', async () => {
  const text = '老街的石板路凹凸不平，輪椅很難通過，希望能夠整平。'
  const first = letterOf([...headers({ Subject: '老街', From: 'old@example.tw' }), utf8], text)
  await room.deliver(first)
  const main = await petitionOf(first)
  await room.deliver(letterOf([...headers({ Subject: '老街', From: 'old@example.tw' }), utf8], text), addresses.president)
  expect(await mergePetitions(office.clerk, { name: main.follow_no, members: [main.follow_no] })).toMatchObject({ code: 'petition.same-case' })
})

test('a letter that cannot be handled by a fault of ours is kept all the same', async () => {
  const raw = letterOf([...headers({ Subject: '不明狀況' }), utf8], '請處理這件事情，謝謝您的幫忙。')
  await db.schema.alterTable('petition_questions').renameTo('petition_questions_gone').execute()
  await db.schema.alterTable('case_texts').renameTo('case_texts_gone').execute()
  try {
    await room.deliver(raw)
  } finally {
    await db.schema.alterTable('case_texts_gone').renameTo('case_texts').execute()
    await db.schema.alterTable('petition_questions_gone').renameTo('petition_questions').execute()
  }
  expect(await inboxOf(raw)).toMatchObject([{ case_id: null, handled_at: null, note: '自動處理這封信時發生錯誤，請人工成案' }])
  expect(faults.join()).toContain('case_texts')
})

test('the inbox pages by key, newest first', async () => {
  const all = await db.selectFrom('petition_inbox').select('id').where('handled_at', 'is not', null).orderBy('id', 'desc').execute()
  const { rows } = await listInbox(db, office.clerk.person, { waiting: false })
  expect(rows.map((row) => row.id)).toEqual(all.slice(0, 50).map((row) => row.id))
  const older = await listInbox(db, office.clerk.person, { waiting: false, before: rows[2]!.id })
  expect(older.rows[0]!.id).toBe(rows[3]!.id)
  expect((await listInbox(db, office.clerk.person, { waiting: false, after: rows[2]!.id })).rows.map((row) => row.id)).toEqual(rows.slice(0, 2).map((row) => row.id))
  expect(rows[0]!.sender).not.toContain('@example')
})

test('receipts are kept where no mail server is set, with the text a clerk may read', async () => {
  await runDueJobs(db)
  const kept = await db.selectFrom('mail_messages').select(['state', 'text']).where('purpose', '=', 'petition.receipt').execute()
  expect(kept.length).toBeGreaterThan(5)
  expect(kept.every((mail) => mail.state === 'kept' && /Follow code|追蹤碼/.test(mail.text))).toBe(true)
})
