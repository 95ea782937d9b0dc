import { expect, test } from 'vitest'
import { hasShared, oddMark, ownOdd, sharedOdd } from '../test/attack/odd-strings.ts'
import { openCounty, type Staff } from '../test/attack/office.ts'
import { Page, type PageForm } from '../test/support/browser-less.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { valueOf } from './core/errors.ts'
import { cleanLine } from './core/mail/clean.ts'
import { holds, type Role } from './core/identity/permissions.ts'
import { dayOf } from './core/time.ts'
import { modules } from './modules.ts'
import { proposeRegulation } from './modules/regulations/propose.ts'
import { stepActs } from './modules/regulations/take-step.ts'

const connection = await createTestDatabase()
const county = await openCounty(connection)
const { call, db, people, targets } = county
const proposal = await announced()

/** A draft that residents may comment on. */
async function announced(): Promise<string> {
  const today = dayOf(new Date())
  const { number } = valueOf(await proposeRegulation(people.officer, { title: '示範縣路燈自治條例', text: '第 1 條　本縣路燈依本自治條例管理。', reason: '現行規定不足', category: '工務交通', instrument: 'ordinance', change: 'enact', unitId: county.units.roads }))
  valueOf(await stepActs.announce(people.law, { name: number, on: today, days: 30 }))
  return number
}

type Found = { form: PageForm; who: Staff | null; page: string }
const orderOfRoles: Role[] = ['officer', 'clerk', 'head', 'law', 'editor', 'data-protection', 'control', 'administrator']
const headersOf = async (who: Staff | null): Promise<Record<string, string>> => (who ? { cookie: await county.session(who) } : {})
const open = async (path: string, who: Staff | null): Promise<Page> => {
  const { status, headers, text } = await call({ method: 'GET', path, headers: await headersOf(who) })
  return new Page(path.split('?')[0]!, status, headers, text)
}

function aimed(path: string): string {
  const ids: Record<string, string> = { name: path.includes('regulation') ? proposal : targets.own.number, number: proposal, report: String(county.report), key: 's01' }
  return path.replace(/:(\w+)(?:\([^)]*\))?/g, (_all, name: string) => encodeURIComponent(ids[name] ?? (path.includes('/reports/') ? String(county.report) : String(people.officer.person.id))))
}

/** Every form of every page that can be opened by its address, once; the pages of a case, a proposal, a report and a colleague among them. */
async function findForms(): Promise<Found[]> {
  const found = new Map<string, Found>()
  for (const route of modules.flatMap((module) => module.routes).filter(({ method }) => method === 'GET')) {
    const role = orderOfRoles.find((each) => holds(people[each].person, route.permission))
    const who = route.permission === 'public' ? null : role ? people[role] : null
    const path = aimed(route.path)
    const page = await open(path, who)
    if (page.status !== 200 || !/html/.test(String(page.headers['content-type']))) continue
    for (const form of page.forms) if (form.typed!.length && !found.has(form.action)) found.set(form.action, { form, who, page: path })
  }
  return [...found.values()]
}

let keys = 0
const send = async ({ form, who }: Found, values: Record<string, string>) => {
  keys += 1
  const fields = new URLSearchParams([...form.fields.filter(([name]) => !(name in values) && name !== '_key'), ...Object.entries(values), ['_key', `odd-strings-${keys}`]])
  return call({ method: 'POST', path: form.action, headers: { ...(await headersOf(who)), 'content-type': 'application/x-www-form-urlencoded' }, body: fields.toString() })
}
const isRaw = (text: string) => ownOdd.filter((one) => one.includes('<')).some((one) => text.includes(one))
/** What ends something comes last, so that there is something to write to before. */
const isLast = ({ form }: Found) => /withdraw|no-action|transfer|other-procedure|merge|close|leave|lock|issue|submit|approve|return|reassign|confide|hand-over|end-post|move|clear/.test(form.action)

test('odd strings in every typed field of every form of the portal and the console: nothing fails, nothing comes back unescaped', async () => {
  const forms = (await findForms()).toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))
  const portal = forms.filter(({ who }) => who === null)
  expect(portal.length).toBeGreaterThanOrEqual(10)
  expect(forms.length).toBeGreaterThanOrEqual(50)
  const faults: string[] = []
  // what breaks out of markup and headers everywhere, the others in turn
  const always = ownOdd.filter((text) => /[<\n]/.test(text))
  const turns = [...ownOdd.filter((text) => !always.includes(text)), ...sharedOdd(400)]
  let next = 0
  for (const found of forms) {
    const some = [...always, ...Array.from({ length: 3 }, () => turns[next++ % turns.length]!)]
    for (const text of some) {
      const answer = await send(found, Object.fromEntries(found.form.typed!.map((name) => [name, text])))
      if (answer.status >= 500) faults.push(`${found.form.action} ${text.slice(0, 40)}: ${answer.status}`)
      if (isRaw(answer.text)) faults.push(`${found.form.action} ${text.slice(0, 40)}: unescaped`)
      if (String(answer.headers.location ?? '').includes('\n')) faults.push(`${found.form.action}: a header was torn`)
    }
    const page = await open(found.page, found.who)
    if (page.status >= 500 || isRaw(page.text)) faults.push(`${found.page} after it: ${page.status}`)
  }
  expect(faults).toEqual([])
  expect(await db.selectFrom('mail_messages').select('id').where('subject', 'like', '%\n%').execute()).toEqual([])
}, 240_000)

type Kept = { name: string; page: string; action: string; who: Staff | null; field: string; with?: () => Record<string, string>; stored: () => Promise<unknown> }
const at = (what: string) => `/console/petitions/${encodeURIComponent(targets.foreign.number)}${what}`
const ofRule = 'odd-strings'
const kept: Kept[] = [
  { name: 'the draft of an answer', page: at('/draft'), action: at('/draft'), who: county.stranger, field: 'text', with: () => ({ remedy: 'none' }), stored: async () => (await db.selectFrom('petition_drafts').select('text').where('case_id', '=', targets.foreign.id).orderBy('version', 'desc').limit(1).executeTakeFirst())?.text },
  { name: 'a rule of dispatch', page: '/console/petitions/dispatch-rules/new', action: '/console/petitions/dispatch-rules', who: people.clerk, field: 'title', with: () => ({ words: ofRule, unitId: String(county.units.roads), weight: '10' }), stored: async () => (await db.selectFrom('petition_dispatch_rules').select('title').orderBy('id', 'desc').limit(1).executeTakeFirst())?.title },
  { name: 'a comment on a draft', page: `/regulations/notices/${encodeURIComponent(proposal)}`, action: `/regulations/notices/${encodeURIComponent(proposal)}`, who: null, field: 'text', with: () => ({ name: '王示範', email: `wang${keys}@example.org` }), stored: async () => (await db.selectFrom('regulation_comments').select('text').orderBy('id', 'desc').limit(1).executeTakeFirst())?.text },
  { name: 'a colleague’s name', page: `/console/people/${county.keeper.person.id}`, action: `/console/people/${county.keeper.person.id}`, who: people.administrator, field: 'name', stored: async () => (await db.selectFrom('people').select('name').where('id', '=', county.keeper.person.id).executeTakeFirst())?.name },
]
/** Line ends as the database keeps them, blanks at the ends gone: all that may differ from what was typed. */
const plainly = (text: unknown) => String(text).replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim()
/** Left out of texts on purpose: controls, signs that turn the reading round or hide, half characters (core/mail/clean.ts). */
// eslint-disable-next-line no-control-regex
const isClean = (text: string) => text.isWellFormed() && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/.test(text)

test.each(kept)('$name is stored as it was typed, or refused with a sentence', async (one) => {
  let stored = 0
  for (const text of [...ownOdd, ...sharedOdd(400).filter((_text, n) => n % 4 === 0)].filter(isClean)) {
    // anew each time: a form knows what it was made from
    const form = (await open(one.page, one.who)).forms.find(({ action, typed }) => action.startsWith(one.action) && typed!.includes(one.field))
    if (!form) throw new Error(`no form with ${one.field} on ${one.page}`)
    const { status, text: html } = await send({ form, who: one.who, page: one.page }, { ...one.with?.(), [one.field]: text })
    if (status === 303) {
      stored += 1
      expect(plainly(await one.stored())).toBe(plainly(text))
    } else {
      expect([status, text.slice(0, 60)]).toEqual([422, text.slice(0, 60)])
      expect(html).toContain('govuk-error-summary')
    }
  }
  expect(stored).toBeGreaterThan(5)
}, 60_000)

test.skipIf(!hasShared)('the shared lists of odd strings were read, and ours carry their mark', () => {
  expect(sharedOdd(400).length).toBeGreaterThan(20)
  expect(ownOdd.every((text) => text.includes(oddMark))).toBe(true)
})

/** The forms of filing: written, checked, sent; a cookie carries the draft between. */
test('a petition is kept word for word as the resident typed it', async () => {
  let filed = 0
  for (const text of [...ownOdd, ...sharedOdd(400).filter((_text, n) => n % 4 === 0)].filter(isClean)) {
    const form = (await open('/petitions/new', null)).forms.find(({ typed }) => typed!.includes('body'))!
    const written = await send({ form, who: null, page: '/petitions/new' }, { title: `主旨 ${text}`, body: `內容如下：${text}`, name: '王示範', email: `wang${keys}@example.org`, agreed: '1' })
    if (written.status !== 303) {
      expect([written.status, isRaw(written.text)]).toEqual([422, false])
      continue
    }
    const cookie = [written.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]).join('; ')
    const check = await call({ method: 'GET', path: '/petitions/new/check', headers: { cookie } })
    expect(isRaw(check.text)).toBe(false)
    const sending = new Page('/petitions/new/check', check.status, check.headers, check.text).forms.find(({ action }) => action.endsWith('/send'))!
    const sent = await call({ method: 'POST', path: sending.action, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(sending.fields).toString() })
    expect(sent.status).toBe(303)
    filed += 1
    const last = await db.selectFrom('petition_letters').innerJoin('cases', 'cases.id', 'case_id').select(['text', 'title']).orderBy('petition_letters.id', 'desc').limit(1).executeTakeFirstOrThrow()
    expect([last.title, plainly(last.text)]).toEqual([cleanLine(`主旨 ${text}`), plainly(`內容如下：${text}`)])
  }
  expect(filed).toBeGreaterThan(10)
}, 60_000)
