import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../../core/errors.ts'
import { day, parseInstant } from '../../../core/time.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { at, importRows, makeOffice, serveForTests } from '../office-for-tests.ts'
import { proposeRegulation } from '../propose.ts'
import { saveReasons } from '../reasons.ts'
import { stepActs } from '../take-step.ts'
import { waiting } from '../waiting.ts'
import { answerComment, confirmComment, fileComment, lapseCommentsAt } from './acts.ts'
import { memberCases } from './member-comments.ts'

const { db, url } = await createTestDatabase()
const office = await makeOffice(db)
let now = parseInstant('113/1/10 09:00')!
const { app, signIn } = await serveForTests(db, url, () => now)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const outsider = (text: string) => ({ db, person: null, now: parseInstant(text)! })
const comment = { name: '王示範', email: 'wang@example.org', text: '第一條建議增列例外。', origin: 'https://windlion.example' }

const { number } = valueOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), { title: '示範縣步道自治條例', change: 'enact', instrument: 'ordinance', reason: '為管理步道。', text: '第一條\n甲。', unitId: office.units.parks }))
valueOf(await stepActs.announce(at(office.law, '113/1/8 10:00'), { name: number, on: '113/1/8', days: 14 }))

/** The token of the confirmation mail that went out last. */
async function tokenOf(): Promise<string> {
  const mail = await db.selectFrom('mail_messages').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow()
  return /confirm\/([\w-]+)/.exec(mail.text)![1]!
}
const published = async () => (await app.inject(`/regulations/notices/${encodeURIComponent(number)}`)).body

test('a comment counts once its mailed link was followed; the office answers, and what is published has no name', async () => {
  valueOf(await fileComment(outsider('113/1/10 09:00'), { ...comment, number }))
  const row = await db.selectFrom('regulation_comments').selectAll().executeTakeFirstOrThrow()
  expect([unseal(row.name), row.confirmed_at]).toEqual(['王示範', null])
  expect(valueOf(await confirmComment(outsider('113/1/10 09:05'), { token: await tokenOf() }))).toEqual({ again: false })
  expect(valueOf(await confirmComment(outsider('113/1/10 09:06'), { token: await tokenOf() }))).toEqual({ again: true })
  expect(await published()).not.toContain(comment.text)
  valueOf(await answerComment(at(office.officer, '113/1/15 09:00'), { name: number, comment: String(row.id), answer: '採納，增列但書。', publish: 'yes' }))
  const page = await published()
  expect(page).toContain(comment.text)
  expect(page).toContain('採納，增列但書。')
  expect(page).not.toContain('王示範')
  expect(page).not.toContain('wang@example.org')
})

test('what is wrong is said by field; after the notice nothing is taken', async () => {
  expect(codeOf(await fileComment(outsider('113/1/10 09:00'), { ...comment, number, email: 'nobody', text: '' }))).toBe('input.invalid')
  expect(codeOf(await fileComment(outsider('113/1/23 00:00'), { ...comment, number }))).toBe('notice.over')
  expect(codeOf(await fileComment(outsider('113/1/10 09:00'), { ...comment, number: '法1-1' }))).toBe('notice.over')
  expect(codeOf(await confirmComment(outsider('113/1/10 09:00'), { token: 'x' }))).toBe('comment.unknown')
})

test('one address cannot be flooded; what is not confirmed is erased with its history', async () => {
  for (let i = 0; i < 5; i++) valueOf(await fileComment(outsider('113/1/11 09:00'), { ...comment, email: 'li@example.org', number }))
  expect(codeOf(await fileComment(outsider('113/1/11 09:10'), { ...comment, email: 'li@example.org', number }))).toBe('comment.too-many')
  const token = await tokenOf()
  expect(codeOf(await confirmComment(outsider('113/1/20 09:00'), { token }))).toBe('comment.expired')
  expect(await lapseCommentsAt(db, parseInstant('113/1/20 09:00')!)).toBe(5)
  expect(await db.selectFrom('regulation_comments').select('id').where('confirmed_at', 'is', null).execute()).toEqual([])
})

test('only those in whose hands the draft is answer it', async () => {
  const input = { name: number, comment: '1', answer: '參採。' }
  await expect(answerComment(at(office.stranger, '113/1/15 09:00'), input)).rejects.toThrow(NotFound)
  await expect(answerComment(at(office.clerk, '113/1/15 09:00'), input)).rejects.toThrow(NotAllowed)
  expect(codeOf(await answerComment(at(office.officer, '113/1/15 09:00'), { ...input, comment: '999' }))).toBe('comment.unknown')
})

test('without script: the form comes back as typed, the console lists the comment', async () => {
  const path = `/regulations/notices/${encodeURIComponent(number)}`
  now = parseInstant('113/1/12 09:00')!
  const bad = await app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'portal.example', origin: 'http://portal.example' }, payload: new URLSearchParams({ name: '王', email: 'x', text: '我的意見是這樣' }).toString() })
  expect([bad.statusCode, bad.body.includes('我的意見是這樣')]).toEqual([422, true])
  const law = await signIn(office.law)
  expect((await law.open(`/console/regulations/${encodeURIComponent(number)}/comments`)).text).toContain(comment.text)
})

test('what nobody has answered waits for the office; a member finds what they wrote', async () => {
  valueOf(await fileComment(outsider('113/1/12 09:00'), { ...comment, number, email: 'lin@example.org', text: '第二條有誤。' }))
  const waits = async () => (await waiting[0]!.find({ db, person: office.officer.person, today: day('2024-01-15') } as never))[0]!.count
  const before = await waits()
  valueOf(await confirmComment(outsider('113/1/12 09:05'), { token: await tokenOf() }))
  expect(await waits()).toBe(before + 1)
  expect((await waiting[0]!.find({ db, person: office.stranger.person, today: day('2024-01-15') } as never))[0]!.count).toBe(0)
  const mine = (email: string) => memberCases(db, { id: 1, kind: 'resident', email } as never, 10)
  expect(await mine('LIN@example.org')).toEqual([expect.objectContaining({ number, title: '對「示範縣步道自治條例」草案的意見', state: '已收到' })])
  expect(await mine('nobody@example.org')).toEqual([])
})

test('each article that an amendment changes has its 說明, written by form, shown beside it, frozen with the draft under notice', async () => {
  await importRows(db, [{ 案號: '法108-000001', 法規名稱: '示範縣涼亭管理自治條例', 法規代號: 'P9', 種類: '自治條例', 異動: '制定', 主管單位: '建設處', 分類: '建設', 公布日期: '108/3/4', 文號: '府法字第1號', 條文: '第一條\n甲。\n第二條\n乙。' }])
  const change = { title: '示範縣涼亭管理自治條例', change: 'amend', instrument: 'ordinance', lawCode: 'P9', reason: '配合實務。', text: '第一條\n甲之新。\n第二條\n乙。\n第三條\n丙。', unitId: office.units.parks }
  const name = valueOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), change)).number
  const path = `/console/regulations/${encodeURIComponent(name)}`
  const officer = await signIn(office.officer)
  const page = await officer.open(`${path}/reasons`)
  expect(page.text).toContain('第一條（修正）')
  expect(page.text).toContain('第三條（增訂）')
  expect(page.text).not.toContain('第二條（')
  const form = page.form(`${path}/reasons`)
  expect((await officer.submit(form, { 'reason.0': '文字調整。', 'reason.1': '  ' })).status).toBe(303)
  expect((await officer.open(path)).text).toContain('文字調整。')
  expect(await db.selectFrom('regulations').innerJoin('cases', 'cases.id', 'regulations.id').select('article_reasons').where('number', '=', name).executeTakeFirstOrThrow()).toEqual({ article_reasons: { '第一條/第一條': '文字調整。' } })
  await expect(saveReasons(at(office.stranger, '113/1/3 09:00'), { name, reasons: {} })).rejects.toThrow(NotFound)
  await expect(saveReasons(at(office.clerk, '113/1/3 09:00'), { name, reasons: {} })).rejects.toThrow(NotAllowed)
  valueOf(await stepActs.announce(at(office.law, '113/1/8 10:00'), { name, on: '113/1/8', days: 14 }))
  expect((await app.inject(`/regulations/notices/${encodeURIComponent(name)}`)).body).toContain('文字調整。')
  expect(codeOf(await saveReasons(at(office.officer, '113/1/9 09:00'), { name, reasons: {} }))).toBe('regulation.under-notice')
})
