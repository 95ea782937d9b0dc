import { randomBytes } from 'node:crypto'
import { Agent, request as send } from 'node:http'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { sql } from 'kysely'
import { type Connection, connect, write } from '../../app/core/db.ts'
import { useDocumentFolder, attachDocument, storeDocument } from '../../app/core/documents/store.ts'
import { valueOf } from '../../app/core/errors.ts'
import { type Role, roles } from '../../app/core/identity/permissions.ts'
import { saveSetting } from '../../app/core/identity/settings.ts'
import { tokenHash } from '../../app/core/identity/sessions.ts'
import { openJobs } from '../../app/core/jobs/jobs.ts'
import { queueMail } from '../../app/core/mail/outbox.ts'
import { startReport } from '../../app/core/reports/drafts.ts'
import { mountApi } from '../../app/core/web/api.ts'
import { useNavigation } from '../../app/core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../app/core/web/server.ts'
import { modules } from '../../app/modules.ts'
import { halfYear } from '../../app/modules/council-report/office-for-tests.ts'
import { dispatchPetition } from '../../app/modules/petitions/dispatch/actions.ts'
import { acceptPetition } from '../../app/modules/petitions/handling/accept.ts'
import { saveDraft } from '../../app/modules/petitions/handling/draft.ts'
import { confidePetition } from '../../app/modules/petitions/registration/confide.ts'
import { declareModules } from '../../app/start.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../support/makers.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>
/** A case with what hangs on it; `mark` stands in its title, letter, draft, mail and file, and nowhere else. */
export type Target = { id: number; number: string; followNo: string; document: number; mark: string }

/** Every module served over real HTTP with people of every role, and three cases: of their unit, of another, and one that is confidential. */
export async function openCounty({ db, url }: Connection) {
  declareModules()
  useTestKeys()
  useNavigation(modules)
  useDocumentFolder(join(mkdtempSync(join(tmpdir(), 'windlion-attack-')), 'documents'))
  await openJobs(db)
  await write(db, (tx) => saveSetting(tx, 'county.name', '示範縣政府'))
  const department = await makeUnit(db, '行政處', { code: 'A08' })
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  const roads = await makeUnit(db, '養護科', { kind: 'section', parentId: works, code: 'A0501' })
  const health = await makeUnit(db, '衛生局', { kind: 'bureau', code: 'B02' })
  const people = {} as Record<Role, Staff>
  const places: Partial<Record<Role, number>> = { officer: roads, 'section-chief': roads, head: works }
  for (const role of Object.keys(roles) as Role[]) people[role] = await makePerson(db, `示範${roles[role]}`, role, places[role] ?? department)
  const keeper = await makePerson(db, '示範保管', 'officer', roads)
  const stranger = await makePerson(db, '示範外人', 'officer', health)
  const targets = {
    own: await makeTarget(db, { mark: 'markown7', unitId: roads, officer: people.officer, clerk: people.clerk }),
    foreign: await makeTarget(db, { mark: 'markforeign7', unitId: health, officer: stranger, clerk: people.clerk }),
    secret: await makeTarget(db, { mark: 'marksecret7', unitId: roads, officer: keeper, clerk: people.clerk }),
  }
  valueOf(await confidePetition(keeper, { name: targets.secret.number, confidential: '1', reason: 'marksecret7 檢舉' }))
  const report = valueOf(await startReport(people.editor, halfYear)).id
  const published = connect(url, { max: 2, role: 'windlion_public' })
  const app = await buildServer({
    db, publicDb: published.db, site: { county: '示範縣政府', demo: false, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes),
    publicFolder: fileURLToPath(new URL('../../public', import.meta.url)), behindProxy: true, logLevel: 'silent',
    extend: (server) => mountApi(server, modules.flatMap((module) => module.api ?? []), { db, publicDb: published.db, county: '示範縣政府' }),
  })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  afterAll(async () => {
    agent.destroy()
    await app.close()
    await published.close()
  })
  return { db, publicDb: published.db, people, keeper, stranger, targets, report, units: { department, works, roads, health }, call: caller(address, agent), session: (who: Staff) => openSession(db, who) }
}

async function makeTarget(db: Connection['db'], { mark, unitId, officer, clerk }: { mark: string; unitId: number; officer: Staff; clerk: Staff }): Promise<Target> {
  const made = await makePetition(db, new Date(), { title: `蒲公英步道 ${mark}`, body: `蒲公英步道的欄杆壞了 ${mark}`, sender: { name: '王示範', email: 'wang@example.org', phone: '082-000-001' } })
  valueOf(await dispatchPetition(clerk, { name: made.number, unitId, jointUnitIds: [] }))
  valueOf(await acceptPetition(officer, { name: made.number }))
  valueOf(await saveDraft(officer, { name: made.number, text: `已派員 ${mark}`, remedy: 'none' }))
  const document = await write(db, async (tx) => {
    const stored = await storeDocument(tx, Buffer.from(`檔案 ${mark}`), 'text/plain')
    await queueMail(tx, { to: 'wang@example.org', subject: `關於 ${mark}`, text: `內容 ${mark}`, purpose: 'petition.answer', caseId: made.id })
    await sql`insert into petition_sendings (case_id, way, what, subject, text) values (${made.id}, 'post', 'answer', ${`答復 ${mark}`}, ${`全文 ${mark}`})`.execute(tx)
    return attachDocument(tx, { caseId: made.id, documentId: stored.id, name: `${mark}.txt`, kind: 'attachment' })
  })
  return { ...made, document, mark }
}

/** A fresh session of theirs: what ends one must not end the next request. */
async function openSession(db: Connection['db'], who: Staff): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: who.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  return `${sessionCookie}=${token}`
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }
export type Call = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer }

let callers = 0
/** Each call comes from an address of its own, since some routes are limited by address. */
function caller(address: URL, agent: Agent) {
  return ({ method, path, headers = {}, body }: Call) =>
    new Promise<Answer>((resolve, reject) => {
      callers += 1
      const from = `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`
      const asked = send({ agent, host: address.hostname, port: address.port, method, path, headers: { 'x-forwarded-for': from, ...(method === 'GET' ? {} : { origin: address.origin }), ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString('utf8') }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
}
