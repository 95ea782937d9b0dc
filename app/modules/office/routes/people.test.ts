import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../../test/support/makers.ts'
import { projectFolder } from '../../../config.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { openJobs } from '../../../core/jobs/jobs.ts'
import { addDays, dayOf, rocDay } from '../../../core/time.ts'
import { buildServer, sessionCookie } from '../../../core/web/server.ts'
import { modules } from '../../../modules.ts'
import { declareModules } from '../../../start.ts'

const { db } = await createTestDatabase()
let admin: Browser
let chief: Browser
let officerId = 0
const today = dayOf(new Date())
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

beforeAll(async () => {
  declareModules()
  useTestKeys()
  await openJobs(db)
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  await makeUnit(db, '衛生局', { code: 'B02' })
  const app = await buildServer({
    db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes),
    publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent',
  })
  afterAll(() => app.close())
  const signIn = async ({ person }: { person: { id: number } }) => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  admin = await signIn(await makePerson(db, '許管理', 'administrator', works))
  chief = await signIn(await makePerson(db, '黃科長', 'section-chief', works))
  officerId = (await makePerson(db, '林承辦', 'officer', works)).person.id
})

test('adding somebody is one button from the list, keeps what was typed, and leads to the new person', async () => {
  expect((await admin.open('/console/people')).text).toContain('href="/console/people/new"')
  const form = (await admin.open('/console/people/new')).form('/console/people/new')
  const back = await admin.submit(form, { login: 'wang', name: '王新人', unitCode: 'B02', role: 'officer', password: 'short' })
  expect(back.status).toBe(422)
  expect(back.text).toContain('value="王新人"')
  const added = await admin.follow(await admin.submit(back.form('/console/people/new'), { password: 'a-long-enough-pass-1' }))
  expect(words(added.text)).toMatch(/王新人 .*衛生局 承辦人/)
  expect((await chief.open('/console/people')).status).toBe(403)
})

test('the list is narrowed by words, unit and role, and says by what', async () => {
  const found = words((await admin.open('/console/people?unit=A05&role=officer')).text)
  expect(found).toMatch(/共 1 人/)
  expect(found).toContain('林承辦')
  expect(words((await admin.open('/console/people?q=%E7%8E%8B%E6%96%B0')).text)).toMatch(/共 1 人 .*王新人/)
  expect(words((await admin.open('/console/people?q=zzz')).text)).toContain('沒有符合的人員')
})

test('a person is moved, given a deputy, and leaves, all from their page', async () => {
  const page = `/console/people/${officerId}`
  const wrong = await admin.submit((await admin.open(page)).form(`${page}/move`), { unitCode: 'B02', role: 'officer', fromDay: '110/2/30' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('href="#move-fromDay"')
  const moved = await admin.follow(await admin.submit(wrong.form(`${page}/move`), { fromDay: rocDay(today) }))
  expect(words(moved.text)).toMatch(/衛生局 承辦人 .*擔任中.*工務處 承辦人 .*已結束/)
  const search = await admin.open(`${page}/deputy?q=%E7%8E%8B%E6%96%B0`)
  const set = await admin.follow(await admin.submit(search.form(`${page}/deputy`), { deputyLogin: 'wang', fromDay: rocDay(today), untilDay: rocDay(addDays(today, 3)) }))
  expect(words(set.text)).toContain('（代理中）')
  const ended = await admin.follow(await admin.submit(set.form(new RegExp(`${page}/end-deputy/\\d+`).exec(set.text)![0])))
  expect(words(ended.text)).toContain('目前沒有設定代理人')
  const left = await admin.follow(await admin.submit(ended.form(`${page}/leave`), { lastDay: rocDay(addDays(today, -1)) }))
  expect(words(left.text)).toContain('已停用')
  expect((await admin.open('/console/people/999999')).status).toBe(404)
})

test('one finds one’s deputy by searching, without script and without a login by heart', async () => {
  const own = await chief.open('/console/account/deputies')
  expect(words(own.text)).toContain('自己單位的同仁')
  expect(words(own.text)).toContain('許管理 工務處・系統管理')
  const found = await chief.open('/console/account/deputies?q=%E8%A1%9B%E7%94%9F')
  const span = { fromDay: rocDay(addDays(today, 1)), untilDay: rocDay(addDays(today, 2)) }
  const nobody = await chief.submit(found.form('/console/account/deputies'), { ...span })
  expect(nobody.errors[0]).toContain('請選代理人')
  expect(words(nobody.text)).toContain('符合「衛生」的人員') // the search is kept
  const set = await chief.follow(await chief.submit(nobody.form('/console/account/deputies'), { ...span, deputyLogin: 'wang' }))
  expect(words(set.text)).toContain('王新人')
  const second = await chief.submit(found.form('/console/account/deputies'), { ...span, deputyLogin: 'wang', _key: 'another-key-2' })
  expect(second.errors[0]).toContain('已由王新人代理')
})

test('who holds together what must be apart is named on the list and on their own page, until it has ended', async () => {
  expect((await admin.open('/console/people')).text).not.toContain('必須分開')
  const unit = await db.selectFrom('units').select('id').where('code', '=', 'B02').executeTakeFirstOrThrow()
  const { person } = await makePerson(db, '范兩職', 'officer', unit.id)
  await db.insertInto('posts').values({ person_id: person.id, unit_id: unit.id, role: 'administrator', valid_from: today, valid_until: null }).execute()
  expect(words((await admin.open('/console/people?q=nobody')).text)).toMatch(/有 1 個人同時擔任.*必須分開的職務.*范兩職/)
  expect(words((await admin.open(`/console/people/${person.id}`)).text)).toContain('不能由同一個人擔任')
  await db.updateTable('posts').set({ valid_from: addDays(today, -2), valid_until: addDays(today, -1) }).where('person_id', '=', person.id).where('role', '=', 'administrator').execute()
  expect((await admin.open('/console/people')).text).not.toContain('必須分開')
})
