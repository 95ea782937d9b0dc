import { expect, test } from 'vitest'
import { hasShared, oddMark, ownOdd, sharedOdd } from '../test/attack/odd-strings.ts'
import { openCounty, type Staff } from '../test/attack/office.ts'
import { fillIn, findForms, type Found, straight, takers, visitor } from '../test/attack/forms.ts'
import { watchTables } from '../test/attack/planted.ts'
import { Page } from '../test/support/browser-less.ts'
import { withoutPage } from '../test/attack/without-page.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { valueOf } from './core/errors.ts'
import { cleanLine } from './core/mail/clean.ts'
import { dayOf } from './core/time.ts'
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

const { open, send } = visitor(county)
const isRaw = (text: string) => ownOdd.filter((one) => one.includes('<')).some((one) => text.includes(one))
/** What ends something comes last, so that there is something to write to before. */
const isLast = ({ form }: { form: { action: string } }) => /withdraw|no-action|transfer|other-procedure|merge|close|leave|lock|issue|submit|approve|return|reassign|confide|hand-over|end-post|move|clear/.test(form.action)

const { fieldsOfNobody, findPlanted, grownBy } = await watchTables(db)
const walked = await findForms(county, { code: 'none', notice: proposal })

test('every form of every module is walked; what no page shows yet is named', () => {
  const shown = new Set(walked.found.map(({ route }) => route))
  const listed = Object.values(withoutPage).flat()
  expect(takers().map(({ path }) => path).filter((path) => !shown.has(path) && !listed.includes(path)), 'walked by nobody: let a target show it').toEqual([])
  expect(listed.filter((path) => shown.has(path) || !takers().some((one) => one.path === path)), 'take these off the list').toEqual([])
})

// what breaks out of markup and headers everywhere, the others in turn
const always = ownOdd.filter((text) => /[<\n]/.test(text))
const turns = [...ownOdd.filter((text) => !always.includes(text)), ...sharedOdd(400)]
let next = 0
const someOdd = () => [...always, ...Array.from({ length: 2 }, () => turns[next++ % turns.length]!)]
const faultsOf = (action: string, text: string, answer: { status: number; text: string; headers: Record<string, unknown> }): string[] => [
  ...(answer.status >= 500 ? [`${action} ${text.slice(0, 40)}: ${answer.status}`] : []),
  ...(isRaw(answer.text) ? [`${action} ${text.slice(0, 40)}: unescaped`] : []),
  ...(String(answer.headers.location ?? '').includes('\n') ? [`${action}: a header was torn`] : []),
]

const nobody = Object.entries(fieldsOfNobody())
const besides = ({ form }: Found): Record<string, string> => {
  const own = new Set([...form.fields.map(([name]) => name), ...form.typed!, ...Object.keys(form.choices ?? {})])
  return Object.fromEntries(nobody.filter(([name]) => !own.has(name)))
}
/** Forms that were acted upon, with what they were sent. */
const taken: { found: Found; values: Record<string, string> }[] = []

test('odd strings in every typed field of every form: nothing fails, nothing comes back unescaped, in no view, file or mail', async () => {
  const forms = walked.found.filter(({ form }) => form.typed!.length).toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))
  expect(new Set(forms.map(({ page }) => page.split('/')[2])).size).toBeGreaterThan(20)
  const faults: string[] = []
  for (const [n, found] of forms.entries()) {
    for (const text of someOdd()) {
      const answer = await send(found, Object.fromEntries(found.form.typed!.map((name) => [name, text])))
      faults.push(...faultsOf(found.form.action, text, answer))
    }
    // once as somebody would fill it in who puts an odd string wherever any text will do, and fields that the form does not have besides
    const values = await fillIn(send, found, n % 2 ? always[0]! : ownOdd.find((one) => one.startsWith('='))!, { ...besides(found), _key: `every-form-once-${n}` })
    if (values) taken.push({ found, values })
  }
  expect(taken.length).toBeGreaterThan(40)
  for (const { path, who } of walked.pages) {
    const page = await open(path, who)
    if (page.status >= 500 || (/html/.test(String(page.headers['content-type'])) && isRaw(page.text))) faults.push(`${path} after it: ${page.status}`)
    // a cell that a spreadsheet would run
    if (/csv/.test(String(page.headers['content-type'])) && /(^|,|\n)"?[=+@-]cmd/.test(page.text)) faults.push(`${path}: a cell that runs`)
  }
  expect(faults).toEqual([])
  expect(await db.selectFrom('mail_messages').select('id').where('subject', 'like', '%\n%').execute()).toEqual([])
}, 240_000)

test('fields that a form does not have were written nowhere (mass assignment)', async () => {
  expect(nobody.length).toBeGreaterThan(300)
  expect(await findPlanted()).toEqual([])
}, 60_000)

test('a form that is sent again is acted upon once (replay)', async () => {
  const isKeyed = ({ found }: (typeof taken)[0]) => found.form.fields.some(([name]) => name === '_key')
  const again = (some: typeof taken) => grownBy(async () => { for (const { found, values } of some) await send(found, values) })
  expect(taken.filter(isKeyed).length).toBeGreaterThan(30)
  expect(await again(taken.filter(isKeyed))).toEqual({ tables: [], events: [] })
  // without a key nothing is added twice but the letter with a link, which one asks for again on purpose
  expect((await again(taken.filter((one) => !isKeyed(one)))).tables.filter((table) => table !== 'mail_messages')).toEqual([])
}, 60_000)

test('odd strings sent straight to what no page shows yet: nothing fails', async () => {
  const faults: string[] = []
  for (const [module, paths] of Object.entries(withoutPage)) {
    for (const path of paths) {
      for (const text of [always[0]!, turns[next++ % turns.length]!]) faults.push(...faultsOf(path, text, await straight(county, module, path, text)))
    }
  }
  expect(faults).toEqual([])
}, 60_000)

type Kept = { name: string; page: string; action: string; who: Staff | null; field: string; with?: () => Record<string, string>; stored: () => Promise<unknown> }
const at = (what: string) => `/console/petitions/${encodeURIComponent(targets.foreign.number)}${what}`
const ofRule = 'odd-strings'
const kept: Kept[] = [
  { name: 'the draft of an answer', page: at('/draft'), action: at('/draft'), who: county.stranger, field: 'text', with: () => ({ remedy: 'none' }), stored: async () => (await db.selectFrom('petition_drafts').select('text').where('case_id', '=', targets.foreign.id).orderBy('version', 'desc').limit(1).executeTakeFirst())?.text },
  { name: 'a rule of dispatch', page: '/console/petitions/dispatch-rules/new', action: '/console/petitions/dispatch-rules', who: people.clerk, field: 'title', with: () => ({ words: ofRule, unitId: String(county.units.roads), weight: '10' }), stored: async () => (await db.selectFrom('petition_dispatch_rules').select('title').orderBy('id', 'desc').limit(1).executeTakeFirst())?.title },
  { name: 'a comment on a draft', page: `/regulations/notices/${encodeURIComponent(proposal)}`, action: `/regulations/notices/${encodeURIComponent(proposal)}`, who: null, field: 'text', with: () => ({ name: '王示範', email: `wang${++residents}@example.org` }), stored: async () => (await db.selectFrom('regulation_comments').select('text').orderBy('id', 'desc').limit(1).executeTakeFirst())?.text },
  { name: 'a colleague’s name', page: `/console/people/${county.keeper.person.id}`, action: `/console/people/${county.keeper.person.id}`, who: people.administrator, field: 'name', stored: async () => (await db.selectFrom('people').select('name').where('id', '=', county.keeper.person.id).executeTakeFirst())?.name },
]
let residents = 0
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
    const { status, text: html } = await send({ form, who: one.who }, { ...one.with?.(), [one.field]: text })
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
    const written = await send({ form, who: null }, { title: `主旨 ${text}`, body: `內容如下：${text}`, name: '王示範', email: `wang${++residents}@example.org`, agreed: '1' })
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
