import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { Browser } from '../../../test/support/browser-less.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import type { Db } from '../../core/db.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { tokenHash } from '../../core/identity/sessions.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { useNavigation } from '../../core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../core/web/server.ts'
import { modules } from '../../modules.ts'
import { declareModules } from '../../start.ts'
import { testFolder } from '../../../test/support/folder.ts'

/** An office with two who look after personal data, one for law, an officer and an administrator; its pages with a clock of the test's. */
export async function makeOffice(db: Db, now: () => Date) {
  useTestKeys()
  declareModules()
  useNavigation(modules)
  await openJobs(db)
  useDocumentFolder(join(testFolder(), 'documents'))
  const unit = await makeUnit(db, '行政處')
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes), publicFolder: fileURLToPath(new URL('../../../public', import.meta.url)), behindProxy: false, logLevel: 'silent', now })
  afterAll(() => app.close())
  const people = {
    privacy: await makePerson(db, '鄭示範', 'data-protection', unit), second: await makePerson(db, '孫示範', 'data-protection', unit), law: await makePerson(db, '謝示範', 'law', unit),
    clerk: await makePerson(db, '林示範', 'clerk', unit), officer: await makePerson(db, '陳示範', 'officer', unit), admin: await makePerson(db, '許示範', 'administrator', unit),
  }
  const browser = async (who: keyof typeof people): Promise<Browser> => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: people[who].person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  return { ...people, unit, browser, visitor: () => new Browser(app) }
}
