import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { instant, makeOffice } from '../office-for-tests.ts'
import { findSimilar, overlap, pairsOf } from './similar.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const title = '光前路人行道地磚鬆脫'
const body = '光前路人行道的地磚鬆脫，下雨天踩下去會噴水，請派人修理。'
const receivedAt = instant('110/4/12 10:00')
const own = await makePetition(db, receivedAt, { title, body, sender: { email: 'a@example.org' }, category: '道路交通', township: '金城鎮' })
const look = () => findSimilar(db, office.clerk.person, { id: own.id, title, receivedAt, text: `${title}\n${body}` })
const names = async () => (await look()).map((one) => one.name)

test('the same letter in another mailbox is found by its text, whoever sent it', async () => {
  const twin = await makePetition(db, instant('110/4/13 10:00'), { channel: 'premier-mail', title, body, sender: { email: 'b@example.org' } })
  const found = (await look()).find((one) => one.name === twin.number)
  expect(found?.reasons).toContain('內容 100% 相近')
})

test('another letter of the same sender is found by the keyed hash of the address', async () => {
  const again = await makePetition(db, instant('110/4/14 10:00'), { title: '申請補發證明', body: '請問如何補發戶籍謄本以外的證明文件。', sender: { email: 'A@example.org ' } })
  expect((await look()).find((one) => one.name === again.number)?.reasons).toEqual(['同一陳情人'])
})

test('a letter of the same town and category on another matter is not', async () => {
  const different = await makePetition(db, instant('110/4/14 10:00'), { title: '公車站牌倒了', body: '站牌被颱風吹倒，乘客不知道在哪裡等車。', sender: { email: 'c@example.org' }, category: '道路交通', township: '金城鎮' })
  expect(await names()).not.toContain(different.number)
})

test('half a year apart is another matter', async () => {
  const old = await makePetition(db, instant('109/9/1 10:00'), { title, body, sender: { email: 'd@example.org' } })
  expect(await names()).not.toContain(old.number)
})

test('a confidential one is shown only to who may see it', async () => {
  const secret = await makePetition(db, instant('110/4/15 10:00'), { title, body, sender: { email: 'e@example.org' }, confidential: true })
  expect(await names()).toContain(secret.number)
  const seen = await findSimilar(db, office.officer.person, { id: own.id, title, receivedAt, text: body })
  expect(seen).toEqual([])
})

test('texts are compared by pairs of characters, without marks and blanks', () => {
  expect(overlap(pairsOf('路燈，不亮'), pairsOf('路燈 不亮'))).toBe(1)
  expect(overlap(pairsOf('路燈不亮'), pairsOf('垃圾未收'))).toBe(0)
  expect(overlap(pairsOf(''), pairsOf('路燈'))).toBe(0)
})
