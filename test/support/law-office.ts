import { randomBytes } from 'node:crypto'
import { afterAll } from 'vitest'
import { connect, type Db } from '../../app/core/db.ts'
import { useDocumentFolder } from '../../app/core/documents/store.ts'
import { tokenHash } from '../../app/core/identity/sessions.ts'
import { openJobs } from '../../app/core/jobs/jobs.ts'
import { type Importer, importTables } from '../../app/core/tabular/import.ts'
import { parseInstant } from '../../app/core/time.ts'
import { mountApi } from '../../app/core/web/api.ts'
import { useNavigation } from '../../app/core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../app/core/web/server.ts'
import { projectFolder } from '../../app/config.ts'
import { modules } from '../../app/modules.ts'
import { declareModules } from '../../app/start.ts'
import { Browser } from './browser-less.ts'
import { makePerson, makeUnit, useTestKeys } from './makers.ts'
import { testFolder } from './folder.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>

/** The law section, the bureau that a case is about, another bureau; each with its people. */
export async function makeLawOffice(db: Db) {
  declareModules()
  useTestKeys()
  useDocumentFolder(testFolder())
  await openJobs(db)
  const admin = await makeUnit(db, '行政處')
  const section = await makeUnit(db, '法制科', { kind: 'section', parentId: admin })
  const works = await makeUnit(db, '工務處')
  const environment = await makeUnit(db, '環境保護局', { kind: 'bureau' })
  return {
    units: { admin, section, works, environment },
    law: await makePerson(db, '吳法制', 'law', section),
    ombudsman: await makePerson(db, '何消保', 'ombudsman', section),
    officer: await makePerson(db, '陳承辦', 'officer', works),
    head: await makePerson(db, '張處長', 'head', works),
    stranger: await makePerson(db, '周外人', 'officer', environment),
    clerk: await makePerson(db, '林收發', 'clerk', admin),
  }
}
export type LawOffice = Awaited<ReturnType<typeof makeLawOffice>>

export const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })

/** Rows of one kind of file, imported; gives what the import says. */
export function importRows(db: Db, importer: Importer, rows: Record<string, string>[], update = false) {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const name = `${importer.name}.csv`
  const table = { file: name, header, rows: rows.map((row, i) => ({ number: i + 2, cells: header.map((column) => row[column] ?? '') })) }
  return importTables(db, [{ importer, name, path: name, sha256: Buffer.alloc(32), table, problems: [] }], [importer], { update })
}

/** The whole office on a test database with a fixed clock, the public side on the public's own role. */
export async function serveLawOffice(db: Db, url: string, now: () => Date) {
  useNavigation(modules)
  const open = connect(url, { max: 2, role: 'windlion_public' })
  const app = await buildServer({
    db, publicDb: open.db, site: { county: '示範縣政府', demo: true, publicUrl: 'https://windlion.example' }, routes: modules.flatMap((module) => module.routes), publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent', now,
    extend: (server) => mountApi(server, modules.flatMap((module) => module.api ?? []), { db, publicDb: open.db, county: '示範縣政府' }),
  })
  afterAll(async () => {
    await app.close()
    await open.close()
  })
  const signIn = async (staff: Staff): Promise<Browser> => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: staff.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  return { app, signIn, visit: () => new Browser(app) }
}
