import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { Browser } from '../../../test/support/browser-less.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { type Db, write } from '../../core/db.ts'
import { tokenHash } from '../../core/identity/sessions.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { useNavigation } from '../../core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../core/web/server.ts'
import { parseInstant } from '../../core/time.ts'
import { modules } from '../../modules.ts'
import { declareModules } from '../../start.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>
export type Office = Awaited<ReturnType<typeof makeOffice>>

/** The desk, a bureau with a section, another bureau; each with its people. */
export async function makeOffice(db: Db) {
  declareModules()
  useTestKeys()
  await openJobs(db)
  const admin = await makeUnit(db, '行政處')
  const works = await makeUnit(db, '工務處')
  const roads = await makeUnit(db, '養護科', { kind: 'section', parentId: works })
  const environment = await makeUnit(db, '環境保護局', { kind: 'bureau' })
  return {
    units: { admin, works, roads, environment },
    clerk: await makePerson(db, '林收發', 'clerk', admin),
    control: await makePerson(db, '吳研考', 'control', admin),
    administrator: await makePerson(db, '趙系統', 'administrator', admin),
    officer: await makePerson(db, '陳承辦', 'officer', roads),
    colleague: await makePerson(db, '李同仁', 'officer', roads),
    chief: await makePerson(db, '黃科長', 'section-chief', roads),
    head: await makePerson(db, '張處長', 'head', works),
    stranger: await makePerson(db, '周外人', 'officer', environment),
  }
}

export function instant(text: string): Date {
  const found = parseInstant(text)
  if (!found) throw new Error(`not an instant: ${text}`)
  return found
}

type Where = { unitId: number; officer?: Staff; confidential?: boolean; title?: string }

/** A petition received then, with a unit and an officer. Gives its 案號 and id. */
export async function makeCase(db: Db, received: string, { unitId, officer, confidential, title }: Where): Promise<{ id: number; number: string }> {
  const { id, number } = await makePetition(db, instant(received), title ? { title } : {})
  await write(db, async (tx) => {
    await assignLead(tx, { caseId: id, unitId, officerId: officer?.person.id ?? null, at: instant(received), endedAs: 'reassigned' })
    if (confidential) await tx.updateTable('cases').set({ confidential }).where('id', '=', id).execute()
  })
  return { id, number }
}

/** The whole office served on a test database with a fixed clock; `signIn` gives a colleague's browser, `visit` a resident's. */
export async function serveForTests(db: Db, now: () => Date) {
  useNavigation(modules)
  const site = { county: '示範縣政府', demo: true, publicUrl: 'https://windlion.example' }
  const publicFolder = fileURLToPath(new URL('../../../public', import.meta.url))
  const app = await buildServer({ db, publicDb: db, site, routes: modules.flatMap((module) => module.routes), publicFolder, behindProxy: false, logLevel: 'silent', now })
  afterAll(() => app.close())
  const signIn = async (staff: Staff): Promise<Browser> => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: staff.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  return { app, signIn, visit: () => new Browser(app) }
}
