import { randomBytes } from 'node:crypto'
import { Agent, request as send } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { type Connection, connect, write } from '../../app/core/db.ts'
import { useDocumentFolder } from '../../app/core/documents/store.ts'
import { valueOf } from '../../app/core/errors.ts'
import { type Role, roles } from '../../app/core/identity/permissions.ts'
import { saveSetting } from '../../app/core/identity/settings.ts'
import { tokenHash } from '../../app/core/identity/sessions.ts'
import { openJobs } from '../../app/core/jobs/jobs.ts'
import { startReport } from '../../app/core/reports/drafts.ts'
import { mountApi } from '../../app/core/web/api.ts'
import { useNavigation } from '../../app/core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../app/core/web/server.ts'
import { modules } from '../../app/modules.ts'
import { halfYear } from '../../app/modules/council-report/office-for-tests.ts'
import { declareModules } from '../../app/start.ts'
import { makePerson, makeUnit, useTestKeys } from '../support/makers.ts'
import { attacked, makeTarget, type Staff, type Target, type Which } from './targets.ts'
import { testFolder } from '../support/folder.ts'

export type { Staff, Target } from './targets.ts'

/** Every module served over real HTTP with people of every role, and cases of each kind: of their unit, of another, and one that is confidential. */
export async function openCounty({ db, url }: Connection) {
  declareModules()
  useTestKeys()
  useNavigation(modules)
  useDocumentFolder(join(testFolder(), 'documents'))
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
  const lawyer = await makePerson(db, '示範律師', 'lawyer', department)
  const kinds: Target[] = []
  for (const of of attacked) {
    for (const which of Object.keys(of.sees) as Which[]) {
      const unit = which === 'foreign' ? { id: health, name: '衛生局' } : { id: roads, name: '養護科' }
      const officer = which === 'own' ? people.officer : which === 'foreign' ? stranger : keeper
      kinds.push(await makeTarget(of, { db, mark: `mark${which}${of.kind.replaceAll('-', '')}7`, which, unit, foreignUnit: health, bureau: which === 'foreign' ? health : works, officer, people, lawyer }))
    }
  }
  const [own, foreign, secret] = kinds as [Target, Target, Target, ...Target[]]
  const targets = { own, foreign, secret }
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
  return { db, publicDb: published.db, people, keeper, stranger, targets, kinds, report, units: { department, works, roads, health }, call: caller(address, agent), session: (who: Staff) => openSession(db, who) }
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
