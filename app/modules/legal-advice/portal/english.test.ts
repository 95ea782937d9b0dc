import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, type Page } from '../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { write } from '../../../core/db.ts'
import { refusal, valueOf } from '../../../core/errors.ts'
import { saveSetting } from '../../../core/identity/settings.ts'
import { parseInstant } from '../../../core/time.ts'
import { buildServer } from '../../../core/web/server.ts'
import { lapseHoldsAt, remindAt } from '../booking/jobs.ts'
import { at, bookingOf, lastToken, makeOffice, slotsOf } from '../office-for-tests.ts'
import { bookAtCounter } from '../counter/acts.ts'
import { cancelSession } from '../sessions/acts.ts'
import { saveSpeciality } from '../topics/acts.ts'
import { memberCases, routes } from './index.ts'
import { findSpecialities } from './queries.ts'
import { inLanguage } from './words/index.ts'
import { fieldWords, refusalWords } from './words/refusals.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
let now = parseInstant('110/4/2 10:00')!
let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  await write(db, (tx) => saveSetting(tx, 'county.name-en', 'Example County'))
  app = await buildServer({
    db, publicDb: db, site: { county: '示範縣政府', countyEnglish: 'Example County', demo: true, publicUrl: undefined }, routes, publicFolder: tmpdir(), behindProxy: false, logLevel: 'silent', now: () => now,
  })
})
afterAll(() => app.close())

const chinese = /[\u3400-\u9fff]+/g
/** Chinese on an English page that is not marked as Chinese. */
const chineseOn = ({ text }: Page) => /<main.*<\/main>/s.exec(text)![0].replace(/<span lang="zh-Hant-TW">.*?<\/span>/gs, '').replace(/<[^>]+>/g, ' ').match(chinese) ?? []
const lastMail = () => db.selectFrom('mail_messages').select(['subject', 'text', 'purpose']).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
const bookPath = (slot: number, matter = 'family') => `/en/legal-advice/book?slot=${slot}&for=${matter}`
let people = 0
const who = () => ({ name: 'Example Resident', email: `e${++people}@example.org` })
const send = async (path: string, values: Record<string, string>) => {
  const browser = new Browser(app)
  return { browser, page: await browser.submit((await browser.open(path)).form('/en/legal-advice/book'), values) }
}
/** Holds by the form and confirms by the mailed link; gives the page that then shows. */
async function book(path: string, values = who()) {
  const { browser, page } = await send(path, values)
  expect(page.status).toBe(303)
  const mine = `/en/legal-advice/mine/${await lastToken(db, 'legal-advice.confirm')}`
  return { browser, mine, page: await browser.follow(await browser.submit((await browser.open(mine)).form(`${mine}/confirm`))) }
}

test('a time is found, held, confirmed and given back, with every page and mail in English', async () => {
  const session = await office.plan('110/4/7')
  const browser = new Browser(app)
  const pages = await Promise.all(['', '/ask', '/ask?q=2', '/ask?q=3', '/ask?q=4', '/ask?q=1&go=yes', '/times', '/times?for=family', '/times?for=labour'].map((path) => browser.open(`/en/legal-advice${path}`)))
  expect(pages.map((page) => [page.status, chineseOn(page)])).toEqual(pages.map((_, i) => [i === 5 ? 422 : 200, []]))
  expect(pages[0]!.text).toMatch(/href="\/legal-advice" lang="zh-Hant-TW"/)
  expect((await browser.open('/legal-advice/times?for=family')).text).toMatch(/href="\/en\/legal-advice\/times\?for=family" lang="en"/)
  const form = await browser.open(/href="(\/en\/legal-advice\/book\?[^"]+)"/.exec(pages[7]!.text)![1]!.replaceAll('&amp;', '&'))
  const sent = await browser.follow(await browser.submit(form.form('/en/legal-advice/book'), who()))
  const held = await lastMail()
  expect([chineseOn(form), chineseOn(sent), held.subject, held.text!.match(chinese)]).toEqual([[], [], 'Please confirm your legal advice booking', null])
  const mine = /\/en\/legal-advice\/mine\/[\w-]+/.exec(held.text!)![0]
  const asked = await browser.open(mine)
  const booked = await browser.follow(await browser.submit(asked.form(`${mine}/confirm`)))
  expect([asked, booked].map((page) => [page.status, chineseOn(page)])).toEqual([[200, []], [200, []]])
  expect(booked.text).toContain('You are booked')
  expect((await lastMail()).subject).toBe('Legal advice booked: Wednesday 7 April 2021, 14:00')
  expect((await browser.open(`${mine}/visit.ics`)).text).toContain('SUMMARY:Legal advice')
  expect((await browser.open(mine.replace('/en', ''))).text).toContain('預約完成')
  const gone = await browser.follow(await browser.submit(booked.form(`${mine}/cancel`)))
  expect([gone.text.includes('The booking is cancelled'), chineseOn(gone)]).toEqual([true, []])
  const number = /諮110-\d+/.exec(gone.text)![0]
  expect(await bookingOf(db, number)).toMatchObject({ stage: 'closed', outcome: 'cancelled', slot_id: null })
  expect((await slotsOf(db, session)).length).toBe(3)
})

test('who waits is written to in English: on the list, offered, too late, reminded, cancelled', async () => {
  const session = await office.plan('110/4/14', { endsAt: '14:20' })
  const [slot] = await slotsOf(db, session)
  const first = await book(bookPath(slot!.id))
  const waiting = await book(`/en/legal-advice/book?wait=${encodeURIComponent(session)}&for=family`)
  expect([(await lastMail()).subject, chineseOn(waiting.page), waiting.page.text.includes('You are the first in line')]).toEqual(['You are on the waiting list for legal advice', [], true])
  await first.browser.submit(first.page.form(`${first.mine}/cancel`))
  expect((await lastMail()).subject).toBe('A time for legal advice has become free: please confirm')
  const offer = `/en/legal-advice/mine/${await lastToken(db, 'legal-advice.offer')}`
  const offered = await waiting.browser.open(offer)
  expect(chineseOn(offered)).toEqual([])
  await lapseHoldsAt(db, parseInstant('110/4/3 11:00')!)
  expect((await lastMail()).subject).toBe('The time for legal advice went to the next')
  expect((await waiting.browser.submit(offered.form(`${offer}/accept`))).errors).toEqual([refusalWords['advice.offer-over']])
  await book(bookPath(slot!.id))
  await remindAt(db, parseInstant('110/4/13 08:30')!)
  expect((await lastMail()).subject).toBe('Tomorrow: your legal advice, Wednesday 14 April 2021, 14:00')
  valueOf(await cancelSession(at(office.law, '110/4/13 10:00'), { number: session, reason: '颱風停止上班' }))
  const told = await lastMail()
  expect([told.subject, told.text!.match(chinese)]).toEqual(['Legal advice cancelled: Wednesday 14 April 2021', ['第一會議室', '颱風停止上班']])
})

test('a refusal says in English what is wrong and keeps what was typed', async () => {
  const session = await office.plan('110/4/21')
  const [slot, second, third] = await slotsOf(db, session)
  const errors = async (path: string, values: Record<string, string>) => {
    const { page } = await send(path, values)
    expect([page.status, chineseOn(page)]).toEqual([422, []])
    return page.errors
  }
  expect(await errors(bookPath(slot!.id), { name: '', email: 'nobody', phone: '1'.repeat(41), opponent: 'x'.repeat(51) })).toEqual([fieldWords.name, fieldWords.phone, fieldWords.opponent, fieldWords.email])
  expect(await errors(bookPath(slot!.id), { ...who(), for: 'labour' })).toEqual([refusalWords['advice.other-speciality']])
  const greedy = { name: 'Example Resident', email: 'greedy@example.org' }
  const late = await new Browser(app).open(bookPath(slot!.id))
  for (const each of [slot, second]) expect((await send(bookPath(each!.id), greedy)).page.status).toBe(303)
  expect(await errors(bookPath(third!.id), greedy)).toEqual([expect.stringMatching(/^One e-mail address can have 2 bookings or places on a waiting list at a time/)])
  expect((await new Browser(app).submit(late.form('/en/legal-advice/book'), who())).errors).toEqual([refusalWords['slot.taken']])
  const gone = await new Browser(app).open(bookPath(999_999))
  const unknown = await new Browser(app).open('/en/legal-advice/mine/x')
  expect([[gone.status, chineseOn(gone)], [unknown.status, chineseOn(unknown)]]).toEqual([[409, []], [404, []]])
  const { mine, browser, page } = await book(bookPath(third!.id))
  now = parseInstant('110/4/21 14:50')!
  expect((await browser.submit(page.form(`${mine}/cancel`))).errors).toEqual([refusalWords['advice.begun']])
  now = parseInstant('110/4/2 10:00')!
})

test('every refusal that a resident’s act can give has English words, and no other', () => {
  const sources = ['../booking/hold.ts', '../booking/mine.ts', '../rules.ts', './member.tsx'].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  const codes = new Set(sources.flatMap((text) => [...text.matchAll(/refusal\('([\w.-]+)'/g)].map(([, code]) => code!)))
  expect(codes.size).toBeGreaterThan(10)
  expect(Object.keys(refusalWords).filter((code) => code !== 'input.invalid').toSorted()).toEqual([...codes].toSorted())
  expect(inLanguage('zh', refusal('advice.gone', '這個時間已經不開放預約'))).toMatchObject({ message: '這個時間已經不開放預約' })
})

test('the desk books in English for who asks for it', async () => {
  const session = await office.plan('110/4/28')
  const [slot] = await slotsOf(db, session)
  valueOf(await bookAtCounter(at(office.clerk, '110/4/20 09:00'), { session, slot: slot!.id, speciality: office.speciality.family, name: 'Example Resident', email: 'desk@example.org', language: 'en', origin: '' }))
  expect((await lastMail()).subject).toBe('Legal advice booked: Wednesday 28 April 2021, 14:00')
})

test('the office gives its topics English words; without them the Chinese stand', async () => {
  const law = at(office.law, '110/4/8 09:00')
  valueOf(await saveSpeciality(law, { name: '智慧財產', nameEn: 'Copyright and trade marks', position: 9, active: 'yes' }))
  valueOf(await saveSpeciality(law, { name: '海商', position: 10, active: 'yes' }))
  expect((await findSpecialities(db, 'en')).slice(-2).map(({ name }) => name)).toEqual(['Copyright and trade marks', '海商'])
  expect((await findSpecialities(db)).slice(-2).map(({ name }) => name)).toEqual(['智慧財產', '海商'])
})

test('a member’s list has it in English under /en', async () => {
  const [one] = await memberCases(db, { id: 1, kind: 'resident', email: 'e1@example.org' } as never, 10, 'en')
  expect(one).toMatchObject({ title: 'Legal advice', state: 'Cancelled by you', path: expect.stringMatching(/^\/en\/legal-advice\/member\//) })
})
